import { MAP_CELL_PX } from '../parameters.ts';
import type { OrientationMap } from '../template/minutia.ts';
import type { BlockWindow } from './block-window.ts';
import { orientationAt, type OrientationField } from './orientation.ts';

/** The template's coarse map: the orientation in the middle of each cell of 16 px whose first block is finger. */
export function orientationMap(field: OrientationField, mask: Uint8Array, window: BlockWindow): OrientationMap {
  const columns = Math.ceil(window.columns / 2);
  const rows = Math.ceil(window.rows / 2);
  const cells = new Uint8Array(columns * rows);
  for (let at = 0; at < cells.length; at += 1) {
    const column = at % columns;
    const row = Math.floor(at / columns);
    if (mask[row * 2 * field.columns + column * 2] === 0) continue;
    const angle = orientationAt(field, (column + 0.5) * MAP_CELL_PX, (row + 0.5) * MAP_CELL_PX);
    cells[at] = 1 + (Math.round((angle / Math.PI) * 254) % 254);
  }
  return { leftCell: window.left / 2, topCell: window.top / 2, columns, rows, cells };
}
