import {
  CYLINDER_BASE_CELLS,
  CYLINDER_RADIUS_PX,
  CYLINDER_SECTIONS,
  CYLINDER_SPREAD_PX,
  CYLINDER_SPREAD_RAD,
  MAP_CELL_PX,
} from '../parameters.ts';
import {
  BASE_OFFSETS,
  FLOW_AT,
  FLOW_UNIT,
  FLOW_VALIDITY_AT,
  PACKED_LANES,
  SQUARES_AT,
  SQUARE_SCALE,
  VALIDITY_AT,
} from '../kernels/cylinder-layout.ts';
import type { FingerTemplate, Minutia, OrientationMap } from '../template/minutia.ts';

/** The largest value of a cell. */
const CELL_LIMIT = 127;

/** Contribution at which a cell is half full, and how steeply it fills. Source: Cappelli et al. 2010 (μΨ, τΨ). */
const HALF_FULL = 0.01;
const STEEPNESS = 400;

/** Least length of an interpolated flow vector that still says something: half of the cells around are finger. */
const LEAST_FLOW_LENGTH = 0.45;

/** The cylinders of a finger. */
export interface Cylinders {
  readonly count: number;
  /** `PACKED_LANES` a minutia, as kernels/cylinder-layout.ts says. */
  readonly packed: Int16Array;
}

const CELL_PX = (2 * CYLINDER_RADIUS_PX) / CYLINDER_BASE_CELLS;

/** Area under the normal curve of `CYLINDER_SPREAD_RAD` within one section at `offsetRad` from its middle. */
function sectionShare(offsetRad: number): number {
  const half = Math.PI / CYLINDER_SECTIONS;
  const wrapped = Math.atan2(Math.sin(offsetRad), Math.cos(offsetRad));
  let sum = 0;
  const steps = 16;
  for (let step = 0; step < steps; step += 1) {
    const at = (wrapped - half + ((step + 0.5) * 2 * half) / steps) / CYLINDER_SPREAD_RAD;
    sum += Math.exp(-0.5 * at * at);
  }
  return (sum * 2 * half) / steps / (CYLINDER_SPREAD_RAD * Math.sqrt(2 * Math.PI));
}

/** `sectionShare` of every section for 256 differences of direction. */
const SECTION_SHARES = Float32Array.from({ length: 256 * CYLINDER_SECTIONS }, (_, index) => {
  const difference = (Math.floor(index / CYLINDER_SECTIONS) / 256) * 2 * Math.PI;
  const middle = -Math.PI + ((index % CYLINDER_SECTIONS) + 0.5) * ((2 * Math.PI) / CYLINDER_SECTIONS);
  return sectionShare(difference - middle);
});

/** Whether a point lies on the finger as segmented. */
export function isOnFinger(map: OrientationMap, xPx: number, yPx: number): boolean {
  const column = Math.floor(xPx / MAP_CELL_PX) - map.leftCell;
  const row = Math.floor(yPx / MAP_CELL_PX) - map.topCell;
  return column >= 0 && row >= 0 && column < map.columns && row < map.rows && map.cells[row * map.columns + column] > 0;
}

/** How far around the finger a cell still counts as known to be empty, pixels at 500 ppi. */
const SURROUNDINGS_PX = 16;

/** The map with its finger grown by `reachPx` on all sides: what lies near the finger is known to hold no minutiae. */
function grown(map: OrientationMap, reachPx: number): OrientationMap {
  const reach = Math.floor(reachPx / MAP_CELL_PX + 0.5);
  const columns = map.columns + 2 * reach;
  const rows = map.rows + 2 * reach;
  const cells = new Uint8Array(columns * rows);
  for (let at = 0; at < map.cells.length; at += 1) {
    if (map.cells[at] === 0) continue;
    const column = at % map.columns;
    const row = Math.floor(at / map.columns);
    for (let y = 0; y <= 2 * reach; y += 1) {
      for (let x = 0; x <= 2 * reach; x += 1) {
        if ((x - reach) ** 2 + (y - reach) ** 2 <= reach * reach + 1) cells[(row + y) * columns + column + x] = 1;
      }
    }
  }
  return { leftCell: map.leftCell - reach, topCell: map.topCell - reach, columns, rows, cells };
}

function addNeighbour(sums: Float32Array, centre: Minutia, neighbour: Minutia): void {
  const dx = neighbour.xPx - centre.xPx;
  const dy = neighbour.yPx - centre.yPx;
  const cosine = Math.cos(centre.angleRad);
  const sine = Math.sin(centre.angleRad);
  // In the frame of the central minutia, in cells from the base's corner.
  const u = (dx * cosine + dy * sine + CYLINDER_RADIUS_PX) / CELL_PX - 0.5;
  const v = (-dx * sine + dy * cosine + CYLINDER_RADIUS_PX) / CELL_PX - 0.5;
  const reach = (3 * CYLINDER_SPREAD_PX) / CELL_PX;
  if (u < -reach || v < -reach || u > CYLINDER_BASE_CELLS + reach || v > CYLINDER_BASE_CELLS + reach) return;
  const turn = Math.round(((centre.angleRad - neighbour.angleRad) / (2 * Math.PI)) * 256) & 255;
  for (
    let row = Math.max(0, Math.ceil(v - reach));
    row <= Math.min(CYLINDER_BASE_CELLS - 1, Math.floor(v + reach));
    row += 1
  ) {
    for (
      let column = Math.max(0, Math.ceil(u - reach));
      column <= Math.min(CYLINDER_BASE_CELLS - 1, Math.floor(u + reach));
      column += 1
    ) {
      const squared = ((column - u) ** 2 + (row - v) ** 2) * CELL_PX ** 2;
      const spatial =
        Math.exp(-squared / (2 * CYLINDER_SPREAD_PX ** 2)) / (CYLINDER_SPREAD_PX * Math.sqrt(2 * Math.PI));
      const at = (row * CYLINDER_BASE_CELLS + column) * CYLINDER_SECTIONS;
      for (let section = 0; section < CYLINDER_SECTIONS; section += 1) {
        sums[at + section] += spatial * SECTION_SHARES[turn * CYLINDER_SECTIONS + section];
      }
    }
  }
}

