import type { StationDatabase } from './database.ts';

/** How often one cell was counted in one month, corrections included. */
export interface CellCount {
  readonly month: string;
  readonly cell: string;
  readonly total: number;
}

/** A correction: an entry of its own, with the difference that it makes. */
export interface Correction {
  readonly month: string;
  readonly cell: string;
  readonly difference: number;
  /** A code of the station's. */
  readonly reason: string;
}

/** The counts by month and cell. */
export interface CountStore {
  /** Adds one to each cell of the month. */
  addOne(month: string, cells: readonly string[]): Promise<void>;
  addCorrections(corrections: readonly Correction[]): Promise<void>;
  /** Cells that are not zero, from the first month to the last, both included. */
  between(from: string, to: string): Promise<readonly CellCount[]>;
}

/** Makes the store over one open database. */
export function createCountStore(database: StationDatabase): CountStore {
  return {
    async addOne(month, cells) {
      await database.run((connection) =>
        connection.raw(
          `INSERT INTO count_cell (month, cell, tally) VALUES ${cells.map(() => '(?,?,1)').join(',')}
           ON CONFLICT (month, cell) DO UPDATE SET tally = tally + 1`,
          cells.flatMap((cell) => [month, cell]),
        ),
      );
    },
    async addCorrections(corrections) {
      const rows = corrections.map(({ month, cell, difference, reason }) => ({ month, cell, difference, reason }));
      await database.run((connection) => connection('count_correction').insert(rows));
    },
    async between(from, to) {
      const rows: CellCount[] = await database.run((connection) =>
        connection.raw(
          `SELECT month, cell, sum(amount) AS total FROM (
             SELECT month, cell, tally AS amount FROM count_cell WHERE month BETWEEN :from AND :to
             UNION ALL
             SELECT month, cell, difference FROM count_correction WHERE month BETWEEN :from AND :to
           ) GROUP BY month, cell HAVING sum(amount) <> 0 ORDER BY month, cell`,
          { from, to },
        ),
      );
      return rows.map(({ month, cell, total }) => ({ month, cell, total }));
    },
  };
}
