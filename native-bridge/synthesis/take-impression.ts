import type { GreyImage } from '../image/grey-image.ts';
import { boundContact } from './contact-box.ts';
import type { Finger } from './create-finger.ts';
import { smoothStep } from './exact-math.ts';
import { type ImpressionConditions, type ImpressionState, drawImpressionState } from './impression-conditions.ts';
import { MASTER_COLUMNS, MASTER_ROWS, PIXELS_PER_CELL } from './parameters.ts';
import { sampleRidges } from './sample-ridges.ts';
import { type Seed, SeededRandom } from './seeded-random.ts';
import { SkinMesh } from './skin-mesh.ts';
import { SmoothNoise } from './smooth-noise.ts';

/** Lengths over which an impression changes, pixels. */
const NOISE_LENGTHS_PX = { edge: 30, pressure: 50, dryness: 44, depth: 5, grain: 2.2, speckle: 3 } as const;
/** Deviation of the bare platen's grey and the length over which it changes, grey levels and pixels. */
const PLATEN_DEVIATION = 5;
const PLATEN_LENGTH_PX = 130;
/** Height by which the ridges' edges are rough at dryness 0, and what dryness adds. */
const ROUGHNESS = 0.17;
const ROUGHNESS_OF_DRYNESS = 0.35;
/** Height that a speck takes from a fully dry ridge. */
const SPECKLE_DEPTH = 1.15;
/** Where touch begins to fade and where it ends, shares of the contact's ellipse, and how uneven its rim is. */
const RIM_INSIDE = 0.84;
const RIM_OUTSIDE = 1.06;
const RIM_UNEVENNESS = 0.04;
/** The same for the sides of the finger, cells, and the row at which its foot leaves the platen, cells below the middle. */
const SIDE_UNEVENNESS = 2;
const FOOT_ROW = MASTER_ROWS / 2 - 3;
/** Height that is lost where touch ends, and deviation of the pressure within the contact. */
const RIM_LOSS = 1.5;
const PRESSURE_DEVIATION = 0.13;
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
  const pixels = new Uint8Array(widthPx * heightPx);
  const box = boundContact(state);
  const surface = new ImpressionSurface(new SeededRandom(seed, 'surface'), box.right - box.left, box.bottom - box.top);
  const platen = new SmoothNoise(new SeededRandom(seed, 'platen'), widthPx, heightPx, PLATEN_LENGTH_PX);
  const sensor = new SeededRandom(seed, 'sensor');
  const platenRow = new Float64Array(widthPx);
  const noise = new Float64Array(widthPx);
  const ink = new Float64Array(box.right - box.left);
  const xs = new Float64Array(ink.length);
  const ys = new Float64Array(ink.length);
  for (let y = 0; y < heightPx; y++) {
    platen.fillRow(y, platenRow);
    sensor.fillShares(noise);
    for (let x = 0; x < widthPx; x++) {
      noise[x] = state.platenGrey + PLATEN_DEVIATION * platenRow[x] + (noise[x] - 0.5) * SENSOR_NOISE;
    }
    if (y >= box.top && y < box.bottom) {
      mesh.fillRow(y, box.left, xs, ys);
      surface.enterRow(y - box.top);
      fillInk(finger, state, surface, xs, ys, ink);
      for (let x = 0; x < ink.length; x++) noise[box.left + x] -= ink[x] * state.contrast;
    }
    const row = y * widthPx;
    for (let x = 0; x < widthPx; x++) pixels[row + x] = Math.min(255, Math.max(0, noise[x] + 0.5));
  }
  return { widthPx, heightPx, resolutionPpi, pixels };
}

/** The slow and fast unevenness of one contact, a row at a time. */
class ImpressionSurface {
  readonly edge: Float64Array;
  readonly pressure: Float64Array;
  readonly dryness: Float64Array;
  readonly depth: Float64Array;
  readonly grain: Float64Array;
  readonly speckle: Float64Array;
  readonly #layers: readonly (readonly [SmoothNoise, Float64Array])[];

  constructor(random: SeededRandom, width: number, height: number) {
    const { edge, pressure, dryness, depth, grain, speckle } = NOISE_LENGTHS_PX;
    const layers = [edge, pressure, dryness, depth, grain, speckle].map(
      (length) => [new SmoothNoise(random, width, height, length), new Float64Array(width)] as const,
    );
    [this.edge, this.pressure, this.dryness, this.depth, this.grain, this.speckle] = layers.map(([, row]) => row);
    this.#layers = layers;
  }

  enterRow(y: number): void {
    for (const [noise, row] of this.#layers) noise.fillRow(y, row);
  }
}

/** Writes how dark the finger makes each pixel of a row that lies at (xs, ys) of it: 0 bare platen to 1 a full ridge. */
function fillInk(
  { ridges, outline }: Finger,
  state: ImpressionState,
  surface: ImpressionSurface,
  xs: Float64Array,
  ys: Float64Array,
  ink: Float64Array,
): void {
  const { edge, pressure, dryness, depth, grain, speckle } = surface;
  const { contactX, contactY, contactHalfWidth, contactHalfHeight, haze } = state;
  for (let x = 0; x < ink.length; x++) {
    ink[x] = 0;
    const fromX = (xs[x] - contactX) / contactHalfWidth;
    const fromY = (ys[x] - contactY) / contactHalfHeight;
    const radius = Math.sqrt(fromX * fromX + fromY * fromY) + RIM_UNEVENNESS * edge[x];
    if (radius >= RIM_OUTSIDE) continue;
    const row = Math.floor(ys[x] / PIXELS_PER_CELL + MASTER_ROWS / 2);
    if (row < 0 || row >= MASTER_ROWS) continue;
    const column = xs[x] / PIXELS_PER_CELL + MASTER_COLUMNS / 2;
    const toFoot = FOOT_ROW - ys[x] / PIXELS_PER_CELL;
    const toSide = Math.min(column - outline.starts[row], outline.ends[row] - column, toFoot);
    const inside = toSide - SIDE_UNEVENNESS * Math.abs(edge[x]);
    if (inside <= 1) continue;
    const rim = radius <= RIM_INSIDE ? 1 : smoothStep(RIM_OUTSIDE, RIM_INSIDE, radius);
    const touch = inside >= 7 ? rim : rim * smoothStep(1, 7, inside);
    const dry = state.dryness * Math.max(0.15, 1 + 0.5 * dryness[x]) + 0.5 * (1 - touch);
    const height =
      sampleRidges(ridges, xs[x], ys[x]) +
      state.pressure +
      PRESSURE_DEVIATION * pressure[x] -
      RIM_LOSS * (1 - touch) +
      (ROUGHNESS + ROUGHNESS_OF_DRYNESS * dry) * grain[x] -
      SPECKLE_DEPTH * dry * Math.max(0, speckle[x] - 0.2);
    const ridge = smoothStep(-FLANK, FLANK, height);
    ink[x] = touch * haze + (1 - haze) * ridge * (0.86 + 0.07 * depth[x] + 0.05 * pressure[x]);
  }
}
