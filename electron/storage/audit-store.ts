import type { StationDatabase } from './database.ts';

/** One entry as it stands in the file: the hashed text and its hash. */
export interface AuditRow {
  readonly sequence: number;
  /** The canonical JSON that was hashed. */
  readonly event: string;
  /** SHA-256 of `event`, 32 bytes. */
  readonly hash: Buffer;
}

/** A moment of the chain: the hash of the event with that number. */
export interface CheckpointRow {
  readonly sequence: number;
  readonly hash: Buffer;
}

/** Which events are wanted, newest first. */
export interface AuditFilter {
  readonly reference?: string;
  readonly code?: string;
  /** ISO 8601 in UTC, inclusive. */
  readonly from?: string;
  /** ISO 8601 in UTC, exclusive. */
  readonly to?: string;
  readonly beforeSequence?: number;
  readonly limit: number;
}

/** The audit log's rows. There is no way to change or to remove one: the database itself refuses. */
export interface AuditStore {
  last(): Promise<AuditRow | null>;
  bySequence(sequence: number): Promise<AuditRow | null>;
  /** Rows after that number in order, at most `limit`. */
  after(sequence: number, limit: number): Promise<readonly AuditRow[]>;
  matching(filter: AuditFilter): Promise<readonly AuditRow[]>;
  append(rows: readonly AuditRow[]): Promise<void>;
  addCheckpoint(checkpoint: CheckpointRow): Promise<void>;
  checkpoints(): Promise<readonly CheckpointRow[]>;
}

/** Rows in one INSERT: below SQLite's limit of 32,766 bound values. */
const ROWS_PER_INSERT = 500;

/** Makes the store over one open database. */
export function createAuditStore(database: StationDatabase): AuditStore {
  const events = 'audit_event';
  const columns = ['sequence', 'event', 'hash'] as const;
  return {
    async last() {
      const row = await database.run((connection) =>
        connection<AuditRow>(events)
          .select(...columns)
          .orderBy('sequence', 'desc')
          .first(),
      );
      return row ?? null;
    },
    async bySequence(sequence) {
      const row = await database.run((connection) =>
        connection<AuditRow>(events)
          .select(...columns)
          .where('sequence', sequence)
          .first(),
      );
      return row ?? null;
    },
    after: (sequence, limit) =>
      database.run((connection) =>
        connection<AuditRow>(events)
          .select(...columns)
          .where('sequence', '>', sequence)
          .orderBy('sequence')
          .limit(limit),
      ),
    matching: (filter) =>
      database.run((connection) => {
        const query = connection<AuditRow>(events).select(...columns);
        if (filter.reference !== undefined) void query.whereRaw('reference = ?', [filter.reference]);
        if (filter.code !== undefined) void query.whereRaw('code = ?', [filter.code]);
        if (filter.from !== undefined) void query.whereRaw('at >= ?', [filter.from]);
        if (filter.to !== undefined) void query.whereRaw('at < ?', [filter.to]);
        if (filter.beforeSequence !== undefined) void query.where('sequence', '<', filter.beforeSequence);
        return query.orderBy('sequence', 'desc').limit(filter.limit);
      }),
    async append(rows) {
      for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
        const part = rows.slice(start, start + ROWS_PER_INSERT);
        await database.run((connection) =>
          connection.raw(
            `INSERT INTO audit_event (sequence, event, hash) VALUES ${part.map(() => '(?,?,?)').join(',')}`,
            part.flatMap(({ sequence, event, hash }) => [sequence, event, hash]),
          ),
        );
      }
    },
    async addCheckpoint(checkpoint) {
      await database.run((connection) => connection<CheckpointRow>('audit_checkpoint').insert(checkpoint));
    },
    checkpoints: () =>
      database.run((connection) => connection<CheckpointRow>('audit_checkpoint').select().orderBy('sequence')),
  };
}
