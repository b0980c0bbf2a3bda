import { viewCounts } from '../../counts/counts-view.ts';
import { DEFAULT_THRESHOLD } from '../../domain/counts/disclosure/parameters.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { Gate } from './gate.ts';

/** The counts page: months as numbers; the small ones, and those from which they could be computed, held back. */
export function countsRouter(gate: Gate, database: StationDatabase) {
  return {
    byMonth: gate.counts.byMonth.handler(({ input }) => viewCounts(database, input.from, input.to, DEFAULT_THRESHOLD)),
  };
}
