import type { Minutia } from '../template/minutia.ts';
import { decodeTemplate } from '../template/template-codec.ts';
import type { FingerCylinders } from './finger-cylinders.ts';
import {
  ANGLE_STEPS,
  CODE_BYTES,
  CODE_ONES,
  CYLINDER_CELLS,
  CYLINDER_DIRECTIONS,
  CYLINDER_RADIUS_PX,
  DIRECTION_SPREAD_RAD,
  LEAST_NEIGHBOUR_WEIGHT,
  MAXIMUM_INDEXED_CYLINDERS,
  NEIGHBOUR_REACH_PX,
  PLACE_SPREAD_PX,
} from './parameters.ts';
import { zeroNumbers } from './zero-numbers.ts';

/** Values of a cylinder: one for each cell and direction. */
const VALUES = CYLINDER_CELLS * CYLINDER_DIRECTIONS;

/** Side of the squares in which a neighbour's place is rounded, pixels: a fifth of `PLACE_SPREAD_PX`. */
const PLACE_STEP_PX = 2;
const PLACE_COLUMNS = 2 * Math.ceil(NEIGHBOUR_REACH_PX / PLACE_STEP_PX) + 1;

/** One neighbour at the middle of a cell adds at most this to it. */
const UNIT = 64;

/** Sums are told apart in whole numbers up to this when the threshold is sought: four neighbours on one spot. */
const LARGEST_SUM = 4 * UNIT - 1;

/** Farthest that a minutia may lie from its finger's middle, pixels at 500 ppi: far beyond any finger. */
const LARGEST_OFFSET_PX = 2047;

interface NearCells {
  /** For each rounded place the first of its entries, and the end. */
  readonly start: Uint32Array;
  readonly cell: Uint8Array;
  /** 0 to 1. */
  readonly weight: Float32Array;
}

/** Middles of the cells: a sunflower's seeds, which cover a disc evenly whatever their number (Vogel 1979). */
function cellMiddles(): readonly (readonly [number, number])[] {
  const goldenAngle = Math.PI * (3 - Math.sqrt(5));
  return Array.from({ length: CYLINDER_CELLS }, (_, index) => {
    const radius = CYLINDER_RADIUS_PX * Math.sqrt((index + 0.5) / CYLINDER_CELLS);
    return [radius * Math.cos(index * goldenAngle), radius * Math.sin(index * goldenAngle)] as const;
  });
}

function tabulateNearCells(): NearCells {
  const middles = cellMiddles();
  const cutoff = 3 * PLACE_SPREAD_PX;
  const start = [0];
  const cell: number[] = [];
  const weight: number[] = [];
  const half = (PLACE_COLUMNS - 1) / 2;
  for (let place = 0; place < PLACE_COLUMNS * PLACE_COLUMNS; place += 1) {
    const x = ((place % PLACE_COLUMNS) - half) * PLACE_STEP_PX;
    const y = (Math.floor(place / PLACE_COLUMNS) - half) * PLACE_STEP_PX;
    middles.forEach(([cellX, cellY], index) => {
      const squared = (x - cellX) ** 2 + (y - cellY) ** 2;
      if (squared >= cutoff * cutoff) return;
      cell.push(index);
      weight.push(Math.exp(-squared / (2 * PLACE_SPREAD_PX ** 2)));
    });
    start.push(cell.length);
  }
  return { start: Uint32Array.from(start), cell: Uint8Array.from(cell), weight: Float32Array.from(weight) };
}

/** How much a neighbour turned by `turn` steps counts for each direction: `ANGLE_STEPS × CYLINDER_DIRECTIONS`, 0 to `UNIT`. */
function tabulateDirections(): Float32Array {
  const table = new Float32Array(ANGLE_STEPS * CYLINDER_DIRECTIONS);
  return table.map((_, at) => {
    const turn = Math.floor(at / CYLINDER_DIRECTIONS) / ANGLE_STEPS;
    const away = turn - (at % CYLINDER_DIRECTIONS) / CYLINDER_DIRECTIONS;
    const awayRad = (away - Math.round(away)) * 2 * Math.PI;
    return UNIT * Math.exp(-(awayRad ** 2) / (2 * DIRECTION_SPREAD_RAD ** 2));
  });
}

const nearCells = tabulateNearCells();
const directions = tabulateDirections();

function angleSteps(minutia: Minutia): number {
  return Math.round((minutia.angleRad / (2 * Math.PI)) * ANGLE_STEPS) & (ANGLE_STEPS - 1);
}

/** The minutiae of a finger as numbers. */
interface Neighbours {
  readonly count: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly steps: Uint8Array;
  /** What each counts as a neighbour. */
  readonly trust: Float32Array;
}

function neighboursOf(minutiae: readonly Minutia[]): Neighbours {
  return {
    count: minutiae.length,
    x: Float32Array.from(minutiae, ({ xPx }) => xPx),
    y: Float32Array.from(minutiae, ({ yPx }) => yPx),
    steps: Uint8Array.from(minutiae, angleSteps),
    trust: Float32Array.from(
      minutiae,
      ({ quality }) => LEAST_NEIGHBOUR_WEIGHT + (1 - LEAST_NEIGHBOUR_WEIGHT) * quality,
    ),
  };
}

