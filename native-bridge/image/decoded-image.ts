import { ImageFault } from './image-fault.ts';
import { MAXIMUM_PIXELS, MAXIMUM_SIDE_PX } from './read-image-parameters.ts';

/** What a format's reader gives: grey pixels, row by row, and the resolution if the file names one, pixels per inch. */
export interface DecodedImage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixels: Uint8Array;
  readonly horizontalPpi?: number;
  readonly verticalPpi?: number;
}

/**
 * Refuses declared dimensions before any memory is set aside for them.
 * @throws ImageFault `image.empty` for a side of 0, `image.too-large` beyond the limits of read-image-parameters.ts
 */
export function assertDimensions(widthPx: number, heightPx: number): void {
  if (widthPx <= 0 || heightPx <= 0) throw new ImageFault('image.empty', { widthPx, heightPx });
  if (widthPx > MAXIMUM_SIDE_PX || heightPx > MAXIMUM_SIDE_PX || widthPx * heightPx > MAXIMUM_PIXELS) {
    throw new ImageFault('image.too-large', {
      widthPx,
      heightPx,
      maximumSidePx: MAXIMUM_SIDE_PX,
      maximumPixels: MAXIMUM_PIXELS,
    });
  }
}

/** Luma of an 8-bit colour, 0–255, in integers. Source: ITU-R BT.601. */
export function lumaOf(red: number, green: number, blue: number): number {
  return ((red * 299 + green * 587 + blue * 114 + 500) / 1000) | 0;
}

/** An 8-bit grey seen through 8-bit opacity over white paper. */
export function overWhite(grey: number, alpha: number): number {
  return 255 - ((((255 - grey) * alpha + 127) / 255) | 0);
}
