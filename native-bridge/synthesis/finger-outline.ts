import { smoothStep } from './exact-math.ts';
import { MASTER_COLUMNS, MASTER_ROWS } from './parameters.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Half the width of a finger pad, cells of 250 ppi (0.1 mm). */
const HALF_WIDTH = { mean: 66, deviation: 4, maximum: 74 } as const;

/** For each row of a master, the first cell of the finger and the one after the last; equal where there is none. */
export interface FingerOutline {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** The outline of a finger pad: a round tip, nearly straight sides, a rounded foot at the crease of the joint. */
export function createOutline(random: SeededRandom): FingerOutline {
  const halfWidth = Math.min(HALF_WIDTH.maximum, random.normal(HALF_WIDTH.mean, HALF_WIDTH.deviation));
  const tipLength = random.between(82, 100);
  const footLength = random.between(50, 70);
  const foot = random.between(0.72, 0.92);
  const starts = new Int32Array(MASTER_ROWS);
  const ends = new Int32Array(MASTER_ROWS);
  for (let row = 0; row < MASTER_ROWS; row++) {
    const fromTip = Math.min(1, (row - 1) / tipLength);
    const tip = fromTip <= 0 ? 0 : Math.sqrt(1 - (1 - fromTip) * (1 - fromTip));
    const narrowing = 1 - (1 - foot) * smoothStep(MASTER_ROWS - footLength - 40, MASTER_ROWS, row);
    const half = Math.round(halfWidth * tip * narrowing);
    starts[row] = MASTER_COLUMNS / 2 - half;
    ends[row] = MASTER_COLUMNS / 2 + half;
  }
  return { starts, ends };
}
