import type { GreyImage } from '../image/grey-image.ts';
import type { Finger } from './create-finger.ts';
import { smoothStep } from './exact-math.ts';
import { type ImpressionConditions, type ImpressionState, drawImpressionState } from './impression-conditions.ts';
import { MASTER_COLUMNS, MASTER_ROWS, PIXELS_PER_CELL } from './parameters.ts';
import { sampleRidges } from './sample-ridges.ts';
import { type Seed, SeededRandom } from './seeded-random.ts';
import { SkinMesh } from './skin-mesh.ts';
import { SmoothNoise } from './smooth-noise.ts';

/** Lengths over which an impression changes, pixels. */
const NOISE_LENGTHS_PX = {
  edge: 26,
  pressure: 55,
  dryness: 48,
  depth: 9,
  grain: 2.1,
  speckle: 2.7,
  platen: 130,
} as const;
/** Height by which the ridges' edges are rough at dryness 0, and what dryness adds. */
const ROUGHNESS = 0.17;
const ROUGHNESS_OF_DRYNESS = 0.35;
/** Height that a speck takes from a fully dry ridge. */
const SPECKLE_DEPTH = 1.15;
/** Half the height over which a ridge's flank goes from bare to full. */
const FLANK = 0.78;
/** Deviation of a pixel of the sensor, grey levels, times the square root of 12 (even noise). */
const SENSOR_NOISE = 7;

/**
 * Takes an impression of a finger: laid down with a shift, a turn and stretched skin, with more or less pressure and
 * moisture, part of it touching, seen by a scanner. The same for the same seeds on every machine.
 * Cost: about 12 ms for 400 × 500 pixels.
 */
export function takeImpression(finger: Finger, impressionSeed: Seed, conditions: ImpressionConditions = {}): GreyImage {
  const seed = `${finger.seed} ${typeof impressionSeed} ${impressionSeed}`;
  const state = drawImpressionState(new SeededRandom(seed, 'state'), conditions);
  const mesh = new SkinMesh(new SeededRandom(seed, 'skin'), state);
  const { widthPx, heightPx, resolutionPpi } = state;
  const surface = new ImpressionSurface(new SeededRandom(seed, 'surface'), state);
  const sensor = new SeededRandom(seed, 'sensor');
  const pixels = new Uint8Array(widthPx * heightPx);
  const xs = new Float64Array(widthPx);
  const ys = new Float64Array(widthPx);
  for (let y = 0; y < heightPx; y++) {
    mesh.fillRow(y, xs, ys);
    surface.enterRow(y);
    for (let x = 0; x < widthPx; x++) {
      const ink = inkAt(finger, state, surface, x, xs[x], ys[x]);
      const noise = (sensor.share() - 0.5) * SENSOR_NOISE;
      const grey = state.platenGrey + 5 * surface.platen[x] - ink * state.contrast + noise;
      pixels[y * widthPx + x] = Math.round(Math.min(255, Math.max(0, grey)));
    }
  }
  return { widthPx, heightPx, resolutionPpi, pixels };
}

/** The slow and fast unevenness of one impression, a row at a time. */
class ImpressionSurface {
  readonly edge: Float64Array;
  readonly pressure: Float64Array;
  readonly dryness: Float64Array;
  readonly depth: Float64Array;
  readonly grain: Float64Array;
  readonly speckle: Float64Array;
  readonly platen: Float64Array;
  readonly #layers: readonly (readonly [SmoothNoise, Float64Array])[];

  constructor(random: SeededRandom, { widthPx, heightPx }: ImpressionState) {
    const layers = Object.values(NOISE_LENGTHS_PX).map(
      (length) => [new SmoothNoise(random, widthPx, heightPx, length), new Float64Array(widthPx)] as const,
    );
    [this.edge, this.pressure, this.dryness, this.depth, this.grain, this.speckle, this.platen] = layers.map(
      ([, row]) => row,
    );
    this.#layers = layers;
  }

  enterRow(y: number): void {
    for (const [noise, row] of this.#layers) noise.fillRow(y, row);
  }
}

/** How dark the finger makes a pixel that lies at (fx, fy) of it: 0 bare platen to 1 a full ridge. */
function inkAt(
  finger: Finger,
  state: ImpressionState,
  surface: ImpressionSurface,
  x: number,
  fx: number,
  fy: number,
): number {
  const fromX = (fx - state.contactX) / state.contactHalfWidth;
  const fromY = (fy - state.contactY) / state.contactHalfHeight;
  const radius = Math.sqrt(fromX * fromX + fromY * fromY);
  if (radius > 1.3) return 0;
  const row = Math.floor(fy / PIXELS_PER_CELL + MASTER_ROWS / 2);
  if (row < 0 || row >= MASTER_ROWS) return 0;
  const column = fx / PIXELS_PER_CELL + MASTER_COLUMNS / 2;
  const inside = Math.min(column - finger.outline.starts[row], finger.outline.ends[row] - column);
  if (inside <= 1) return 0;
  const touch = smoothStep(1.06, 0.84, radius + 0.04 * surface.edge[x]) * smoothStep(1, 7, inside);
  if (touch <= 0) return 0;
  const dryness = state.dryness * Math.max(0.15, 1 + 0.5 * surface.dryness[x]) + 0.5 * (1 - touch);
  const height =
    sampleRidges(finger.ridges, fx, fy) +
    state.pressure +
    0.13 * surface.pressure[x] -
    1.5 * (1 - touch) +
    (ROUGHNESS + ROUGHNESS_OF_DRYNESS * dryness) * surface.grain[x] -
    SPECKLE_DEPTH * dryness * Math.max(0, surface.speckle[x] - 0.2);
  const ridge = smoothStep(-FLANK, FLANK, height);
  const depth = 0.86 + 0.07 * surface.depth[x] + 0.05 * surface.pressure[x];
  return touch * state.haze + (1 - state.haze) * ridge * depth;
}
