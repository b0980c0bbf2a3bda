import { encodeTemplate } from '../../../native-bridge/matcher/template/template-codec.ts';
import type { FingerTemplate, Minutia } from '../../../native-bridge/matcher/template/minutia.ts';
import { MAP_CELL_PX } from '../../../native-bridge/matcher/parameters.ts';

/** A small seeded generator of numbers from 0 to 1 (mulberry32's recurrence): the same everywhere, fast, for tests only. */
export class SeededNumbers {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next();
  }

  normal(mean: number, deviation: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.next());
  }
}

/** Where ridges turn around (cores) and fork (deltas), pixels from the finger's middle. */
interface Poles {
  readonly cores: readonly (readonly [number, number])[];
  readonly deltas: readonly (readonly [number, number])[];
}

/** Shares of arch (tented too), left loop, right loop and whorl. Source: Wilson, Candela, Watson 1993 (NIST). */
const CLASS_SHARES = [0.066, 0.404, 0.721, 1] as const;

function drawPoles(numbers: SeededNumbers): Poles {
  const kind = numbers.next();
  const at = (x: number, y: number, spread: number): readonly [number, number] => [
    numbers.normal(x, spread),
    numbers.normal(y, spread),
  ];
  if (kind < CLASS_SHARES[0]) return { cores: [at(0, 0, 8)], deltas: [at(0, 60, 15)] };
  if (kind < CLASS_SHARES[1]) return { cores: [at(0, -20, 12)], deltas: [at(95, 110, 20)] };
  if (kind < CLASS_SHARES[2]) return { cores: [at(0, -20, 12)], deltas: [at(-95, 110, 20)] };
  return { cores: [at(0, -30, 10), at(0, 20, 10)], deltas: [at(-105, 105, 20), at(105, 105, 20)] };
}

/** Ridge orientation, 0 to π, of the zero-pole model. Source: B. Sherlock, D. Monro, 1993. */
function orientationAt(poles: Poles, x: number, y: number): number {
  let sum = 0;
  for (const [coreX, coreY] of poles.cores) sum += Math.atan2(y - coreY, x - coreX);
  for (const [deltaX, deltaY] of poles.deltas) sum -= Math.atan2(y - deltaY, x - deltaX);
  const orientation = sum / 2;
  return ((orientation % Math.PI) + Math.PI) % Math.PI;
}

/** What the model takes from measured prints; docs/search.md compares the two. */
export interface FingerStatistics {
  readonly minutiaeMean: number;
  readonly minutiaeDeviation: number;
  /** Pixels at 500 ppi. */
  readonly halfWidthPx: number;
  readonly halfHeightPx: number;
  /** Least distance of two minutiae. */
  readonly leastDistancePx: number;
  /** Deviation of a minutia's angle from the ridge, radians. */
  readonly angleDeviationRad: number;
  readonly qualityMean: number;
  readonly qualityDeviation: number;
  /** Share of minutiae that point the way their part of the finger prefers; and how long a part is. */
  readonly preferredShare: number;
  readonly preferenceWavelengthPx: number;
  /** How much rarer minutiae are towards the edge: the density falls by e to the power of this. */
  readonly thinning: number;
}

/** Fitted by hand, between 900 synthetic impressions and the development sets: docs/search.md sets them side by side. */
export const STATISTICS: FingerStatistics = {
  minutiaeMean: 49,
  minutiaeDeviation: 14,
  halfWidthPx: 124,
  halfHeightPx: 166,
  leastDistancePx: 4,
  angleDeviationRad: 0.1,
  qualityMean: 0.38,
  qualityDeviation: 0.18,
  preferredShare: 0.82,
  preferenceWavelengthPx: 380,
  thinning: 1.5,
};

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** What turns a ridge's orientation, 0 to π, into the direction that is nearer to `angleRad`. */
function sameWay(angleRad: number, ridge: number): number {
  return Math.cos(angleRad - ridge) > 0 ? 0 : Math.PI;
}

/** A finger without its minutiae: poles, outline and the map of orientations. */
interface FingerShape {
  readonly poles: Poles;
  readonly halfWidth: number;
  readonly halfHeight: number;
  readonly middleX: number;
  readonly middleY: number;
  readonly orientation: FingerTemplate['orientation'];
}

