import type { GreyImage } from '../../../../native-bridge/image/grey-image.ts';

/** An image of 500 ppi whose pixels a function draws. */
export function drawn(widthPx: number, heightPx: number, grey: (x: number, y: number) => number): GreyImage {
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y += 1) for (let x = 0; x < widthPx; x += 1) pixels[y * widthPx + x] = grey(x, y);
  return { widthPx, heightPx, resolutionPpi: 500, pixels };
}

/** White noise from a linear congruential generator. */
export function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  };
}

/** Rows of marks the size of print: strokes of random direction on a grid, with spaces. */
function isInk(x: number, y: number): boolean {
  const [column, line] = [Math.floor(x / 11), Math.floor(y / 22)];
  const letter = (Math.imul(column * 31 + line * 17 + 7, 2_654_435_761) >>> 0) % 97;
  const [u, v] = [x % 11, y % 22];
  if (letter % 6 === 0 || v < 5 || v > 17 || u > 8) return false;
  return (
    u < 2 ||
    (letter % 2 === 0 && v > 15) ||
    (letter % 3 === 0 && v < 7) ||
    (letter % 5 === 0 && Math.abs(u - (v - 5) / 1.6) < 1.2)
  );
}

/** Images in which there is no finger, by what they show. */
export const BAD_IMAGES: Readonly<Record<string, () => GreyImage>> = {
  'a white plate': () => drawn(400, 400, () => 255),
  'a black plate': () => drawn(400, 400, () => 0),
  'a grey plate': () => drawn(400, 400, () => 128),
  'a slope of grey': () => drawn(400, 400, (x, y) => ((x + y) * 255) / 800),
  'a round glow': () => drawn(400, 400, (x, y) => 255 - Math.min(255, Math.hypot(x - 200, y - 200))),
  'white noise': () => drawn(400, 400, noise(1)),
  'faint noise': () => {
    const next = noise(2);
    return drawn(400, 400, () => 200 + (next() >> 4));
  },
  'noise of black and white': () => {
    const next = noise(3);
    return drawn(400, 400, () => (next() > 127 ? 255 : 0));
  },
  'coarse noise': () => {
    const next = noise(4);
    const blots = Array.from({ length: 10_000 }, () => next());
    return drawn(400, 400, (x, y) => blots[Math.floor(y / 4) * 100 + Math.floor(x / 4)]);
  },
  'upright stripes as far apart as ridges': () => drawn(400, 400, (x) => 128 + 100 * Math.sin((2 * Math.PI * x) / 9)),
  'slanting stripes': () => drawn(400, 400, (x, y) => 128 + 100 * Math.sin((2 * Math.PI * (x + 0.7 * y)) / 11)),
  'wide stripes': () => drawn(400, 400, (x) => (Math.floor(x / 40) % 2) * 255),
  'hard stripes of one pixel': () => drawn(400, 400, (x) => (x % 2) * 255),
  'rings as far apart as ridges': () =>
    drawn(400, 400, (x, y) => 128 + 100 * Math.sin((2 * Math.PI * Math.hypot(x - 200, y - 200)) / 9)),
  'a chessboard': () => drawn(400, 400, (x, y) => ((Math.floor(x / 16) + Math.floor(y / 16)) % 2) * 255),
  'lines of text': () => drawn(480, 480, (x, y) => (isInk(x, y) ? 20 : 240)),
  'one dark spot': () => drawn(400, 400, (x, y) => (Math.hypot(x - 200, y - 200) < 30 ? 0 : 255)),
};

/** Images of impossible size or resolution, with the reason that is given. */
export const BAD_SIZES: Readonly<Record<string, { readonly image: () => GreyImage; readonly reason: string }>> = {
  'one pixel': { image: () => drawn(1, 1, () => 0), reason: 'image-too-small' },
  'a single row': { image: () => drawn(500, 1, (x) => x % 256), reason: 'image-too-small' },
  '5,000 × 5,000 px': { image: () => drawn(5000, 5000, (x, y) => (x * y) & 255), reason: 'image-too-large' },
  'a palm at 500 ppi': {
    image: () => drawn(2000, 2400, (x, y) => 128 + 100 * Math.sin(x / 2 + y / 9)),
    reason: 'image-too-large',
  },
  'a resolution of 72 ppi': {
    image: () => ({ ...drawn(300, 300, noise(5)), resolutionPpi: 72 }),
    reason: 'resolution-out-of-range',
  },
  'no resolution at all': {
    image: () => ({ ...drawn(300, 300, noise(6)), resolutionPpi: Number.NaN }),
    reason: 'resolution-out-of-range',
  },
};
