import { MAP_CELL_PX } from '../parameters.ts';
import type { Placement } from './alignment.ts';
import { isOnFinger } from './cylinders.ts';
import type { PreparedTemplate } from './prepared-template.ts';

/** What lies under both fingers when one is placed on the other. */
export interface Overlap {
  /** Cells of 16 px of the probe's map that fall on the record's finger. */
  cells: number;
  /** Minutiae of each within the overlap. */
  probeMinutiae: number;
  recordMinutiae: number;
  /** The sums of their qualities. */
  probeQuality: number;
  recordQuality: number;
}

export function measureOverlap(a: PreparedTemplate, b: PreparedTemplate, place: Placement, into: Overlap): void {
  const mapA = a.finger.orientation;
  const mapB = b.finger.orientation;
  let cells = 0;
  for (let row = 0; row < mapA.rows; row += 1) {
    for (let column = 0; column < mapA.columns; column += 1) {
      if (mapA.cells[row * mapA.columns + column] === 0) continue;
      const x = (column + mapA.leftCell + 0.5) * MAP_CELL_PX;
      const y = (row + mapA.topCell + 0.5) * MAP_CELL_PX;
      const toColumn = Math.floor((place.xx * x + place.xy * y + place.dx) / MAP_CELL_PX) - mapB.leftCell;
      const toRow = Math.floor((place.yx * x + place.yy * y + place.dy) / MAP_CELL_PX) - mapB.topCell;
      if (toColumn < 0 || toRow < 0 || toColumn >= mapB.columns || toRow >= mapB.rows) continue;
      if (mapB.cells[toRow * mapB.columns + toColumn] > 0) cells += 1;
    }
  }
  into.cells = cells;
  into.probeMinutiae = into.probeQuality = 0;
  for (let p = 0; p < a.count; p += 1) {
    const x = place.xx * a.xPx[p] + place.xy * a.yPx[p] + place.dx;
    const y = place.yx * a.xPx[p] + place.yy * a.yPx[p] + place.dy;
    if (isOnFinger(mapB, x, y)) {
      into.probeMinutiae += 1;
      into.probeQuality += a.qualities[p];
    }
  }
  const det = place.xx * place.yy - place.xy * place.yx;
  into.recordMinutiae = into.recordQuality = 0;
  for (let r = 0; r < b.count; r += 1) {
    const dx = b.xPx[r] - place.dx;
    const dy = b.yPx[r] - place.dy;
    if (isOnFinger(mapA, (place.yy * dx - place.xy * dy) / det, (place.xx * dy - place.yx * dx) / det)) {
      into.recordMinutiae += 1;
      into.recordQuality += b.qualities[r];
    }
  }
}
