import { MAP_CELL_PX, MAXIMUM_MAP_CELLS, MAXIMUM_TEMPLATE_MINUTIAE } from '../parameters.ts';
import type { FingerTemplate, Minutia, OrientationMap } from './minutia.ts';

/** How far from a minutia the skin is taken for finger, pixels at 500 ppi (2 mm, about four ridges). Ours. */
const REACH_PX = 40;
/** How far a minutia's direction speaks for the ridges around it, pixels at 500 ppi. Ours. */
const SPREAD_PX = 32;
/** Largest side of the image that a template can describe, pixels at 500 ppi. */
const MAXIMUM_SIDE_PX = 16_383;

/** A finger of which somebody else found the minutiae: pixels at 500 ppi, angles as in `Minutia`. */
export interface ForeignFinger {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 0–100. */
  readonly quality: number;
  readonly minutiae: readonly Minutia[];
}

/** The orientation of the ridges at a point, radians from 0 to π, or null where no minutia is near. */
function orientationNear(minutiae: readonly Minutia[], xPx: number, yPx: number): number | null {
  let isNear = false;
  let [cosine, sine] = [0, 0];
  for (const minutia of minutiae) {
    const squared = (minutia.xPx - xPx) ** 2 + (minutia.yPx - yPx) ** 2;
    if (squared < REACH_PX ** 2) isNear = true;
    const weight = Math.exp(-squared / (2 * SPREAD_PX ** 2));
    cosine += weight * Math.cos(2 * minutia.angleRad);
    sine += weight * Math.sin(2 * minutia.angleRad);
  }
  if (!isNear) return null;
  const angle = Math.atan2(sine, cosine) / 2;
  return angle < 0 ? angle + Math.PI : angle;
}

function estimatedMap(minutiae: readonly Minutia[]): OrientationMap {
  const xs = minutiae.map(({ xPx }) => xPx);
  const ys = minutiae.map(({ yPx }) => yPx);
  const cellOf = (px: number): number => Math.max(0, Math.floor(px / MAP_CELL_PX));
  const leftCell = cellOf(Math.min(...xs) - REACH_PX);
  const topCell = cellOf(Math.min(...ys) - REACH_PX);
  const columns = cellOf(Math.max(...xs) + REACH_PX) + 1 - leftCell;
  const rows = cellOf(Math.max(...ys) + REACH_PX) + 1 - topCell;
  const isTaken = columns * rows <= MAXIMUM_MAP_CELLS && Math.max(leftCell, topCell, columns, rows) <= 255;
  if (!isTaken) return { leftCell: 0, topCell: 0, columns: 0, rows: 0, cells: new Uint8Array() };
  const cells = new Uint8Array(columns * rows);
  for (let at = 0; at < cells.length; at += 1) {
    const xPx = (leftCell + (at % columns) + 0.5) * MAP_CELL_PX;
    const yPx = (topCell + Math.floor(at / columns) + 0.5) * MAP_CELL_PX;
    const angle = orientationNear(minutiae, xPx, yPx);
    if (angle !== null) cells[at] = 1 + (Math.round((angle / Math.PI) * 254) % 254);
  }
  return { leftCell, topCell, columns, rows, cells };
}

/**
 * Makes a template of minutiae that came without an image. The map of orientation is guessed from them: a minutia runs
 * along its ridges, and where it is there is finger. The comparison loses something by it; docs/galleries.md says how much.
 * Null when there are no minutiae, or when they lie where no template reaches.
 */
export function templateOfMinutiae(finger: ForeignFinger): FingerTemplate | null {
  const minutiae = finger.minutiae
    .filter(({ xPx, yPx }) => xPx >= 0 && yPx >= 0 && xPx <= MAXIMUM_SIDE_PX && yPx <= MAXIMUM_SIDE_PX)
    .toSorted((left, right) => right.quality - left.quality)
    .slice(0, MAXIMUM_TEMPLATE_MINUTIAE);
  if (minutiae.length === 0) return null;
  return {
    widthPx: Math.min(MAXIMUM_SIDE_PX, finger.widthPx),
    heightPx: Math.min(MAXIMUM_SIDE_PX, finger.heightPx),
    quality: Math.min(100, Math.max(0, finger.quality)),
    minutiae,
    orientation: estimatedMap(minutiae),
  };
}
