import type { Rectangle, SubbandLayout } from './subband-layout.ts';
import type { WsqQuantiser } from './wsq-frame.ts';

const { fround } = Math;

/** Puts coefficients back to their place in the plane, each at the chosen point of its bin. Source: IAFIS-IC-0110. */
export function dequantise(
  coefficients: Int16Array,
  layout: SubbandLayout,
  { centre, steps, zeroBins }: WsqQuantiser,
  plane: Float32Array,
  stride: number,
): void {
  let next = 0;
  layout.bands.forEach((band, index) => {
    const step = steps[index] ?? 0;
    if (step === 0) return;
    const halfZeroBin = fround((zeroBins[index] ?? 0) / 2);
    for (let y = band.y; y < band.y + band.height; y += 1) {
      for (let at = y * stride + band.x, end = at + band.width; at < end; at += 1) {
        const value = coefficients[next] ?? 0;
        next += 1;
        if (value > 0) plane[at] = fround(step * fround(value - centre)) + halfZeroBin;
        else if (value < 0) plane[at] = fround(step * fround(value + centre)) - halfZeroBin;
      }
    }
  });
}

/** The bin of every sample of the bands that are sent, band after band: the inverse of `dequantise`. */
export function quantise(
  plane: Float32Array,
  stride: number,
  layout: SubbandLayout,
  steps: Float32Array,
  zeroBins: Float32Array,
  coefficients: Int16Array,
): number {
  let next = 0;
  layout.bands.forEach((band, index) => {
    const step = steps[index] ?? 0;
    if (step === 0) return;
    const halfZeroBin = fround((zeroBins[index] ?? 0) / 2);
    for (let y = band.y; y < band.y + band.height; y += 1) {
      for (let at = y * stride + band.x, end = at + band.width; at < end; at += 1) {
        coefficients[next] = binOf(plane[at] ?? 0, step, halfZeroBin);
        next += 1;
      }
    }
  });
  return next;
}

function binOf(sample: number, step: number, halfZeroBin: number): number {
  if (sample > halfZeroBin)
    return Math.min(Math.trunc(fround(fround(fround(sample - halfZeroBin) / step) + 1)), 32_767);
  if (sample < -halfZeroBin)
    return Math.max(Math.trunc(fround(fround(fround(sample + halfZeroBin) / step) - 1)), -32_767);
  return 0;
}

/**
 * Variance of a band, in single precision and row order; of its middle (3/4 of the width, 7/16 of the height) when
 * `isMiddle`, so that the empty border of an image does not count. Source: IAFIS-IC-0110.
 */
export function bandVariance(plane: Float32Array, stride: number, band: Rectangle, isMiddle: boolean): number {
  const { x, y, width, height } = isMiddle ? middleOf(band) : band;
  let sum = 0;
  let squares = 0;
  for (let row = y; row < y + height; row += 1) {
    for (let at = row * stride + x, end = at + width; at < end; at += 1) {
      const sample = plane[at] ?? 0;
      sum = fround(sum + sample);
      squares = fround(squares + fround(sample * sample));
    }
  }
  const count = width * height;
  if (count < 2) return 0;
  return fround(fround(squares - fround(fround(sum * sum) / count)) / (count - 1));
}

/** The part of a band whose variance is measured. Source: IAFIS-IC-0110. */
export function middleOf({ x, y, width, height }: Rectangle): Rectangle {
  return {
    x: x + (width >> 3),
    y: y + Math.trunc((9 * height) / 32),
    width: Math.trunc((3 * width) / 4),
    height: Math.trunc((7 * height) / 16),
  };
}
