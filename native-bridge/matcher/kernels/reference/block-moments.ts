import type { KernelViews } from '../kernel-views.ts';

/** The reference of `Kernels.blockMoments`. */
export function blockMoments(
  { u8, i32 }: KernelViews,
  source: number,
  stride: number,
  columns: number,
  rows: number,
  sums: number,
  squares: number,
): void {
  for (let block = 0; block < columns * rows; block += 1) {
    const first = source + Math.floor(block / columns) * 8 * stride + (block % columns) * 8;
    let sum = 0;
    let square = 0;
    for (let y = 0; y < 8; y += 1) {
      for (let x = 0; x < 8; x += 1) {
        const value = u8[first + y * stride + x];
        sum += value;
        square += value * value;
      }
    }
    i32[(sums >> 2) + block] = sum;
    i32[(squares >> 2) + block] = square;
  }
}
