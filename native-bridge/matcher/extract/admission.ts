import type { GreyImage } from '../../image/grey-image.ts';
import type { UnusableReason } from '../../image/unusable-reason.ts';
import { MatcherFault } from '../matcher-fault.ts';
import { resolutionScale } from './nominal-plane.ts';

/** Sides of an image that can hold one finger, pixels at 500 ppi: 3.3 mm to 65 mm. */
const LEAST_SIDE_PX = 64;
const LARGEST_SIDE_PX = 1280;
/** Resolutions that are accepted, pixels per inch. Below the first, ridges cannot be told apart. */
const LEAST_RESOLUTION_PPI = 250;
const LARGEST_RESOLUTION_PPI = 1270;

/**
 * Why an image is not looked at at all, or undefined when it is.
 * @throws MatcherFault `image.dimensions` when the pixels are fewer than the sides say
 */
export function refusalOf(image: GreyImage): UnusableReason | undefined {
  const { widthPx, heightPx, resolutionPpi, pixels } = image;
  if (
    !(Number.isInteger(widthPx) && Number.isInteger(heightPx) && widthPx > 0 && heightPx > 0) ||
    pixels.length < widthPx * heightPx
  ) {
    throw new MatcherFault('image.dimensions', { widthPx, heightPx, bytes: pixels.length });
  }
  if (!(resolutionPpi >= LEAST_RESOLUTION_PPI && resolutionPpi <= LARGEST_RESOLUTION_PPI))
    return 'resolution-out-of-range';
  const scale = resolutionScale(image);
  if (Math.min(widthPx, heightPx) / scale < LEAST_SIDE_PX) return 'image-too-small';
  if (Math.max(widthPx, heightPx) / scale > LARGEST_SIDE_PX) return 'image-too-large';
  return undefined;
}
