import { NOMINAL_RESOLUTION_PPI, type GreyImage } from '../../image/grey-image.ts';
import { PLANE_BORDER_PX } from '../kernels/kernels.ts';
import type { Plane, WorkingArea } from './working-area.ts';

/** Resolutions nearer to nominal than this share are taken as nominal: the error over a finger stays below 3 px. */
const NOMINAL_TOLERANCE = 0.006;

/** How many times the image is larger than at 500 ppi. */
export function resolutionScale(image: GreyImage): number {
  const scale = image.resolutionPpi / NOMINAL_RESOLUTION_PPI;
  return Math.abs(scale - 1) < NOMINAL_TOLERANCE ? 1 : scale;
}

function copyRows(image: GreyImage, target: Uint8Array, plane: Plane): void {
  for (let y = 0; y < image.heightPx; y += 1) {
    target.set(image.pixels.subarray(y * image.widthPx, (y + 1) * image.widthPx), plane.pointer + y * plane.stride);
  }
}

/** For each target position: the first source position, and the weights (256ths) of it and the ones that follow. */
interface Sampling {
  readonly taps: number;
  readonly first: Int32Array;
  readonly weights: Int32Array;
}

/** A box as wide as a target pixel, and at least as a source pixel: bilinear when scales are near, an average when not. */
function samplingOf(sourceLength: number, targetLength: number, scale: number): Sampling {
  const half = Math.max(0.5, scale > 1.5 ? scale / 2 : 0.5);
  const taps = Math.ceil(half * 2) + 1;
  const first = new Int32Array(targetLength);
  const weights = new Int32Array(targetLength * taps);
  for (let index = 0; index < targetLength; index += 1) {
    const from = Math.max(0, Math.min(sourceLength - 2 * half, (index + 0.5) * scale - half));
    first[index] = Math.min(Math.floor(from), Math.max(0, sourceLength - taps));
    let rest = 256;
    for (let tap = 0; tap < taps; tap += 1) {
      const left = first[index] + tap;
      const share = Math.max(0, Math.min(left + 1, from + 2 * half) - Math.max(left, from)) / (2 * half);
      const weight = tap === taps - 1 ? rest : Math.round(share * 256);
      weights[index * taps + tap] = weight;
      rest -= weight;
    }
  }
  return { taps, first, weights };
}

/** Resamples in both directions with weights in 256ths. */
function resampleRows(
  image: GreyImage,
  target: Uint8Array,
  plane: Plane,
  widthPx: number,
  heightPx: number,
  scale: number,
): void {
  const { pixels } = image;
  const across = samplingOf(image.widthPx, widthPx, scale);
  const down = samplingOf(image.heightPx, heightPx, scale);
  const row = new Int32Array(image.widthPx);
  for (let y = 0; y < heightPx; y += 1) {
    row.fill(0);
    for (let tap = 0; tap < down.taps; tap += 1) {
      const weight = down.weights[y * down.taps + tap];
      if (weight === 0) continue;
      const from = (down.first[y] + tap) * image.widthPx;
      for (let x = 0; x < image.widthPx; x += 1) row[x] += weight * pixels[from + x];
    }
    const to = plane.pointer + y * plane.stride;
    for (let x = 0; x < widthPx; x += 1) {
      let sum = 32_768;
      const from = across.first[x];
      for (let tap = 0; tap < across.taps; tap += 1) sum += across.weights[x * across.taps + tap] * row[from + tap];
      target[to + x] = sum >> 16;
    }
  }
  row.fill(0);
}

/** Repeats the outermost pixels into the border and the rest of the last block, so that no filter sees an edge. */
function extendEdges(bytes: Uint8Array, plane: Plane, widthPx: number, heightPx: number): void {
  for (let y = 0; y < heightPx; y += 1) {
    const row = plane.pointer + y * plane.stride;
    bytes.fill(bytes[row], row - PLANE_BORDER_PX, row);
    bytes.fill(bytes[row + widthPx - 1], row + widthPx, row + plane.stride - PLANE_BORDER_PX);
  }
  const first = plane.pointer - PLANE_BORDER_PX;
  for (let y = -PLANE_BORDER_PX; y < plane.rows + PLANE_BORDER_PX; y += 1) {
    const from = first + Math.max(0, Math.min(heightPx - 1, y)) * plane.stride;
    if (y < 0 || y >= heightPx) bytes.copyWithin(first + y * plane.stride, from, from + plane.stride);
  }
}

/** The image at 500 ppi as a u8 plane, its sides rounded up to whole blocks of 8 px. */
export function nominalPlane(image: GreyImage, area: WorkingArea): Plane {
  const scale = resolutionScale(image);
  const widthPx = scale === 1 ? image.widthPx : Math.max(1, Math.floor(image.widthPx / scale));
  const heightPx = scale === 1 ? image.heightPx : Math.max(1, Math.floor(image.heightPx / scale));
  const plane = area.plane(Math.ceil(widthPx / 8) * 8, Math.ceil(heightPx / 8) * 8, 1);
  if (scale === 1) copyRows(image, area.views.u8, plane);
  else resampleRows(image, area.views.u8, plane, widthPx, heightPx, scale);
  extendEdges(area.views.u8, plane, widthPx, heightPx);
  return plane;
}
