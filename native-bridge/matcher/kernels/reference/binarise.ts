import type { KernelViews } from '../kernel-views.ts';

/** The reference of `Kernels.binarise`. */
export function binarise(
  { i16, u32 }: KernelViews,
  source: number,
  stride: number,
  words: number,
  rows: number,
  target: number,
  targetWords: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    for (let word = 0; word < words; word += 1) {
      const from = (source >> 1) + row * stride + word * 32;
      let bits = 0;
      for (let bit = 0; bit < 32; bit += 1) if (i16[from + bit] > 0) bits |= 1 << bit;
      u32[(target >> 2) + row * targetWords + word] = bits;
    }
  }
}