/** Shapes of the population. A shape takes as long as forty fingers, so that fingers share it: minutiae are their own. */
const SHAPES = 1024;
const shapes = new Map<string, FingerShape>();

/** Square of the distance from the middle, 1 at the outline. */
function remotenessOf(
  { middleX, middleY, halfWidth, halfHeight }: Omit<FingerShape, 'orientation'>,
  x: number,
  y: number,
): number {
  return ((x - middleX) / halfWidth) ** 2 + ((y - middleY) / halfHeight) ** 2;
}

function drawShape(seed: number, statistics: FingerStatistics): FingerShape {
  const numbers = new SeededNumbers(seed);
  const outline = {
    poles: drawPoles(numbers),
    halfWidth: statistics.halfWidthPx * clamp(numbers.normal(1, 0.1), 0.7, 1.3),
    halfHeight: statistics.halfHeightPx * clamp(numbers.normal(1, 0.1), 0.7, 1.3),
    middleX: 200 + numbers.normal(0, 12),
    middleY: 230 + numbers.normal(0, 12),
  };
  const { poles, halfWidth, halfHeight, middleX, middleY } = outline;
  const leftCell = Math.max(0, Math.floor((middleX - halfWidth) / MAP_CELL_PX));
  const topCell = Math.max(0, Math.floor((middleY - halfHeight) / MAP_CELL_PX));
  const columns = Math.ceil((2 * halfWidth) / MAP_CELL_PX);
  const rows = Math.ceil((2 * halfHeight) / MAP_CELL_PX);
  const cells = Uint8Array.from({ length: columns * rows }, (_, cell) => {
    const x = (leftCell + (cell % columns) + 0.5) * MAP_CELL_PX;
    const y = (topCell + Math.floor(cell / columns) + 0.5) * MAP_CELL_PX;
    if (remotenessOf(outline, x, y) > 1) return 0;
    return 1 + (Math.round((orientationAt(poles, x - middleX, y - middleY) / Math.PI) * 254) % 254);
  });
  return { ...outline, orientation: { leftCell, topCell, columns, rows, cells } };
}

function shapeOf(seed: number, statistics: FingerStatistics): FingerShape {
  const number = ((seed % SHAPES) + SHAPES) % SHAPES;
  const key = `${number} ${statistics.halfWidthPx} ${statistics.halfHeightPx}`;
  const known = shapes.get(key) ?? drawShape(number, statistics);
  shapes.set(key, known);
  return known;
}

