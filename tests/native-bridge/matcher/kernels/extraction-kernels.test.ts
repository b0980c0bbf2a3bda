import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kernelViews } from '../../../../native-bridge/matcher/kernels/kernel-views.ts';
import type { Kernels } from '../../../../native-bridge/matcher/kernels/kernels.ts';
import { loadWasmKernels } from '../../../../native-bridge/matcher/kernels/load-kernels.ts';
import { createReferenceKernels } from '../../../../native-bridge/matcher/kernels/reference/reference-kernels.ts';
import { gaborTaps } from '../../../../native-bridge/matcher/extract/gabor-bank.ts';
import { ARCTANGENTS } from '../../../../native-bridge/matcher/extract/phase-minutiae.ts';

const wasm = loadWasmKernels();
/** Bytes that a run may touch, from `BASE` on; both memories are compared over all of them. */
const BYTES = 1 << 20;
/** A place that is free in both implementations. */
const BASE = 65_536;

/** xorshift32: the same bytes for the same seed. */
function fillRandom(bytes: Uint8Array, seed: number): void {
  let state = seed | 1;
  for (let at = 0; at < bytes.length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state & 255;
  }
}

/** Runs a kernel in both memories from the same random start, and returns what each holds then. */
function both(
  seed: number,
  prepare: (memory: ArrayBuffer) => void,
  run: (kernels: Kernels) => unknown,
): readonly [Uint8Array, Uint8Array] {
  if (wasm === undefined) throw new Error('not built');
  const reference = createReferenceKernels(BASE + BYTES);
  const ends = [wasm, reference].map((kernels) => {
    const bytes = new Uint8Array(kernels.memory, BASE, BYTES);
    fillRandom(bytes, seed);
    prepare(kernels.memory);
    const result = run(kernels);
    return { bytes: bytes.slice(), result };
  });
  expect(ends[0].result || undefined).toEqual(ends[1].result || undefined);
  return [ends[0].bytes, ends[1].bytes];
}

const seeds = fc.integer({ min: 1, max: 0x7fff_ffff });
const sides = fc.integer({ min: 1, max: 12 });

