/** A rectangle of whole blocks of 8 px. */
export interface BlockWindow {
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
}

/** Blocks around the finger that are looked at too. */
const MARGIN_BLOCKS = 2;

/** The smallest window around the blocks of `mask` that are 1, with a margin; its top left on an even block. */
export function windowAround(mask: Uint8Array, columns: number, rows: number): BlockWindow {
  let [left, right, top, bottom] = [columns, -1, rows, -1];
  for (let at = 0; at < mask.length; at += 1) {
    if (mask[at] === 0) continue;
    const column = at % columns;
    left = Math.min(left, column);
    right = Math.max(right, column);
    top = Math.min(top, Math.floor(at / columns));
    bottom = Math.floor(at / columns);
  }
  left = Math.max(0, left - MARGIN_BLOCKS) & ~1;
  top = Math.max(0, top - MARGIN_BLOCKS) & ~1;
  return {
    left,
    top,
    columns: Math.min(columns, right + 1 + MARGIN_BLOCKS) - left,
    rows: Math.min(rows, bottom + 1 + MARGIN_BLOCKS) - top,
  };
}

/** The part of a mask (a byte a block, `columns` wide) inside a window. */
export function cropMask(mask: Uint8Array, columns: number, window: BlockWindow): Uint8Array {
  const cropped = new Uint8Array(window.columns * window.rows);
  for (let row = 0; row < window.rows; row += 1) {
    const from = (window.top + row) * columns + window.left;
    cropped.set(mask.subarray(from, from + window.columns), row * window.columns);
  }
  return cropped;
}
