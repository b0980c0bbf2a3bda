import type { AnswerKind, CheckEnding, CheckView } from '../contract/checks.ts';
import type { StationDatabase } from './database.ts';

/** One identity check as it is kept. There is no place here for what docs/law.md forbids to record. */
export interface StoredCheck {
  readonly id: string;
  /** Given by the station, such as `RW-2026-000123`; never used twice, not even after removal. */
  readonly reference: string;
  readonly officerId: string;
  readonly state: CheckView['stage'];
  /** ISO 8601 in UTC. */
  readonly openedAt: string;
  readonly endedAt: string | null;
  /** The grounds, as the caller encrypted them; null before they are recorded and after their retention period. */
  readonly groundsText: string | null;
  readonly policeAnswer: AnswerKind | null;
  readonly immigrationAnswer: AnswerKind | null;
  readonly wayOut: CheckEnding | null;
}

/** What may change about a check after it was opened. */
export type CheckChanges = Partial<Omit<StoredCheck, 'id' | 'reference' | 'officerId' | 'openedAt'>>;

interface CheckRow {
  id: string;
  reference: string;
  officer_id: string;
  state: CheckView['stage'];
  opened_at: string;
  ended_at: string | null;
  grounds_text: string | null;
  police_answer: AnswerKind | null;
  immigration_answer: AnswerKind | null;
  way_out: CheckEnding | null;
  counted: number;
}

interface SequenceRow {
  year: number;
  last_number: number;
}

function fromRow(row: CheckRow): StoredCheck {
  return {
    id: row.id,
    reference: row.reference,
    officerId: row.officer_id,
    state: row.state,
    openedAt: row.opened_at,
    endedAt: row.ended_at,
    groundsText: row.grounds_text,
    policeAnswer: row.police_answer,
    immigrationAnswer: row.immigration_answer,
    wayOut: row.way_out,
  };
}

function changesToRow(changes: CheckChanges): Partial<CheckRow> {
  return {
    ...(changes.state !== undefined && { state: changes.state }),
    ...(changes.endedAt !== undefined && { ended_at: changes.endedAt }),
    ...(changes.groundsText !== undefined && { grounds_text: changes.groundsText }),
    ...(changes.policeAnswer !== undefined && { police_answer: changes.policeAnswer }),
    ...(changes.immigrationAnswer !== undefined && { immigration_answer: changes.immigrationAnswer }),
    ...(changes.wayOut !== undefined && { way_out: changes.wayOut }),
  };
}

/** The identity checks of this station. */
export interface CheckStore {
  /** Opens a check in the stage `grounds` and gives it the next reference of the year in which it was opened. */
  open(check: { readonly id: string; readonly officerId: string; readonly openedAt: string }): Promise<StoredCheck>;
  byId(id: string): Promise<StoredCheck | null>;
  byReference(reference: string): Promise<StoredCheck | null>;
  /** Checks that have no end yet: after a start, those that ended with the process. */
  unended(): Promise<readonly StoredCheck[]>;
  /** False when there is no such check. */
  update(id: string, changes: CheckChanges): Promise<boolean>;
  /**
   * Marks the check as counted; true the first time, false ever after. Inside the transaction that adds to the cells it
   * is what makes a check count once, without a token that could join the two.
   */
  claimCount(id: string): Promise<boolean>;
  /**
   * Removes the grounds of checks that ended before that moment; how many were removed. The caller empties the write-ahead
   * log once its transaction is over.
   */
  eraseGroundsEndedBefore(moment: string): Promise<number>;
}

/** Makes the store over one open database. */
export function createCheckStore(database: StationDatabase): CheckStore {
  const one = async (column: 'id' | 'reference', value: string): Promise<StoredCheck | null> => {
    const row = await database.run((connection) => connection<CheckRow>('identity_check').where(column, value).first());
    return row === undefined ? null : fromRow(row);
  };
  const nextReference = async (year: number): Promise<string> => {
    await database.run((connection) =>
      connection.raw(
        `INSERT INTO reference_sequence (year, last_number) VALUES (?, 1)
         ON CONFLICT (year) DO UPDATE SET last_number = last_number + 1`,
        [year],
      ),
    );
    const row = await database.run((connection) =>
      connection<SequenceRow>('reference_sequence').where('year', year).first(),
    );
    return `RW-${year}-${String(row?.last_number ?? 1).padStart(6, '0')}`;
  };
  return {
    open: ({ id, officerId, openedAt }) =>
      database.transaction(async () => {
        const reference = await nextReference(new Date(openedAt).getUTCFullYear());
        await database.run((connection) =>
          connection<CheckRow>('identity_check').insert({
            id,
            reference,
            officer_id: officerId,
            state: 'grounds',
            opened_at: openedAt,
            counted: 0,
          }),
        );
        return {
          id,
          reference,
          officerId,
          state: 'grounds' as const,
          openedAt,
          endedAt: null,
          groundsText: null,
          policeAnswer: null,
          immigrationAnswer: null,
          wayOut: null,
        };
      }),
    byId: (id) => one('id', id),
    byReference: (reference) => one('reference', reference),
    async unended() {
      const rows = await database.run((connection) =>
        connection<CheckRow>('identity_check').whereNull('ended_at').orderBy('opened_at'),
      );
      return rows.map(fromRow);
    },
    async update(id, changes) {
      const row = changesToRow(changes);
      if (Object.keys(row).length === 0) return (await one('id', id)) !== null;
      const changed = await database.run((connection) =>
        connection<CheckRow>('identity_check').where('id', id).update(row),
      );
      return changed === 1;
    },
    async claimCount(id) {
      const changed = await database.run((connection) =>
        connection<CheckRow>('identity_check').where({ id, counted: 0 }).update({ counted: 1 }),
      );
      return changed === 1;
    },
    async eraseGroundsEndedBefore(moment) {
      return database.run((connection) =>
        connection<CheckRow>('identity_check')
          .where('ended_at', '<', moment)
          .whereNotNull('grounds_text')
          .update({ grounds_text: null }),
      );
    },
  };
}