describe.skipIf(wasm === undefined && process.env['CI'] === undefined)(
  'extraction kernels (skipped where npm run build:wasm was not run)',
  () => {
    test('block moments in WebAssembly equal the reference', () => {
      fc.assert(
        fc.property(seeds, sides, sides, (seed, columns, rows) => {
          const [a, b] = both(
            seed,
            () => {},
            (k) => k.blockMoments(BASE, 160, columns, rows, BASE + 200_000, BASE + 300_000),
          );
          expect(Buffer.compare(a, b)).toBe(0);
        }),
        { numRuns: 20 },
      );
    });

    test('normalisation in WebAssembly equals the reference, whatever means and gains are possible', () => {
      fc.assert(
        fc.property(seeds, sides, sides, (seed, columns, rows) => {
          const corners = (columns + 1) * (rows + 1);
          const prepare = (memory: ArrayBuffer): void => {
            const { i32 } = kernelViews(memory);
            for (let at = 0; at < corners; at += 1) {
              // Means are grey levels in Q6; gains in Q4 reach 2048 / 2 levels.
              i32[(BASE + 200_000) / 4 + at] = (i32[(BASE + 200_000) / 4 + at] >>> 0) % 16_321;
              i32[(BASE + 300_000) / 4 + at] = (i32[(BASE + 300_000) / 4 + at] >>> 0) % 16_385;
            }
          };
          const [a, b] = both(seed, prepare, (k) =>
            k.normalise(BASE, 160, columns, rows, BASE + 200_000, BASE + 300_000, BASE + 400_000, 128),
          );
          expect(Buffer.compare(a, b)).toBe(0);
        }),
        { numRuns: 20 },
      );
    });

    test('gradient moments in WebAssembly equal the reference for every normalised image', () => {
      fc.assert(
        fc.property(seeds, sides, sides, (seed, columns, rows) => {
          const prepare = (memory: ArrayBuffer): void => {
            const plane = new Int16Array(memory, BASE, 150_000 / 2);
            for (let at = 0; at < plane.length; at += 1) plane[at] %= 6001;
          };
          const source = BASE + (128 * 4 + 16) * 2;
          const [a, b] = both(seed, prepare, (k) =>
            k.gradientMoments(source, 128, columns, rows, BASE + 200_000, BASE + 300_000, BASE + 400_000),
          );
          expect(Buffer.compare(a, b)).toBe(0);
        }),
        { numRuns: 20 },
      );
    });

    test('softening in WebAssembly equals the reference for every normalised image', () => {
      fc.assert(
        fc.property(seeds, sides, sides, (seed, columns, rows) => {
          const prepare = (memory: ArrayBuffer): void => {
            const plane = new Int16Array(memory, BASE, 150_000 / 2);
            for (let at = 0; at < plane.length; at += 1) plane[at] %= 6001;
          };
          const source = BASE + (128 * 4 + 16) * 2;
          const [a, b] = both(seed, prepare, (k) => k.soften(source, 128, columns * 8, rows * 4, BASE + 400_000));
          expect(Buffer.compare(a, b)).toBe(0);
        }),
        { numRuns: 20 },
      );
    });

    test('filtering in WebAssembly equals the reference, also where sums saturate', () => {
      fc.assert(
        fc.property(
          seeds,
          fc.integer({ min: 0, max: 31 }),
          fc.integer({ min: 5, max: 14 }),
          fc.boolean(),
          (seed, step, period, isLoud) => {
            const taps = gaborTaps((step * Math.PI) / 32, period, { alongPx: 4.5, acrossPeriods: 0.4 });
            const [stride, tapsAt, tilesAt] = [128, BASE + 200_000, BASE + 240_000];
            const prepare = (memory: ArrayBuffer): void => {
              const { i16, i32 } = kernelViews(memory);
              for (let at = BASE / 2; at < (BASE + 100_000) / 2; at += 1)
                i16[at] = isLoud ? Math.sign(i16[at]) * 16_000 : i16[at] % 6001;
              for (let tap = 0; tap < taps.dx.length; tap += 1) {
                i32[tapsAt / 4 + tap * 2] = taps.dy[tap] * stride + taps.dx[tap];
                i16[tapsAt / 2 + tap * 4 + 2] = taps.even[tap];
                i16[tapsAt / 2 + tap * 4 + 3] = taps.odd[tap];
              }
              i32.set(
                [0, tapsAt, taps.dx.length, 8, tapsAt, taps.dx.length, 4 * stride + 24, tapsAt, taps.dx.length],
                tilesAt / 4,
              );
            };
            const source = BASE + (stride * 20 + 32) * 2;
            const [a, b] = both(seed, prepare, (k) =>
              k.filterTiles(source, stride, tilesAt, 3, BASE + 400_000, BASE + 500_000),
            );
            expect(Buffer.compare(a, b)).toBe(0);
          },
        ),
        { numRuns: 25 },
      );
    });

    test('phases in WebAssembly equal the reference for every pair of responses', () => {
      fc.assert(
        fc.property(seeds, (seed) => {
          const table = BASE + 300_000;
          const prepare = (memory: ArrayBuffer): void => {
            new Uint8Array(memory).set(ARCTANGENTS, table);
            // The corners of the range and the axes, beside 4,000 random pairs.
            new Int16Array(memory, BASE, 6).set([0, 0, -32_768, -32_768, 32_767, -1]);
            new Int16Array(memory, BASE + 100_000, 6).set([0, -32_768, 0, -32_768, -32_768, -1]);
          };
          const [a, b] = both(seed, prepare, (k) => k.phases(BASE, BASE + 100_000, table, BASE + 400_000, 4000));
          expect(Buffer.compare(a, b)).toBe(0);
        }),
        { numRuns: 20 },
      );
    });

    test('dislocations in WebAssembly equal the reference, count and places, and never exceed the limit', () => {
      fc.assert(
        fc.property(seeds, sides, sides, fc.integer({ min: 0, max: 500 }), (seed, columns, rows, limit) => {
          const tiles = BASE + 200_000;
          const prepare = (memory: ArrayBuffer): void => {
            const steps = new Uint8Array(memory, tiles, columns * rows * 2);
            for (let at = 0; at < steps.length; at += 1) steps[at] = (steps[at] & 7) === 0 ? 255 : steps[at] & 31;
          };
          const [a, b] = both(seed, prepare, (k) => {
            const count = k.dislocations(BASE, 128, columns * 8, rows * 8, tiles, BASE + 400_000, limit);
            expect(count).toBeLessThanOrEqual(limit);
            return count;
          });
          expect(Buffer.compare(a, b)).toBe(0);
        }),
        { numRuns: 20 },
      );
    });

    test('binarising and thinning in WebAssembly equal the reference', () => {
      fc.assert(
        fc.property(seeds, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 3, max: 60 }), (seed, words, rows) => {
          const targetWords = Math.ceil((words + 2) / 4) * 4;
          const plane = BASE + 300_000;
          const prepare = (memory: ArrayBuffer): void => {
            // Random blots some pixels wide rather than salt and pepper, so that there is something to thin.
            const source = new Int16Array(memory, BASE, 256 * rows);
            for (let at = source.length - 1; at >= 256 + 8; at -= 1)
              source[at] =
                (source[at] >> 2) + (source[at - 1] >> 2) + (source[at - 256] >> 2) + (source[at - 260] >> 2);
            new Uint8Array(memory, plane - 64, targetWords * 4 * (rows + 2) + 128).fill(0);
          };
          const [a, b] = both(seed, prepare, (k) => {
            k.binarise(BASE, 256, words, rows, plane + (targetWords + 1) * 4, targetWords);
            k.thin(plane, BASE + 500_000, targetWords, rows + 2);
          });
          expect(Buffer.compare(a, b)).toBe(0);
        }),
        { numRuns: 25 },
      );
    });
  },
);

