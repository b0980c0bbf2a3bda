import type { z } from 'zod';
import type { countsTable } from '../contract/counts.ts';
import { LEAST_DOUBT } from '../domain/counts/disclosure/parameters.ts';
import { decideRelease } from '../domain/counts/disclosure/release.ts';
import { isMonth, monthsBetween } from '../domain/counts/month.ts';
import type { Month } from '../domain/counts/month.ts';
import type { StationDatabase } from '../storage/database.ts';
import { CountsFault } from './counts-fault.ts';
import { stationSource } from './pack/pack-source.ts';

/** Most months of one view: what can be protected in a few tenths of a second, the station's other work waiting. */
const MOST_MONTHS = 36;

/**
 * The counts page's table: the same numbers, protected in the same way, as a publication of those months would have. The
 * month that is still open is there too. @throws CountsFault `counts.period-refused`
 */
export async function viewCounts(
  database: StationDatabase,
  from: Month,
  to: Month,
  threshold: number,
): Promise<z.infer<typeof countsTable>> {
  if (!isMonth(from) || !isMonth(to) || from > to || monthsBetween(from, to).length > MOST_MONTHS) {
    throw new CountsFault('counts.period-refused', { from, to });
  }
  const { counts, earlier } = await stationSource(database, from, to);
  const { release } = decideRelease({ from, to, counts, earlier, threshold, doubt: LEAST_DOUBT, isQuick: true });
  const months = release.rows.filter(({ level }) => level === 'month');
  return {
    threshold,
    rows: months.flatMap(({ key, shown, hidden }) => [
      ...Object.entries(shown).map(([cell, value]) => ({
        month: key,
        cell,
        count: { kind: 'number' as const, value },
      })),
      ...hidden.map((cell) => ({ month: key, cell, count: { kind: 'suppressed' as const } })),
    ]),
  };
}
