import type { PublishedCount } from '../../contract/counts.ts';
import { createCountStore } from '../../storage/count-store.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { Gate } from './gate.ts';

/** Numbers from 1 up to below this are held back, on the station too. Source: domain practice, domain.md §4. */
const SUPPRESSION_THRESHOLD = 5;

function published(total: number): PublishedCount {
  return total > 0 && total < SUPPRESSION_THRESHOLD ? { kind: 'suppressed' } : { kind: 'number', value: total };
}

/** The counts page: months as numbers, the small ones held back. */
export function countsRouter(gate: Gate, database: StationDatabase) {
  const counts = createCountStore(database);
  return {
    byMonth: gate.counts.byMonth.handler(async ({ input }) => {
      const rows = await counts.between(input.from, input.to);
      return {
        threshold: SUPPRESSION_THRESHOLD,
        rows: rows.map(({ cell, month, total }) => ({ month, cell, count: published(total) })),
      };
    }),
  };
}
