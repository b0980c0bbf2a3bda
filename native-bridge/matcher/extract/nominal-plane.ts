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

/** Bilinear sampling; when shrinking by more than half, a box of the scale's size around each sample. */
function resampleRows(
  image: GreyImage,
  target: Uint8Array,
  plane: Plane,
  widthPx: number,
  heightPx: number,
  scale: number,
): void {
  const { pixels } = image;
  const half = scale > 1.5 ? scale / 2 : 0.5;
  for (let y = 0; y < heightPx; y += 1) {
    const top = (y + 0.5) * scale - half;
    const taps = Math.max(2, Math.ceil(half * 2) + 1);
    const firstY = Math.floor(top);
    for (let x = 0; x < widthPx; x += 1) {
      const left = (x + 0.5) * scale - half;
      const firstX = Math.floor(left);
      let sum = 0;
      for (let j = 0; j < taps; j += 1) {
        const shareY = Math.min(1, top + 2 * half - firstY - j) - Math.max(0, top - firstY - j);
        if (shareY <= 0) continue;
        const from = Math.max(0, Math.min(image.heightPx - 1, firstY + j)) * image.widthPx;
        for (let i = 0; i < taps; i += 1) {
          const shareX = Math.min(1, left + 2 * half - firstX - i) - Math.max(0, left - firstX - i);
          if (shareX <= 0) continue;
          sum += shareX * shareY * pixels[from + Math.max(0, Math.min(image.widthPx - 1, firstX + i))];
        }
      }
      target[plane.pointer + y * plane.stride + x] = Math.round(sum / (4 * half * half));
    }
  }
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
