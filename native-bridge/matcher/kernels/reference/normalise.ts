import type { KernelViews } from '../kernel-views.ts';

/** Largest absolute value of a normalised pixel, so that a sum of two stays within 15 bits. */
export const NORMALISED_LIMIT = 6000;

/** The reference of `Kernels.normalise`. */
export function normalise(
  { u8, i16, i32 }: KernelViews,
  source: number,
  sourceStride: number,
  columns: number,
  rows: number,
  means: number,
  gains: number,
  target: number,
  targetStride: number,
): void {
  const corners = columns + 1;
  for (let y = 0; y < rows * 8; y += 1) {
    const down = y & 7;
    const cornerRow = (y >> 3) * corners;
    for (let column = 0; column < columns; column += 1) {
      const mean = (means >> 2) + cornerRow + column;
      const gain = (gains >> 2) + cornerRow + column;
      const meanLeft = i32[mean] * (8 - down) + i32[mean + corners] * down;
      const meanRight = i32[mean + 1] * (8 - down) + i32[mean + 1 + corners] * down;
      const gainLeft = i32[gain] * (8 - down) + i32[gain + corners] * down;
      const gainRight = i32[gain + 1] * (8 - down) + i32[gain + 1 + corners] * down;
      const from = source + y * sourceStride + column * 8;
      const to = (target >> 1) + y * targetStride + column * 8;
      for (let x = 0; x < 8; x += 1) {
        const meanHere = (meanLeft * (8 - x) + meanRight * x) >> 6;
        const gainHere = (gainLeft * (8 - x) + gainRight * x) >> 6;
        const value = ((meanHere - (u8[from + x] << 6)) * gainHere) >> 10;
        i16[to + x] = Math.max(-NORMALISED_LIMIT, Math.min(NORMALISED_LIMIT, value));
      }
    }
  }
}
