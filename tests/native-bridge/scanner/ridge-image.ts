import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';

/** What a drawn finger looks like. Lengths in pixels; greys 0 to 255. */
export interface RidgeOptions {
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly resolutionPpi?: number;
  /** Middle and radii of the contact area. */
  readonly middleX?: number;
  readonly middleY?: number;
  readonly radiusX?: number;
  readonly radiusY?: number;
  readonly ridgeGrey?: number;
  readonly valleyGrey?: number;
  readonly phase?: number;
}

/** Draws an oval of arched ridges on white: nobody's finger, but a finger to a scanner. */
export function ridgeImage(options: RidgeOptions = {}): GreyImage {
  const { widthPx = 500, heightPx = 500, resolutionPpi = 500, phase = 0 } = options;
  const { middleX = widthPx / 2, middleY = heightPx / 2, radiusX = 140, radiusY = 190 } = options;
  const { ridgeGrey = 40, valleyGrey = 210 } = options;
  const pixels = new Uint8Array(widthPx * heightPx).fill(255);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const dx = (x - middleX) / radiusX;
      const dy = (y - middleY) / radiusY;
      if (dx * dx + dy * dy > 1) continue;
      const wave = Math.sin(((y + 0.004 * (x - middleX) ** 2) * 2 * Math.PI) / 9 + phase);
      pixels[y * widthPx + x] = Math.round((ridgeGrey + valleyGrey) / 2 + ((valleyGrey - ridgeGrey) / 2) * wave);
    }
  }
  return { widthPx, heightPx, resolutionPpi, pixels };
}
