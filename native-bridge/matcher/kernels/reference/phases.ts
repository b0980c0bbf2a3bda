import type { KernelViews } from '../kernel-views.ts';

/** The reference of `Kernels.phases`. The quotient is taken in 32-bit floats so that both sides round alike. */
export function phases(
  { u8, i16 }: KernelViews,
  even: number,
  odd: number,
  arctangents: number,
  target: number,
  length: number,
): void {
  for (let index = 0; index < length; index += 1) {
    const cosine = i16[(even >> 1) + index];
    const sine = i16[(odd >> 1) + index];
    const width = Math.abs(cosine);
    const height = Math.abs(sine);
    const larger = Math.max(width, height);
    let turn = 0;
    if (larger > 0) {
      const quotient = Math.fround(Math.fround(Math.min(width, height) * 256) / Math.fround(larger));
      turn = u8[arctangents + Math.trunc(Math.fround(quotient + 0.5))];
      if (height > width) turn = 64 - turn;
      if (cosine < 0) turn = 128 - turn;
      if (sine < 0) turn = -turn;
    }
    u8[target + index] = turn & 255;
  }
}
