import type { z } from 'zod';
import type { countsTable } from '../contract/counts.ts';
import { LEAST_DOUBT } from '../domain/counts/disclosure/parameters.ts';
import { decideReleaseInSteps } from '../domain/counts/disclosure/release.ts';
import { isMonth, monthAfter } from '../domain/counts/month.ts';
import type { Month } from '../domain/counts/month.ts';
import type { StationDatabase } from '../storage/database.ts';
import { stationSource } from './pack/pack-source.ts';
import { runInTurns } from './pack/run-in-turns.ts';

type Row = z.infer<typeof countsTable>['rows'][number];

/** Most months of one view: what can be protected in a few tenths of a second, the station's other work waiting. */
const MOST_MONTHS = 36;

/** A search is always of both databases: three names for one number. */
const SEARCHES = ['search/police', 'search/immigration'];

/**
 * The counts page's table: the same numbers, protected in the same way, as a publication of those months would have. The
 * month that is still open is there too; a column that is zero in all months is left out. Of a longer period the last
 * three years are answered.
 */
export async function viewCounts(
  database: StationDatabase,
  from: Month,
  to: Month,
  threshold: number,
): Promise<z.infer<typeof countsTable>> {
  if (!isMonth(from) || !isMonth(to) || from > to) return { threshold, rows: [] };
  const first = [from, monthAfter(to, 1 - MOST_MONTHS)].sort().at(-1) ?? from;
  const { counts, earlier } = await stationSource(database, first, to);
  const request = { from: first, to, counts, earlier, threshold, doubt: LEAST_DOUBT, isQuick: true };
  const { release } = await runInTurns(decideReleaseInSteps(request));
  const months = release.rows.filter(({ level }) => level === 'month');
  const used = new Set(
    months.flatMap(({ shown, hidden }) => [...hidden, ...Object.keys(shown).filter((cell) => shown[cell])]),
  );
  const rows = months.flatMap(({ key, shown, hidden }) => [
    ...Object.entries(shown).map(([cell, value]): Row => ({ month: key, cell, count: { kind: 'number', value } })),
    ...hidden.map((cell): Row => ({ month: key, cell, count: { kind: 'suppressed' } })),
  ]);
  const named = rows.flatMap((row) =>
    row.cell === 'outcome/searched' ? [row, ...SEARCHES.map((cell) => ({ ...row, cell }))] : [row],
  );
  return { threshold, rows: named.filter(({ cell }) => used.has(SEARCHES.includes(cell) ? 'outcome/searched' : cell)) };
}
