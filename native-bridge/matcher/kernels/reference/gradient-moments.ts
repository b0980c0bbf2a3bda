import type { KernelViews } from '../kernel-views.ts';

/** The reference of `Kernels.gradientMoments`: gradients of the plane divided by 16, so that 64 squares fit 32 bits. */
export function gradientMoments(
  { i16, f32 }: KernelViews,
  source: number,
  stride: number,
  columns: number,
  rows: number,
  differences: number,
  products: number,
  energies: number,
): void {
  for (let block = 0; block < columns * rows; block += 1) {
    const first = (source >> 1) + Math.floor(block / columns) * 8 * stride + (block % columns) * 8;
    let horizontal = 0;
    let vertical = 0;
    let product = 0;
    for (let y = 0; y < 8; y += 1) {
      for (let x = 0; x < 8; x += 1) {
        const at = first + y * stride + x;
        const northWest = i16[at - stride - 1] >> 4;
        const northEast = i16[at - stride + 1] >> 4;
        const southWest = i16[at + stride - 1] >> 4;
        const southEast = i16[at + stride + 1] >> 4;
        const gx = northEast + southEast - northWest - southWest + 2 * ((i16[at + 1] >> 4) - (i16[at - 1] >> 4));
        const gy =
          southWest + southEast - northWest - northEast + 2 * ((i16[at + stride] >> 4) - (i16[at - stride] >> 4));
        horizontal += gx * gx;
        vertical += gy * gy;
        product += gx * gy;
      }
    }
    f32[(differences >> 2) + block] = horizontal - vertical;
    f32[(products >> 2) + block] = 2 * product;
    f32[(energies >> 2) + block] = horizontal + vertical;
  }
}
