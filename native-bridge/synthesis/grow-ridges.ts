import type { FingerOutline } from './finger-outline.ts';
import type { GrowKernel } from './kernels/grow-step.ts';
import { loadGrowKernel } from './kernels/load-grow-kernel.ts';
import { FIELD_LIMIT, MASTER_COLUMNS, MASTER_ROWS, ORIENTATION_STEPS, SEED_SPACING_CELLS } from './parameters.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What ridges grow along: steps of orientation and of period for every cell within an outline. */
export interface GrowthPlan {
  readonly outline: FingerOutline;
  readonly orientations: Uint8Array;
  readonly periods: Uint8Array;
}

/**
 * Grows ridges from scattered seeds by filtering `steps` times, an even number, each cell with the filter of its
 * orientation and period: MASTER_ROWS × MASTER_COLUMNS cells, −2047 to 2047.
 */
export function growRidges(random: SeededRandom, plan: GrowthPlan, steps: number): Int16Array {
  const kernel = loadGrowKernel();
  kernel.starts.set(plan.outline.starts);
  kernel.ends.set(plan.outline.ends);
  for (let i = 0; i < plan.orientations.length; i++) {
    kernel.filterNumbers[i] = plan.periods[i] * ORIENTATION_STEPS + plan.orientations[i];
  }
  scatterSeeds(random, kernel);
  kernel.grow(steps);
  return takeRidges(kernel);
}

/** One spot in every square of a grid, somewhere in it: no two parts of a finger start alike and none starts late. */
function scatterSeeds(random: SeededRandom, { field, layout, starts, ends }: GrowKernel): void {
  field.fill(0);
  for (let top = 0; top < MASTER_ROWS; top += SEED_SPACING_CELLS) {
    for (let left = 0; left < MASTER_COLUMNS; left += SEED_SPACING_CELLS) {
      const row = Math.min(MASTER_ROWS - 1, top + random.below(SEED_SPACING_CELLS));
      const column = Math.min(MASTER_COLUMNS - 1, left + random.below(SEED_SPACING_CELLS));
      const height = random.share() < 0.5 ? FIELD_LIMIT : -FIELD_LIMIT;
      if (column >= starts[row] && column < ends[row]) field[layout.origin + row * layout.stride + column] = height;
    }
  }
}

function takeRidges({ field, layout }: GrowKernel): Int16Array {
  const ridges = new Int16Array(layout.columns * layout.rows);
  for (let row = 0; row < layout.rows; row++) {
    const from = layout.origin + row * layout.stride;
    ridges.set(field.subarray(from, from + layout.columns), row * layout.columns);
  }
  return ridges;
}
