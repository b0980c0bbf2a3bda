import type { AuditLog } from '../../audit/audit-log.ts';
import type { ChainedEvent } from '../../audit/chain.ts';
import { EVENT_OPERATIONS } from '../../audit/event-codes.ts';
import type { AuditRow } from '../../contract/audit.ts';
import type { UserStore } from '../../storage/user-store.ts';
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
export function auditRouter(gate: Gate, audit: AuditLog, users: UserStore) {
  async function namesOf(events: readonly ChainedEvent[]): Promise<Map<string, string>> {
    const wanted = new Set(events.map(({ actor }) => actor));
    const all = await users.all();
    return new Map(all.filter(({ id }) => wanted.has(id)).map(({ id, userName }) => [id, userName]));
  }

  return {
    search: gate.audit.search.handler(async ({ context, input }): Promise<AuditRow[]> => {
      const events = await audit.search({
        limit: input.limit,
        ...(input.checkReference !== null && { reference: input.checkReference }),
        ...(input.beforeSequence !== null && { beforeSequence: input.beforeSequence }),
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
    verify: gate.audit.verify.handler(async ({ context }) => {
      const found = await audit.verify();
      const actor = sessionOf(context).userId;
      const details = { events: found.events, isWhole: found.kind === 'whole' };
      await audit.append({ code: 'audit-verified', actor, reference: null, details });
      return found.kind === 'whole'
        ? { kind: found.kind, events: found.events }
        : { kind: found.kind, firstBadSequence: found.firstBadSequence, reason: found.reason };
    }),
  };
}
