import { drawCreases } from './creases.ts';
import { type FingerClass, drawFingerClass } from './finger-class.ts';
import { type FingerOutline, createOutline } from './finger-outline.ts';
import { loadGrowKernel } from './kernels/load-grow-kernel.ts';
import type { GrowKernel } from './kernels/grow-step.ts';
import { createOrientationField } from './orientation-field.ts';
import {
  FIELD_LIMIT,
  GROWTH_STEPS,
  MASTER_COLUMNS,
  MASTER_ROWS,
  ORIENTATION_STEPS,
  SEED_SPACING_CELLS,
} from './parameters.ts';
import { createPeriodField } from './period-field.ts';
import { openPores } from './pores.ts';
import { type Seed, SeededRandom } from './seeded-random.ts';
import { type Singularities, placeSingularities } from './singularities.ts';

/** What may be fixed about a finger; all else comes from its seed. */
export interface FingerOptions {
  readonly fingerClass?: FingerClass | undefined;
  /** Loops then open to the side that is natural for the hand. */
  readonly hand?: 'left' | 'right' | undefined;
}

/** A synthetic finger: its ridges as they are on the skin, of which impressions are taken. */
export interface Finger {
  readonly seed: Seed;
  readonly fingerClass: FingerClass;
  readonly singularities: Singularities;
  readonly outline: FingerOutline;
  /** MASTER_ROWS rows of MASTER_COLUMNS cells, −2047 (middle of a valley or crease) to 2047 (middle of a ridge). */
  readonly ridges: Int16Array;
}

/**
 * Makes the finger of a seed, the same on every machine: class, cores and deltas, orientations, periods and outline, then
 * ridges that grow from scattered seeds by repeated oriented filtering until they meet; where they do not fit, minutiae
 * arise. Source of the idea: R. Cappelli, D. Maio, D. Maltoni, "Synthetic fingerprint-image generation", ICPR 2000.
 * Cost: about 10 ms with the WebAssembly kernel, ten times as much without.
 */
export function createFinger(seed: Seed, options: FingerOptions = {}): Finger {
  const drawn = drawFingerClass(new SeededRandom(seed, 'class'), options.hand);
  const fingerClass = options.fingerClass ?? drawn;
  const singularities = placeSingularities(new SeededRandom(seed, `poles ${fingerClass}`), fingerClass);
  const outline = createOutline(new SeededRandom(seed, 'outline'));
  const orientations = createOrientationField(new SeededRandom(seed, 'orientation'), fingerClass, singularities);
  const periods = createPeriodField(new SeededRandom(seed, 'period'), singularities);
  const kernel = loadGrowKernel();
  kernel.starts.set(outline.starts);
  kernel.ends.set(outline.ends);
  for (let i = 0; i < orientations.length; i++)
    kernel.filterNumbers[i] = periods[i] * ORIENTATION_STEPS + orientations[i];
  scatterSeeds(new SeededRandom(seed, 'ridges'), kernel, outline);
  kernel.grow(GROWTH_STEPS);
  const ridges = takeRidges(kernel);
  openPores(new SeededRandom(seed, 'pores'), ridges);
  drawCreases(new SeededRandom(seed, 'creases'), ridges);
  return { seed, fingerClass, singularities, outline, ridges };
}

/** One spot in every square of a grid, somewhere in it: no two parts of a finger start alike and none starts late. */
function scatterSeeds(random: SeededRandom, kernel: GrowKernel, outline: FingerOutline): void {
  const { field, layout } = kernel;
  field.fill(0);
  for (let top = 0; top < MASTER_ROWS; top += SEED_SPACING_CELLS) {
    for (let left = 0; left < MASTER_COLUMNS; left += SEED_SPACING_CELLS) {
      const row = Math.min(MASTER_ROWS - 1, top + random.below(SEED_SPACING_CELLS));
      const column = Math.min(MASTER_COLUMNS - 1, left + random.below(SEED_SPACING_CELLS));
      const height = random.share() < 0.5 ? FIELD_LIMIT : -FIELD_LIMIT;
      if (column >= outline.starts[row] && column < outline.ends[row])
        field[layout.origin + row * layout.stride + column] = height;
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
