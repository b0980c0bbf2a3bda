import type { Clock } from '../station/platform.ts';
import { createAuditStore } from '../storage/audit-store.ts';
import type { AuditFilter, AuditRow } from '../storage/audit-store.ts';
import type { StationDatabase } from '../storage/database.ts';
import { AuditFault } from './audit-fault.ts';
import { BEFORE_THE_FIRST, chainEvent, isLawfulEvent, parseEvent } from './chain.ts';
import type { ChainedEvent } from './chain.ts';
import type { AuditEvent } from './event-schemas.ts';
import { anchorOf, verifyLog } from './verify-log.ts';
import type { Anchor, Verification, VerifyOptions } from './verify-log.ts';

/** Events between two checkpoints. Ours: a start reads at most so many to trust the head again. */
const EVENTS_PER_CHECKPOINT = 1_000;

/** The station's audit log: append-only, each event bound to the one before it. */
export interface AuditLog {
  /**
   * Writes one event; inside a transaction of the database it is written with it or not at all.
   * @throws AuditFault `audit.event-not-in-the-list` when it says more than its schema allows
   */
  append(event: AuditEvent): Promise<ChainedEvent>;
  appendAll(events: readonly AuditEvent[]): Promise<readonly ChainedEvent[]>;
  /** Events, newest first. */
  search(filter: AuditFilter): Promise<readonly ChainedEvent[]>;
  /** The receipts and the buffers of one check that has none, for the slip and for the start after a kill. */
  buffersWithoutReceipt(reference: string): Promise<readonly BufferTaken[]>;
  verify(options?: VerifyOptions): Promise<Verification>;
  /** Verifies from the last checkpoint on: what a start can afford. */
  verifySinceCheckpoint(): Promise<Verification>;
  /** The last event's number and hash; number 0 while the log is empty. */
  head(): Promise<Anchor>;
}

/** A buffer that the log says was taken. */
export interface BufferTaken {
  readonly bufferId: string;
  readonly kind: 'image' | 'template' | 'encoded';
  readonly sizeBytes: number;
  /** ISO 8601 in UTC. */
  readonly takenAt: string;
}

function eventOf(row: AuditRow): ChainedEvent {
  const event = parseEvent(row.event);
  if (event === null) throw new AuditFault('audit.row-unreadable', { sequence: row.sequence });
  return event;
}

/** Most events of one check: it ends within two hours and each step is a person's act. */
const MAXIMUM_EVENTS_OF_A_CHECK = 5_000;

/** Makes the audit log over one open database. */
export function createAuditLog(database: StationDatabase, clock: Pick<Clock, 'now'>): AuditLog {
  const store = createAuditStore(database);

  const head = async (): Promise<Anchor> => {
    const last = await store.last();
    return last === null ? { sequence: 0, hash: BEFORE_THE_FIRST } : anchorOf(last);
  };

  const appendAll = (events: readonly AuditEvent[]): Promise<readonly ChainedEvent[]> =>
    database.transaction(async () => {
      for (const event of events) {
        if (!isLawfulEvent(event)) throw new AuditFault('audit.event-not-in-the-list', { event: event.code });
      }
      let { sequence, hash } = await head();
      const at = new Date(clock.now()).toISOString();
      const chained: ChainedEvent[] = [];
      const rows: AuditRow[] = [];
      for (const event of events) {
        sequence += 1;
        const next: ChainedEvent = { ...event, sequence, at, previous: hash };
        const row = chainEvent(next);
        hash = row.hash.toString('hex');
        chained.push(next);
        rows.push(row);
      }
      await store.append(rows);
      for (const row of rows) {
        if (row.sequence % EVENTS_PER_CHECKPOINT === 0) {
          await store.addCheckpoint({ sequence: row.sequence, hash: row.hash });
        }
      }
      return chained;
    });

  return {
    appendAll,
    head,
    async append(event) {
      const [chained] = await appendAll([event]);
      if (chained === undefined) throw new AuditFault('audit.row-unreadable', {});
      return chained;
    },
    search: async (filter) => (await store.matching(filter)).map(eventOf),
    async buffersWithoutReceipt(reference) {
      const rows = await store.matching({ reference, limit: MAXIMUM_EVENTS_OF_A_CHECK });
      const open = new Map<string, BufferTaken>();
      for (const event of rows.map(eventOf).toReversed()) {
        if (event.code === 'capture-taken' || event.code === 'buffer-taken') {
          const { bufferId, kind, sizeBytes } = event.details;
          open.set(bufferId, { bufferId, kind, sizeBytes, takenAt: event.at });
        }
        if (event.code === 'print-erased') open.delete(event.details.bufferId);
      }
      return [...open.values()];
    },
    verify: (options) => verifyLog(store, options),
    async verifySinceCheckpoint() {
      const last = (await store.checkpoints()).at(-1);
      return verifyLog(store, last === undefined ? {} : { trusted: anchorOf(last) });
    },
  };
}
