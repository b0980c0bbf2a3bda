import type { GreyImage } from '../image/grey-image.ts';

/** Grey levels below the background from which a pixel counts as finger when its middle is sought. */
const FINGER_CONTRAST = 40;

/**
 * Lays an image on a glass of `widthPx × heightPx` at `resolutionPpi`: resampled bilinearly where the resolution
 * differs, its darker middle on the middle of the glass, cut at the edges, the rest filled with the image's own
 * border grey. The answer is new memory that the caller clears.
 */
export function fitToGeometry(
  image: GreyImage,
  widthPx: number,
  heightPx: number,
  resolutionPpi: number,
): Uint8Array<ArrayBuffer> {
  const scale = image.resolutionPpi / resolutionPpi;
  const background = borderGrey(image);
  const middle = middleOf(image, background);
  const scaledWidthPx = image.widthPx / scale;
  const scaledHeightPx = image.heightPx / scale;
  const left = offsetOf(scaledWidthPx, widthPx, middle.x / scale);
  const top = offsetOf(scaledHeightPx, heightPx, middle.y / scale);
  const glass = new Uint8Array(widthPx * heightPx).fill(background);
  for (let y = Math.max(0, top); y < Math.min(heightPx, top + Math.floor(scaledHeightPx)); y += 1) {
    for (let x = Math.max(0, left); x < Math.min(widthPx, left + Math.floor(scaledWidthPx)); x += 1) {
      glass[y * widthPx + x] =
        scale === 1
          ? (image.pixels[(y - top) * image.widthPx + x - left] ?? background)
          : sample(image, (x - left + 0.5) * scale - 0.5, (y - top + 0.5) * scale - 0.5);
    }
  }
  return glass;
}

/** An image that fits is centred whole; a larger one is cut around the middle of the finger, never beyond its own edge. */
function offsetOf(imagePx: number, glassPx: number, middlePx: number): number {
  if (imagePx <= glassPx) return Math.floor((glassPx - imagePx) / 2);
  return Math.round(Math.min(0, Math.max(glassPx - imagePx, glassPx / 2 - middlePx)));
}

function sample({ pixels, widthPx, heightPx }: GreyImage, x: number, y: number): number {
  const column = Math.min(widthPx - 1, Math.max(0, Math.floor(x)));
  const row = Math.min(heightPx - 1, Math.max(0, Math.floor(y)));
  const right = Math.min(widthPx - 1, column + 1);
  const below = Math.min(heightPx - 1, row + 1);
  const across = Math.min(1, Math.max(0, x - column));
  const down = Math.min(1, Math.max(0, y - row));
  const upper = (pixels[row * widthPx + column] ?? 0) * (1 - across) + (pixels[row * widthPx + right] ?? 0) * across;
  const lower =
    (pixels[below * widthPx + column] ?? 0) * (1 - across) + (pixels[below * widthPx + right] ?? 0) * across;
  return Math.round(upper * (1 - down) + lower * down);
}

/** The median grey of the outermost pixels: what the sensor shows where no finger lies. */
function borderGrey({ pixels, widthPx, heightPx }: GreyImage): number {
  const counts = new Uint32Array(256);
  let total = 0;
  const count = (at: number): void => {
    const grey = pixels[at] ?? 0;
    counts[grey] = (counts[grey] ?? 0) + 1;
    total += 1;
  };
  for (let x = 0; x < widthPx; x += 1) {
    count(x);
    count((heightPx - 1) * widthPx + x);
  }
  for (let y = 0; y < heightPx; y += 1) {
    count(y * widthPx);
    count(y * widthPx + widthPx - 1);
  }
  let seen = 0;
  const median = counts.findIndex((many) => (seen += many) * 2 >= total);
  return Math.max(0, median);
}

function middleOf(
  { pixels, widthPx, heightPx }: GreyImage,
  background: number,
): { readonly x: number; readonly y: number } {
  let many = 0;
  let sumX = 0;
  let sumY = 0;
  for (let at = 0; at < pixels.length; at += 1) {
    if ((pixels[at] ?? 0) > background - FINGER_CONTRAST) continue;
    many += 1;
    sumX += at % widthPx;
    sumY += Math.floor(at / widthPx);
  }
  return many === 0 ? { x: widthPx / 2, y: heightPx / 2 } : { x: sumX / many, y: sumY / many };
}
