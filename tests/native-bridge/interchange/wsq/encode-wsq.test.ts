import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeWsq } from '../../../../native-bridge/interchange/wsq/decode-wsq.ts';
import { encodeWsq } from '../../../../native-bridge/interchange/wsq/encode-wsq.ts';
import { readWsqFrame } from '../../../../native-bridge/interchange/wsq/read-frame.ts';
import { referenceKernel } from '../../../../native-bridge/interchange/wsq/reference-kernel.ts';
import { drawFlat, drawRidges, seededNumbers } from '../drawn-images.ts';
import { expectFault } from '../expect-fault.ts';
import { freshWasmKernel, KERNELS } from '../kernels.ts';
import { psnrDb, readReal, readRealPgm, readRealText, LACKS_REAL_FILES, WHY_SKIPPED } from '../real-files.ts';

/** The lines of the index that name an encode of the reference encoder: print, rate, size, quality. */
function referenceEncodes(): { print: string; bitRateBpp: number; file: string; bytes: number; psnr: number }[] {
  return readRealText('wsq/INDEX.txt')
    .split('\n')
    .flatMap((line) => {
      const match = /^((\S+)\.cwsq(\d)(\d\d)\.wsq)\s+\d+\s+\d+\s+(\d+).*psnr ([\d.]+)/.exec(line);
      if (!match) return [];
      const [, file = '', print = '', whole = '', part = '', bytes, psnr] = match;
      return [{ print, bitRateBpp: Number(`${whole}.${part}`), file, bytes: Number(bytes), psnr: Number(psnr) }];
    });
}

describe.each(KERNELS)('the encoder in %s', (_, kernelOf) => {
  describe.skipIf(LACKS_REAL_FILES)(`with the real files${WHY_SKIPPED}`, () => {
    test('writes the bytes of the reference encoder for every print and rate that it was run on', () => {
      const encodes = referenceEncodes();
      expect(encodes.length).toBe(10);
      for (const { print, bitRateBpp, file } of encodes) {
        const written = encodeWsq(readRealPgm(`fmr/${print}.pgm`), { bitRateBpp }, kernelOf());
        expect([file, Buffer.compare(written, readReal(`wsq/${file}`))]).toEqual([file, 0]);
      }
    });
  });
});

describe.skipIf(LACKS_REAL_FILES)(`with the real files${WHY_SKIPPED}`, () => {
  test('is at least as good as the reference encoder at its size or less', () => {
    for (const { print, bitRateBpp, bytes, psnr } of referenceEncodes()) {
      const image = readRealPgm(`fmr/${print}.pgm`);
      const written = encodeWsq(image, { bitRateBpp });
      expect(written.length).toBeLessThanOrEqual(bytes);
      expect(psnrDb(image.pixels, decodeWsq(written).pixels)).toBeGreaterThanOrEqual(psnr - 0.005);
    }
  });
});

test('both builds write the same file and read the same pixels for any size, noise and rate', () => {
  const wasm = freshWasmKernel();
  const size = fc.integer({ min: 32, max: 150 });
  const rate = fc.constantFrom(0.1, 0.75, 2.25, 6);
  fc.assert(
    fc.property(size, size, rate, fc.nat(), fc.boolean(), (widthPx, heightPx, bitRateBpp, seed, isNoise) => {
      const image = drawRidges(widthPx, heightPx, seed);
      const random = seededNumbers(seed);
      if (isNoise) image.pixels.forEach((__, at) => (image.pixels[at] = random() * 256));
      const file = encodeWsq(image, { bitRateBpp }, referenceKernel);
      expect(Buffer.compare(encodeWsq(image, { bitRateBpp }, wasm), file)).toBe(0);
      expect(Buffer.compare(decodeWsq(file, wasm).pixels, decodeWsq(file, referenceKernel).pixels)).toBe(0);
    }),
    { numRuns: 60, seed: 20_261_122 },
  );
});

test('a higher rate gives a larger file and a closer image', () => {
  const image = drawRidges(300, 260, 4);
  const encodes = [0.4, 0.75, 1.5, 3].map((bitRateBpp) => encodeWsq(image, { bitRateBpp }));
  const sizes = encodes.map((file) => file.length);
  const quality = encodes.map((file) => psnrDb(image.pixels, decodeWsq(file).pixels));
  expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
  expect(quality).toEqual(quality.toSorted((a, b) => a - b));
  expect(quality[0]).toBeGreaterThan(20);
});

test('the image that is encoded is not written to', () => {
  const image = drawRidges(90, 70);
  const before = image.pixels.slice();
  encodeWsq(image);
  expect(image.pixels).toEqual(before);
});

test('pixels in shared memory are encoded like others', () => {
  const image = drawRidges(90, 70);
  const shared = new Uint8Array(new SharedArrayBuffer(image.pixels.length));
  shared.set(image.pixels);
  expect(encodeWsq({ ...image, pixels: shared })).toEqual(encodeWsq(image));
});

test('an image too small, too large, or with pixels missing is refused', () => {
  expectFault(() => encodeWsq(drawFlat(31, 64, 9)), 'wsq.image');
  expectFault(() => encodeWsq(drawFlat(64, 31, 9)), 'wsq.image');
  expectFault(() => encodeWsq(drawFlat(16_385, 32, 9)), 'wsq.image');
  expectFault(() => encodeWsq({ ...drawFlat(64, 64, 9), heightPx: 65 }), 'wsq.image');
});

test('a bit rate that is no number or outside the limits is refused', () => {
  for (const bitRateBpp of [0, -1, 7, Number.NaN]) {
    expectFault(() => encodeWsq(drawFlat(64, 64, 9), { bitRateBpp }), 'wsq.bit-rate');
  }
});

test('the comment of a file holds its size, depth, resolution and rate, and nothing else', () => {
  const { comments } = readWsqFrame(encodeWsq(drawRidges(64, 48)));
  expect(comments).toEqual([
    'NIST_COM 9\nPIX_WIDTH 64\nPIX_HEIGHT 48\nPIX_DEPTH 8\nPPI 500\nLOSSY 1\nCOLORSPACE GRAY\nCOMPRESSION WSQ\nWSQ_BITRATE 0.750000',
  ]);
});

describe('an image that no print looks like', () => {
  const pictures: readonly (readonly [string, (x: number, y: number) => number])[] = [
    ['one grey', () => 128],
    ['a ramp of all greys', (x) => x & 255],
    ['a slow ramp', (x, y) => (x + y) >> 3],
    ['two halves', (x) => (x < 100 ? 0 : 255)],
    ['one dot', (x, y) => (x === 40 && y === 90 ? 255 : 0)],
  ];
  const sizes = [
    [256, 256],
    [97, 511],
    [1001, 64],
    [64, 1001],
  ] as const;
  test.each(pictures)('%s is given back nearly as it was, whatever the size', (_name, grey) => {
    for (const [widthPx, heightPx] of sizes) {
      const pixels = Uint8Array.from({ length: widthPx * heightPx }, (_, at) =>
        grey(at % widthPx, Math.floor(at / widthPx)),
      );
      const decoded = decodeWsq(encodeWsq({ widthPx, heightPx, resolutionPpi: 500, pixels })).pixels;
      const squares = pixels.reduce((sum, pixel, at) => sum + (pixel - (decoded[at] ?? 0)) ** 2, 0);
      expect(squares / pixels.length, `${widthPx} × ${heightPx}`).toBeLessThan(60);
    }
  });
});
