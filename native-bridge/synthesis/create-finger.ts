import { drawCreases } from './creases.ts';
import { type FingerClass, drawFingerClass } from './finger-class.ts';
import { type FingerOutline, createOutline } from './finger-outline.ts';
import { growRidges } from './grow-ridges.ts';
import { createOrientationField } from './orientation-field.ts';
import { GROWTH_STEPS } from './parameters.ts';
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
  const ridges = growRidges(new SeededRandom(seed, 'ridges'), { outline, orientations, periods }, GROWTH_STEPS);
  openPores(new SeededRandom(seed, 'pores'), ridges);
  drawCreases(new SeededRandom(seed, 'creases'), ridges);
  return { seed, fingerClass, singularities, outline, ridges };
}
