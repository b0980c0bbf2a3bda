import { ImageFault } from './image-fault.ts';

/**
 * Undoes the row filters of a PNG in place: `rows` rows of one filter byte and `rowBytes` bytes each, from `start`.
 * Source: PNG (third edition) clause 9.
 * @throws ImageFault `image.damaged` for a filter that does not exist
 */
export function unfilterPngRows(
  bytes: Uint8Array,
  start: number,
  rows: number,
  rowBytes: number,
  pixelBytes: number,
): void {
  for (let row = 0; row < rows; row++) {
    const here = start + row * (rowBytes + 1) + 1;
    const filter = bytes[here - 1];
    if (filter === 0) continue;
    if (filter > 4) throw new ImageFault('image.damaged', { part: 'row filter', filter });
    const above = row === 0 ? -1 : here - rowBytes - 1;
    for (let i = 0; i < rowBytes; i++) {
      const a = i < pixelBytes ? 0 : bytes[here + i - pixelBytes];
      const b = above < 0 ? 0 : bytes[above + i];
      const c = above < 0 || i < pixelBytes ? 0 : bytes[above + i - pixelBytes];
      const guess = filter === 1 ? a : filter === 2 ? b : filter === 3 ? (a + b) >> 1 : nearestOfThree(a, b, c);
      bytes[here + i] = bytes[here + i] + guess;
    }
  }
}

/** The neighbour that is nearest to `a + b − c`, in the order a, b, c where they tie. */
function nearestOfThree(a: number, b: number, c: number): number {
  const toA = Math.abs(b - c);
  const toB = Math.abs(a - c);
  const toC = Math.abs(a + b - 2 * c);
  if (toA <= toB && toA <= toC) return a;
  return toB <= toC ? b : c;
}