test('thinning leaves one pixel of a thick straight bar in every row but its ends', () => {
  const kernels = createReferenceKernels(BASE + BYTES);
  const { u32 } = kernelViews(kernels.memory);
  for (let row = 4; row < 44; row += 1) u32[BASE / 4 + row * 4 + 1] = 0b1111_1110_0000;
  kernels.thin(BASE, BASE + 10_000, 4, 48);
  for (let row = 10; row < 38; row += 1) {
    const bits = u32[BASE / 4 + row * 4 + 1];
    expect(bits & (bits - 1)).toBe(0);
    expect(bits).not.toBe(0);
  }
});

test('a wave that gains a ridge on one side has one dislocation, where the ridge begins', () => {
  const kernels = createReferenceKernels(BASE + BYTES);
  const bytes = new Uint8Array(kernels.memory);
  const [columns, rows, stride] = [64, 64, 128];
  for (let y = 0; y < rows; y += 1) {
    for (let x = 0; x < columns; x += 1) {
      const turns = y / 9 + Math.atan2(y - 30.5, x - 20.5) / (2 * Math.PI);
      bytes[BASE + y * stride + x] = Math.floor(turns * 256) & 255;
    }
  }
  const tiles = BASE + 100_000;
  bytes.fill(0, tiles, tiles + (columns / 8) * (rows / 4));
  const count = kernels.dislocations(BASE, stride, columns, rows, tiles, BASE + 200_000, 100);
  const { i32 } = kernelViews(kernels.memory);
  expect([count, ...i32.subarray((BASE + 200_000) / 4, (BASE + 200_000) / 4 + 3)]).toEqual([1, 20, 30, 1]);
});
