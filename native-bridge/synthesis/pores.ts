import { FIELD_LIMIT, MASTER_COLUMNS, MASTER_ROWS } from './parameters.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Side of the squares in which one pore is looked for, cells: pores are 9 to 18 to the centimetre of ridge. */
const PORE_SPACING_CELLS = 4;
/** Height that makes a cell the top of a ridge, where pores are. */
const RIDGE_TOP = 0.8 * FIELD_LIMIT;
/** Height that a pore takes away, at least and at most. */
const PORE_DEPTH = { from: 0.25, to: 1.3 } as const;

/** Opens the sweat pores along the tops of the ridges, in place: they bead a ridge and show as light dots where it is wet. */
export function openPores(random: SeededRandom, ridges: Int16Array): void {
  for (let top = 0; top < MASTER_ROWS; top += PORE_SPACING_CELLS) {
    for (let left = 0; left < MASTER_COLUMNS; left += PORE_SPACING_CELLS) {
      const row = top + random.below(PORE_SPACING_CELLS);
      const column = left + random.below(PORE_SPACING_CELLS);
      const depth = random.between(PORE_DEPTH.from, PORE_DEPTH.to);
      const at = row * MASTER_COLUMNS + column;
      if (ridges[at] > RIDGE_TOP) ridges[at] -= Math.round(depth * FIELD_LIMIT);
    }
  }
}