/** The orientation map as unit vectors of the doubled angle, twice as many numbers as cells; 0 for background. */
function flowVectors(map: OrientationMap): Float32Array {
  const vectors = new Float32Array(map.cells.length * 2);
  for (const [cell, value] of map.cells.entries()) {
    if (value === 0) continue;
    const doubledRad = ((value - 1) / 254) * 2 * Math.PI;
    vectors[cell * 2] = Math.cos(doubledRad);
    vectors[cell * 2 + 1] = Math.sin(doubledRad);
  }
  return vectors;
}

/** The flow at a point, interpolated between the middles of cells; its length says how much of the four cells is finger. */
function flowAt(map: OrientationMap, vectors: Float32Array, xPx: number, yPx: number): readonly [number, number] {
  const x = xPx / MAP_CELL_PX - 0.5 - map.leftCell;
  const y = yPx / MAP_CELL_PX - 0.5 - map.topCell;
  let [cosine, sine] = [0, 0];
  for (let row = Math.floor(y); row <= Math.floor(y) + 1; row += 1) {
    for (let column = Math.floor(x); column <= Math.floor(x) + 1; column += 1) {
      if (column < 0 || row < 0 || column >= map.columns || row >= map.rows) continue;
      const share = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
      cosine += share * vectors[(row * map.columns + column) * 2];
      sine += share * vectors[(row * map.columns + column) * 2 + 1];
    }
  }
  return [cosine, sine];
}

/** The descriptor of each minutia: where its neighbours lie and point, seen from it (Cappelli et al. 2010). */
export function buildCylinders(finger: FingerTemplate): Cylinders {
  const { minutiae } = finger;
  const vectors = flowVectors(finger.orientation);
  const surroundings = grown(finger.orientation, SURROUNDINGS_PX);
  const packed = new Int16Array(minutiae.length * PACKED_LANES);
  const sums = new Float32Array(CYLINDER_BASE_CELLS ** 2 * CYLINDER_SECTIONS);
  for (const [index, centre] of minutiae.entries()) {
    sums.fill(0);
    for (const neighbour of minutiae) if (neighbour !== centre) addNeighbour(sums, centre, neighbour);
    const cosine = Math.cos(centre.angleRad);
    const sine = Math.sin(centre.angleRad);
    const doubledCosine = cosine * cosine - sine * sine;
    const doubledSine = 2 * cosine * sine;
    const cylinder = packed.subarray(index * PACKED_LANES, (index + 1) * PACKED_LANES);
    for (const [cell, offset] of BASE_OFFSETS.entries()) {
      const u = offset.u * CELL_PX;
      const v = offset.v * CELL_PX;
      const x = centre.xPx + u * cosine - v * sine;
      const y = centre.yPx + u * sine + v * cosine;
      if (!isOnFinger(surroundings, x, y)) continue;
      const column = offset.u - 0.5 + CYLINDER_BASE_CELLS / 2;
      const from = ((offset.v - 0.5 + CYLINDER_BASE_CELLS / 2) * CYLINDER_BASE_CELLS + column) * CYLINDER_SECTIONS;
      let square = 0;
      for (let section = 0; section < CYLINDER_SECTIONS; section += 1) {
        const value = Math.round(CELL_LIMIT / (1 + Math.exp(-STEEPNESS * (sums[from + section] - HALF_FULL))));
        cylinder[cell * CYLINDER_SECTIONS + section] = value;
        square += value * value;
      }
      cylinder[SQUARES_AT + cell] = Math.round(square / SQUARE_SCALE);
      cylinder[VALIDITY_AT + cell] = 1;
      const [flowCosine, flowSine] = flowAt(finger.orientation, vectors, x, y);
      const length = Math.hypot(flowCosine, flowSine);
      if (length < LEAST_FLOW_LENGTH) continue;
      // Turned into the frame of the minutia: by twice its own direction.
      cylinder[FLOW_AT + cell * 2] = Math.round(
        (FLOW_UNIT * (flowCosine * doubledCosine + flowSine * doubledSine)) / length,
      );
      cylinder[FLOW_AT + cell * 2 + 1] = Math.round(
        (FLOW_UNIT * (flowSine * doubledCosine - flowCosine * doubledSine)) / length,
      );
      cylinder[FLOW_VALIDITY_AT + cell] = 1;
    }
  }
  sums.fill(0);
  vectors.fill(0);
  return { count: minutiae.length, packed };
}
