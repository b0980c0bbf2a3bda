import type { StationDatabase } from './database.ts';

/** What is to be sent upstream for one month, and how far that is. */
export interface OutboxEntry {
  readonly month: string;
  /** Goes up with every change of the month's counts. */
  readonly changes: number;
  /** The number of changes that the last delivered document covered; fewer than `changes` means: something waits. */
  readonly deliveredChanges: number;
  /** The number that the next document will carry: 1, then corrections from 2 on. */
  readonly nextRevision: number;
  /** The signed document that is on its way, kept until it is acknowledged so that every attempt sends the same bytes. */
  readonly sealedDocument: string | null;
  readonly sealedChanges: number | null;
  /** Why the last attempt failed, a code; null after a delivery. */
  readonly lastRefusal: string | null;
  /** ISO 8601 in UTC. */
  readonly lastAttemptAt: string | null;
  readonly lastDeliveredAt: string | null;
}

interface OutboxRow {
  month: string;
  changes: number;
  delivered_changes: number;
  next_revision: number;
  sealed_document: string | null;
  sealed_changes: number | null;
  last_refusal: string | null;
  last_attempt_at: string | null;
  last_delivered_at: string | null;
}

function fromRow(row: OutboxRow): OutboxEntry {
  return {
    month: row.month,
    changes: row.changes,
    deliveredChanges: row.delivered_changes,
    nextRevision: row.next_revision,
    sealedDocument: row.sealed_document,
    sealedChanges: row.sealed_changes,
    lastRefusal: row.last_refusal,
    lastAttemptAt: row.last_attempt_at,
    lastDeliveredAt: row.last_delivered_at,
  };
}

/** One row a month: written with the counts in one transaction, emptied by the push. */
export interface OutboxStore {
  /** Notes that the month's counts have changed. */
  touch(month: string): Promise<void>;
  all(): Promise<readonly OutboxEntry[]>;
  /** Months before `openMonth` of which something is still to be delivered, oldest first. */
  waitingBefore(openMonth: string): Promise<readonly OutboxEntry[]>;
  /** Makes rows for those months that have none, so that a month without a check is delivered too. */
  ensure(months: readonly string[]): Promise<void>;
  seal(month: string, document: string, changes: number): Promise<void>;
  /** Throws the sealed document away and goes on from that revision. */
  unseal(month: string, nextRevision: number): Promise<void>;
  noteDelivered(month: string, at: string): Promise<void>;
  noteRefused(month: string, at: string, refusal: string): Promise<void>;
}

/** Makes the store over one open database. */
export function createOutboxStore(database: StationDatabase): OutboxStore {
  return {
    async touch(month) {
      await database.run((connection) =>
        connection.raw(
          'INSERT INTO outbox (month, changes) VALUES (?, 1) ON CONFLICT (month) DO UPDATE SET changes = changes + 1',
          [month],
        ),
      );
    },
    async all() {
      const rows = await database.run((connection) => connection<OutboxRow>('outbox').select().orderBy('month'));
      return rows.map(fromRow);
    },
    async waitingBefore(openMonth) {
      const rows = await database.run((connection) =>
        connection<OutboxRow>('outbox')
          .select()
          .where('month', '<', openMonth)
          .whereRaw('changes > delivered_changes')
          .orderBy('month'),
      );
      return rows.map(fromRow);
    },
    async ensure(months) {
      for (const month of months) {
        await database.run((connection) =>
          connection.raw('INSERT INTO outbox (month, changes) VALUES (?, 1) ON CONFLICT (month) DO NOTHING', [month]),
        );
      }
    },
    async unseal(month, nextRevision) {
      await database.run((connection) =>
        connection<OutboxRow>('outbox')
          .where({ month })
          .update({ sealed_document: null, sealed_changes: null, next_revision: nextRevision }),
      );
    },
    async seal(month, document, changes) {
      await database.run((connection) =>
        connection<OutboxRow>('outbox').where({ month }).update({ sealed_document: document, sealed_changes: changes }),
      );
    },
    async noteDelivered(month, at) {
      await database.run((connection) =>
        connection.raw(
          `UPDATE outbox SET delivered_changes = sealed_changes, next_revision = next_revision + 1, last_refusal = NULL,
             sealed_document = NULL, sealed_changes = NULL, last_attempt_at = :at, last_delivered_at = :at
           WHERE month = :month AND sealed_document IS NOT NULL`,
          { at, month },
        ),
      );
    },
    async noteRefused(month, at, refusal) {
      await database.run((connection) =>
        connection<OutboxRow>('outbox').where({ month }).update({ last_attempt_at: at, last_refusal: refusal }),
      );
    },
  };
}
