import type { AuditLog } from '../../audit/audit-log.ts';
import type { ChainedEvent } from '../../audit/chain.ts';
import { EVENT_OPERATIONS } from '../../audit/event-codes.ts';
import type { AuditRow, Verification } from '../../contract/audit.ts';
import type { UserStore } from '../../storage/user-store.ts';
import type { ExportDesk } from '../desks/export-desk.ts';
import { follow } from '../follow.ts';
import type { TechnicalLog } from '../platform.ts';
import { type Gate, sessionOf } from './gate.ts';

/** Longest list that one detail shows, characters; the contract allows no more. */
const MAXIMUM_DETAIL_CHARACTERS = 300;

function detailsOf(event: ChainedEvent): AuditRow['details'] {
  const entries = Object.entries(event.details).map(([key, value]): [string, string | number | boolean | null] => [
    key,
    Array.isArray(value) ? value.join(' ').slice(0, MAXIMUM_DETAIL_CHARACTERS) : value,
  ]);
  return Object.fromEntries(entries);
}

/** The auditor's pages. Reading the log is itself an event of the log. */
export function auditRouter(gate: Gate, audit: AuditLog, users: UserStore, exports: ExportDesk, log: TechnicalLog) {
  async function namesOf(events: readonly ChainedEvent[]): Promise<Map<string, string>> {
    const wanted = new Set(events.map(({ actor }) => actor));
    const all = await users.all();
    return new Map(all.filter(({ id }) => wanted.has(id)).map(({ id, userName }) => [id, userName]));
  }

  async function verifyAndNote(
    actor: string,
    signal: AbortSignal,
    onProgress: (events: number) => void,
  ): Promise<Verification> {
    const found = await audit.verify({ signal, onProgress });
    const details = { events: found.events, isWhole: found.kind === 'whole' };
    await audit.append({ code: 'audit-verified', actor, reference: null, details });
    return found.kind === 'whole'
      ? { kind: found.kind, events: found.events }
      : { kind: found.kind, firstBadSequence: found.firstBadSequence, reason: found.reason };
  }

  return {
    search: gate.audit.search.handler(async ({ context, input }): Promise<AuditRow[]> => {
      const events = await audit.search({
        limit: input.limit,
        ...(input.checkReference !== null && { reference: input.checkReference }),
        ...(input.beforeSequence !== null && { beforeSequence: input.beforeSequence }),
        ...(input.code !== undefined && { code: input.code }),
        ...(input.from !== undefined && { from: input.from }),
        ...(input.to !== undefined && { to: input.to }),
      });
      const actor = sessionOf(context).userId;
      await audit.append({ code: 'audit-consulted', actor, reference: null, details: { rows: events.length } });
      const names = await namesOf(events);
      return events.map((event) => ({
        sequence: event.sequence,
        at: event.at,
        code: event.code,
        operation: EVENT_OPERATIONS[event.code],
        actor: event.actor === null ? null : (names.get(event.actor) ?? event.actor),
        checkReference: event.reference,
        details: detailsOf(event),
      }));
    }),
    verify: gate.audit.verify.handler(async function* ({ context, signal }) {
      const actor = sessionOf(context).userId;
      const of = (await audit.head()).sequence;
      const leave = new AbortController();
      const given = AbortSignal.any([leave.signal, ...(signal === undefined ? [] : [signal])]);
      let failure: unknown = null;
      const told = follow<Verification | null>({
        first: { kind: 'reading', events: 0, of },
        subscribe(listener) {
          const onProgress = (events: number) => listener({ kind: 'reading', events, of: Math.max(of, events) });
          verifyAndNote(actor, given, onProgress).then(listener, (fault: unknown) => {
            // The stream has begun: the gate, which logs what a call throws, no longer sees it.
            if (!given.aborted) log.fault('audit.verify', fault);
            failure = fault;
            listener(null);
          });
          return () => leave.abort();
        },
        isLast: (said) => said === null || said.kind !== 'reading',
        signal,
      });
      for await (const said of told) {
        if (said === null) throw failure;
        yield said;
      }
    }),
    exportLog: gate.audit.exportLog.handler(({ context, input }) =>
      exports.exportLog(sessionOf(context).userId, { from: input.from ?? null, to: input.to ?? null }),
    ),
  };
}
