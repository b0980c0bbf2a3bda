import {
  CYLINDER_BASE_CELLS,
  CYLINDER_RADIUS_PX,
  CYLINDER_SECTIONS,
  CYLINDER_SPREAD_PX,
  CYLINDER_SPREAD_RAD,
  MAP_CELL_PX,
} from '../parameters.ts';
import type { FingerTemplate, Minutia, OrientationMap } from '../template/minutia.ts';

/** Base cells of a cylinder, and values of one. Cells outside the circle are there and stay empty. */
export const BASE_CELLS = CYLINDER_BASE_CELLS ** 2;
export const CYLINDER_VALUES = BASE_CELLS * CYLINDER_SECTIONS;

/** The largest value of a cell. */
export const CELL_LIMIT = 127;

/** Contribution at which a cell is half full, and how steeply it fills. Source: Cappelli et al. 2010 (μΨ, τΨ). */
const HALF_FULL = 0.01;
const STEEPNESS = 400;

/** The cylinders of a finger, structure of arrays. */
export interface Cylinders {
  readonly count: number;
  /** Cell values 0–127, `CYLINDER_VALUES` a minutia; the sections of a base cell lie side by side. */
  readonly values: Int16Array;
  /** Sum of the squared values of each base cell, `BASE_CELLS` a minutia. */
  readonly squares: Float32Array;
  /** 1 where the base cell lies on the finger, `BASE_CELLS` a minutia. */
  readonly validity: Float32Array;
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

/** The descriptor of each minutia: where its neighbours lie and point, seen from it (Cappelli et al. 2010). */
export function buildCylinders(finger: FingerTemplate): Cylinders {
  const { minutiae, orientation } = finger;
  const count = minutiae.length;
  const values = new Int16Array(count * CYLINDER_VALUES);
  const squares = new Float32Array(count * BASE_CELLS);
  const validity = new Float32Array(count * BASE_CELLS);
  const sums = new Float32Array(CYLINDER_VALUES);
  for (const [index, centre] of minutiae.entries()) {
    sums.fill(0);
    for (const neighbour of minutiae) if (neighbour !== centre) addNeighbour(sums, centre, neighbour);
    const cosine = Math.cos(centre.angleRad);
    const sine = Math.sin(centre.angleRad);
    for (let cell = 0; cell < BASE_CELLS; cell += 1) {
      const u = ((cell % CYLINDER_BASE_CELLS) + 0.5) * CELL_PX - CYLINDER_RADIUS_PX;
      const v = (Math.floor(cell / CYLINDER_BASE_CELLS) + 0.5) * CELL_PX - CYLINDER_RADIUS_PX;
      const isInside = u * u + v * v <= CYLINDER_RADIUS_PX ** 2;
      if (!isInside || !isOnFinger(orientation, centre.xPx + u * cosine - v * sine, centre.yPx + u * sine + v * cosine))
        continue;
      validity[index * BASE_CELLS + cell] = 1;
      for (let section = 0; section < CYLINDER_SECTIONS; section += 1) {
        const at = cell * CYLINDER_SECTIONS + section;
        const value = Math.round(CELL_LIMIT / (1 + Math.exp(-STEEPNESS * (sums[at] - HALF_FULL))));
        values[index * CYLINDER_VALUES + at] = value;
        squares[index * BASE_CELLS + cell] += value * value;
      }
    }
  }
  sums.fill(0);
  return { count, values, squares, validity };
}
