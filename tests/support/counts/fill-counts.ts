import type { MonthCounts } from '../../../electron/domain/counts/consistency.ts';
import type { StationDatabase } from '../../../electron/storage/database.ts';

/** Puts made-up counts into a station's database as if its checks had been counted. */
export async function fillCounts(database: StationDatabase, counts: ReadonlyMap<string, MonthCounts>): Promise<void> {
  const rows = [...counts].flatMap(([month, cells]) =>
    Object.entries(cells).map(([cell, tally = 0]) => ({ month, cell, tally })),
  );
  await database.transaction(async () => {
    for (let start = 0; start < rows.length; start += 400) {
      await database.run((connection) => connection('count_cell').insert(rows.slice(start, start + 400)));
    }
  });
}
