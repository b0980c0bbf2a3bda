import type { KernelViews } from '../kernel-views.ts';

function binomial(before: number, here: number, after: number): number {
  return (before + 2 * here + after + 2) >> 2;
}

/** The reference of `Kernels.soften`. */
export function soften(
  { i16 }: KernelViews,
  source: number,
  stride: number,
  columns: number,
  rows: number,
  target: number,
): void {
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const at = (source >> 1) + y * stride + x;
      const above = binomial(i16[at - stride - 1], i16[at - stride], i16[at - stride + 1]);
      const here = binomial(i16[at - 1], i16[at], i16[at + 1]);
      const below = binomial(i16[at + stride - 1], i16[at + stride], i16[at + stride + 1]);
      i16[(target >> 1) + y * stride + x] = binomial(above, here, below);
    }
  }
}
