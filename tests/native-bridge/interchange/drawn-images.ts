import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';

/** A reproducible sequence of numbers in 0…1: a counter whose bits are mixed (the scheme of SplitMix, 32 bits). */
export function seededNumbers(seed: number): () => number {
  let counter = seed >>> 0;
  return () => {
    counter = (counter + 0x9e37_79b9) >>> 0;
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x21f0_aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a_2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** Curved ridges of nine pixels with some noise on a light ground: drawn, not from any finger. */
export function drawRidges(widthPx: number, heightPx: number, seed = 1): GreyImage {
  const random = seededNumbers(seed);
  const bend = 0.01 + random() * 0.02;
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const phase = (y + 12 * Math.sin(x * bend)) * ((2 * Math.PI) / 9);
      const isInside = Math.hypot(x / widthPx - 0.5, y / heightPx - 0.5) < 0.48;
      const level = isInside ? 130 + 90 * Math.sin(phase) : 245;
      pixels[y * widthPx + x] = Math.max(0, Math.min(255, level + (random() - 0.5) * 20));
    }
  }
  return { widthPx, heightPx, resolutionPpi: 500, pixels };
}

/** An image of one level. */
export function drawFlat(widthPx: number, heightPx: number, level: number): GreyImage {
  return { widthPx, heightPx, resolutionPpi: 500, pixels: new Uint8Array(widthPx * heightPx).fill(level) };
}