/** A made-up finger with minutiae of plausible number, places, angles and qualities: no image stands behind it. */
export function statisticalFinger(seed: number, statistics: FingerStatistics = STATISTICS): FingerTemplate {
  const numbers = new SeededNumbers(seed);
  const shape = shapeOf(seed, statistics);
  const { poles, halfWidth, halfHeight, middleX, middleY } = shape;
  const wanted = Math.round(clamp(numbers.normal(statistics.minutiaeMean, statistics.minutiaeDeviation), 12, 120));
  const wavePhase = numbers.between(0, 2 * Math.PI);
  const waveNumber = (2 * Math.PI) / statistics.preferenceWavelengthPx;
  // Below the core minutiae point up more often than down, and beside it down: real prints and synthetic ones agree.
  const preferred = (x: number, y: number): number => {
    const isDown = Math.sin(waveNumber * x + wavePhase) > 0 ? y - middleY < 50 : Math.abs(y - middleY) < 60;
    return isDown ? Math.PI / 2 : -Math.PI / 2;
  };
  const minutiae: Minutia[] = [];
  for (let attempt = 0; attempt < wanted * 8 && minutiae.length < wanted; attempt += 1) {
    const xPx = middleX + numbers.between(-halfWidth, halfWidth);
    const yPx = middleY + numbers.between(-halfHeight, halfHeight);
    const remoteness = remotenessOf(shape, xPx, yPx);
    if (remoteness > 1 || numbers.next() > Math.exp(-statistics.thinning * remoteness)) continue;
    const isCrowded = minutiae.some(
      (other) => (other.xPx - xPx) ** 2 + (other.yPx - yPx) ** 2 < statistics.leastDistancePx ** 2,
    );
    if (isCrowded) continue;
    const ridge = orientationAt(poles, xPx - middleX, yPx - middleY);
    const way = sameWay(preferred(xPx, yPx), ridge) + (numbers.next() < statistics.preferredShare ? 0 : Math.PI);
    const angle = ridge + way + numbers.normal(0, statistics.angleDeviationRad);
    minutiae.push({
      xPx: clamp(xPx, 0, 1000),
      yPx: clamp(yPx, 0, 1000),
      angleRad: ((angle % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI),
      kind: numbers.next() < 0.55 ? 'ending' : 'bifurcation',
      quality: clamp(numbers.normal(statistics.qualityMean, statistics.qualityDeviation), 0.05, 1),
    });
  }
  minutiae.sort((left, right) => right.quality - left.quality);
  return { widthPx: 400, heightPx: 460, quality: 60, minutiae, orientation: shape.orientation };
}

/** How an impression of a statistical finger differs from another. */
export interface ImpressionChange {
  readonly turnRad: number;
  readonly shiftX: number;
  readonly shiftY: number;
  /** Deviation of each place, pixels, and of each angle, radians. */
  readonly placeNoisePx: number;
  readonly angleNoiseRad: number;
  /** Share of minutiae that the impression misses, and of those that it adds. */
  readonly missing: number;
  readonly spurious: number;
}

/** Another impression of a finger: moved, blurred, with minutiae missing and added, and the map moved with them. */
export function statisticalImpression(finger: FingerTemplate, seed: number, change: ImpressionChange): FingerTemplate {
  const numbers = new SeededNumbers(seed);
  const cosine = Math.cos(change.turnRad);
  const sine = Math.sin(change.turnRad);
  const move = (minutia: Minutia): Minutia => {
    const x = minutia.xPx - 200;
    const y = minutia.yPx - 230;
    const angle = minutia.angleRad + change.turnRad + numbers.normal(0, change.angleNoiseRad);
    return {
      ...minutia,
      xPx: clamp(300 + change.shiftX + x * cosine - y * sine + numbers.normal(0, change.placeNoisePx), 0, 1200),
      yPx: clamp(330 + change.shiftY + x * sine + y * cosine + numbers.normal(0, change.placeNoisePx), 0, 1200),
      angleRad: ((angle % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI),
    };
  };
  const kept = finger.minutiae.filter(() => numbers.next() >= change.missing).map(move);
  const added = statisticalFinger(seed ^ 0x55aa)
    .minutiae.filter(() => numbers.next() < change.spurious)
    .map(move);
  const orientation = movedMap(finger, change.turnRad, 300 + change.shiftX, 330 + change.shiftY);
  return { ...finger, widthPx: 640, heightPx: 720, minutiae: [...kept, ...added].slice(0, 120), orientation };
}

/** The orientation map turned about (200, 230) px and moved so that this point comes to lie on (`toX`, `toY`). */
function movedMap(finger: FingerTemplate, turnRad: number, toX: number, toY: number): FingerTemplate['orientation'] {
  const { leftCell, topCell, columns, rows, cells } = finger.orientation;
  const side = 45;
  const moved = Uint8Array.from({ length: side * side }, (_, cell) => {
    const x = ((cell % side) + 0.5) * MAP_CELL_PX - toX;
    const y = (Math.floor(cell / side) + 0.5) * MAP_CELL_PX - toY;
    const column = Math.floor((200 + x * Math.cos(turnRad) + y * Math.sin(turnRad)) / MAP_CELL_PX) - leftCell;
    const row = Math.floor((230 - x * Math.sin(turnRad) + y * Math.cos(turnRad)) / MAP_CELL_PX) - topCell;
    const value = column < 0 || row < 0 || column >= columns || row >= rows ? 0 : cells[row * columns + column];
    if (value === 0) return 0;
    const steps = Math.round(value - 1 + (turnRad / Math.PI) * 254);
    return 1 + (((steps % 254) + 254) % 254);
  });
  return { leftCell: 0, topCell: 0, columns: side, rows: side, cells: moved };
}

/** The template of a statistical finger. */
export function statisticalTemplate(seed: number): Uint8Array {
  return encodeTemplate(statisticalFinger(seed));
}
