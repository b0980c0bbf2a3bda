import { payloadBytesOf } from './report-codec.ts';

/**
 * One preview frame: for each of `columns × rows` cells the mean grey and its standard deviation (0–127, grey levels),
 * row by row from the tip of the finger. Cells of more than a millimetre: no ridge can be drawn from it.
 */
export interface PreviewFrame {
  /** Number that the device gave it; `capture` asks for a frame by it. */
  readonly number: number;
  readonly columns: number;
  readonly rows: number;
  readonly mean: Uint8Array;
  readonly deviation: Uint8Array;
}

/** Bytes that a preview sends for each cell: mean, deviation. Source: docs/protocol.md, preview. */
export const BYTES_PER_CELL = 2;

/** Measures the cells of an image of `widthPx × heightPx` bytes into `cells` (two bytes each, row by row). */
export function measureCells(
  pixels: Uint8Array,
  widthPx: number,
  heightPx: number,
  columns: number,
  rows: number,
): Uint8Array<ArrayBuffer> {
  const cells = new Uint8Array(columns * rows * BYTES_PER_CELL);
  for (let row = 0; row < rows; row += 1) {
    const top = Math.floor((row * heightPx) / rows);
    const bottom = Math.floor(((row + 1) * heightPx) / rows);
    for (let column = 0; column < columns; column += 1) {
      const left = Math.floor((column * widthPx) / columns);
      const right = Math.floor(((column + 1) * widthPx) / columns);
      let sum = 0;
      let squares = 0;
      for (let y = top; y < bottom; y += 1) {
        for (let at = y * widthPx + left; at < y * widthPx + right; at += 1) {
          const grey = pixels[at] ?? 0;
          sum += grey;
          squares += grey * grey;
        }
      }
      const count = Math.max(1, (bottom - top) * (right - left));
      const mean = sum / count;
      const cell = (row * columns + column) * BYTES_PER_CELL;
      cells[cell] = Math.round(mean);
      cells[cell + 1] = Math.min(127, Math.round(Math.sqrt(Math.max(0, squares / count - mean * mean))));
    }
  }
  return cells;
}

/** Bytes of cells in one preview report: whole cells only, so that a lost report loses whole cells. */
export function previewPartBytesOf(reportBytes: number): number {
  return Math.floor((payloadBytesOf(reportBytes) - 2) / BYTES_PER_CELL) * BYTES_PER_CELL;
}