function fillCylinder(values: Float32Array, centre: Minutia, centreIndex: number, neighbours: Neighbours): void {
  values.fill(0);
  const { count, x, y, steps, trust } = neighbours;
  const cosine = Math.cos(centre.angleRad) / PLACE_STEP_PX;
  const sine = Math.sin(centre.angleRad) / PLACE_STEP_PX;
  // A half more, so that cutting off the fraction rounds.
  const half = PLACE_COLUMNS / 2;
  for (let other = 0; other < count; other += 1) {
    const dx = x[other] - centre.xPx;
    const dy = y[other] - centre.yPx;
    if (other === centreIndex || Math.abs(dx) > NEIGHBOUR_REACH_PX || Math.abs(dy) > NEIGHBOUR_REACH_PX) continue;
    const column = Math.floor(dx * cosine + dy * sine + half);
    const row = Math.floor(dy * cosine - dx * sine + half);
    if (column < 0 || row < 0 || column >= PLACE_COLUMNS || row >= PLACE_COLUMNS) continue;
    const turn = ((steps[other] - steps[centreIndex]) & (ANGLE_STEPS - 1)) * CYLINDER_DIRECTIONS;
    const first = trust[other] * directions[turn];
    const second = trust[other] * directions[turn + 1];
    const third = trust[other] * directions[turn + 2];
    const fourth = trust[other] * directions[turn + 3];
    const place = row * PLACE_COLUMNS + column;
    const end = nearCells.start[place + 1];
    for (let entry = nearCells.start[place]; entry < end; entry += 1) {
      const at = nearCells.cell[entry] * CYLINDER_DIRECTIONS;
      const weight = nearCells.weight[entry];
      values[at] += weight * first;
      values[at + 1] += weight * second;
      values[at + 2] += weight * third;
      values[at + 3] += weight * fourth;
    }
  }
}

/** The largest value that keeps at most `CODE_ONES` values above it. */
function threshold(values: Float32Array, histogram: Uint16Array): number {
  histogram.fill(0);
  for (let index = 0; index < VALUES; index += 1) {
    const bin = Math.min(values[index] | 0, LARGEST_SUM);
    histogram[bin] += 1;
  }
  let above = 0;
  let bin = LARGEST_SUM;
  while (bin > 0 && above + histogram[bin] <= CODE_ONES) {
    above += histogram[bin];
    bin -= 1;
  }
  return bin;
}

/** Indexes of the best minutiae by quality, of equals the first, in the order of their angles. */
function bestByAngle(minutiae: readonly Minutia[], steps: Uint8Array): readonly number[] {
  return [...minutiae.keys()]
    .toSorted((left, right) => minutiae[right].quality - minutiae[left].quality || left - right)
    .slice(0, MAXIMUM_INDEXED_CYLINDERS)
    .toSorted((left, right) => steps[left] - steps[right]);
}

/** A coordinate from the finger's middle; the bound keeps the filter's sums of two shifts within 16 bits. */
function fromMiddle(coordinatePx: number, middlePx: number): number {
  return Math.max(-LARGEST_OFFSET_PX, Math.min(LARGEST_OFFSET_PX, Math.round(coordinatePx - middlePx)));
}

/**
 * Describes the surroundings of a finger's best minutiae in 256 bits each, after the Minutia Cylinder-Code (Cappelli,
 * Ferrara, Maltoni 2010): `CYLINDER_CELLS` places on a disc by `CYLINDER_DIRECTIONS` directions, of which the fullest
 * `CODE_ONES` are ones, so that the Hamming distance needs no norm. Takes about 0.1 ms. Four directions are unrolled.
 * @throws MatcherFault of the template codec
 */
export function encodeCylinders(template: Uint8Array): FingerCylinders {
  const finger = decodeTemplate(template);
  const { minutiae } = finger;
  const neighbours = neighboursOf(minutiae);
  const chosen = bestByAngle(minutiae, neighbours.steps);
  const count = chosen.length;
  const middleX = chosen.reduce((sum, index) => sum + minutiae[index].xPx, 0) / count;
  const middleY = chosen.reduce((sum, index) => sum + minutiae[index].yPx, 0) / count;
  const codes = new Uint8Array(count * CODE_BYTES);
  const values = new Float32Array(VALUES);
  const histogram = new Uint16Array(LARGEST_SUM + 1);
  chosen.forEach((centre, index) => {
    fillCylinder(values, minutiae[centre], centre, neighbours);
    const least = threshold(values, histogram);
    for (let bit = 0; bit < VALUES; bit += 1) {
      if ((values[bit] | 0) > least) codes[index * CODE_BYTES + (bit >> 3)] |= 1 << (bit & 7);
    }
  });
  const cylinders = {
    count,
    codes,
    x: Int16Array.from(chosen, (index) => fromMiddle(minutiae[index].xPx, middleX)),
    y: Int16Array.from(chosen, (index) => fromMiddle(minutiae[index].yPx, middleY)),
    angle: Uint8Array.from(chosen, (index) => angleSteps(minutiae[index])),
  };
  values.fill(0);
  zeroNumbers(neighbours);
  // Nobody else will clear this copy of the template.
  zeroNumbers(finger);
  return cylinders;
}

/** Overwrites what described a finger. */
export function clearCylinders(cylinders: FingerCylinders): void {
  for (const array of [cylinders.codes, cylinders.x, cylinders.y, cylinders.angle]) array.fill(0);
}
