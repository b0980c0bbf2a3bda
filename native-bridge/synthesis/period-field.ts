import { smoothStep } from './exact-math.ts';
import {
  MASTER_COLUMNS,
  MASTER_ROWS,
  PERIOD_STEPS,
  PIXELS_PER_CELL,
  RIDGE_PERIOD_LIMITS_PX,
  RIDGE_PERIOD_PX,
} from './parameters.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { Singularities } from './singularities.ts';
import { SmoothNoise } from './smooth-noise.ts';

/** Deviation of the slow change of the period over a finger, as a share, and its length, cells. */
const CHANGE_DEVIATION = 0.075;
const CHANGE_SPACING_CELLS = 34;
/** How much wider ridges are towards the crease below the deltas and towards the tip. Source: Cappelli et al., SFinGe. */
const WIDER_BELOW = 0.2;
const WIDER_ABOVE = 0.05;

/** The ridge period of every cell of a master, row by row, as a step of the filter bank (0 shortest). */
export function createPeriodField(random: SeededRandom, { cores, deltas }: Singularities): Uint8Array {
  const mean = random.normal(RIDGE_PERIOD_PX.mean, RIDGE_PERIOD_PX.deviation);
  const change = new SmoothNoise(random, MASTER_COLUMNS, MASTER_ROWS, CHANGE_SPACING_CELLS);
  const changeRow = new Float64Array(MASTER_COLUMNS);
  const top = cores.reduce((highest, core) => Math.min(highest, core.y), -30);
  const bottom = deltas.reduce((lowest, delta) => Math.max(lowest, delta.y), 60);
  const { minimum, maximum } = RIDGE_PERIOD_LIMITS_PX;
  const field = new Uint8Array(MASTER_COLUMNS * MASTER_ROWS);
  for (let row = 0; row < MASTER_ROWS; row++) {
    const y = (row - MASTER_ROWS / 2) * PIXELS_PER_CELL;
    const regional =
      1 + WIDER_BELOW * smoothStep(bottom - 60, bottom + 90, y) + WIDER_ABOVE * smoothStep(top - 40, top - 150, y);
    change.fillRow(row, changeRow);
    for (let column = 0; column < MASTER_COLUMNS; column++) {
      const period = mean * regional * (1 + CHANGE_DEVIATION * changeRow[column]);
      const step = Math.round(((period - minimum) / (maximum - minimum)) * (PERIOD_STEPS - 1));
      field[row * MASTER_COLUMNS + column] = Math.min(PERIOD_STEPS - 1, Math.max(0, step));
    }
  }
  return field;
}
