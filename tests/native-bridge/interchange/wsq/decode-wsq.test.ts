import { describe, expect, test, vi } from 'vitest';
import { decodeWsq } from '../../../../native-bridge/interchange/wsq/decode-wsq.ts';
import { encodeWsq } from '../../../../native-bridge/interchange/wsq/encode-wsq.ts';
import { drawFlat, drawRidges } from '../drawn-images.ts';
import { freshWasmKernel, KERNELS } from '../kernels.ts';
import { compareLevels, readReal, readRealPng, realNames, LACKS_REAL_FILES, WHY_SKIPPED } from '../real-files.ts';

describe.each(KERNELS)('the decoder in %s', (_, kernelOf) => {
  describe.skipIf(LACKS_REAL_FILES)(`with the real files${WHY_SKIPPED}`, () => {
    test('gives every pixel of every real file as the reference decoder does', () => {
      const kernel = kernelOf();
      const names = realNames('wsq', '.wsq');
      expect(names.length).toBeGreaterThanOrEqual(18);
      for (const name of names) {
        const expected = readRealPng(`wsq/${name.replace(/\.wsq$/, '.dwsq.png')}`);
        const image = decodeWsq(readReal(`wsq/${name}`), kernel);
        expect([name, image.widthPx, image.heightPx]).toEqual([name, expected.widthPx, expected.heightPx]);
        expect([name, compareLevels(image.pixels, expected.pixels)]).toEqual([name, { differing: 0, most: 0 }]);
      }
    });
  });

  test('gives a flat image back as it was', () => {
    for (const level of [0, 128, 255]) {
      const flat = drawFlat(64, 48, level);
      const decoded = decodeWsq(encodeWsq(flat, {}, kernelOf()), kernelOf());
      expect(decoded.pixels).toEqual(flat.pixels);
    }
  });
});

describe.skipIf(LACKS_REAL_FILES)(`with the real files${WHY_SKIPPED}`, () => {
  test('agrees with another published decoder where one was run', () => {
    const image = decodeWsq(readReal('wsq/jnbis_sample.wsq'));
    const other = readRealPng('wsq/jnbis_sample.other-decoder.png');
    expect(compareLevels(image.pixels, other.pixels)).toEqual({ differing: 0, most: 0 });
  });

  test('takes 500 ppi where a comment says 255 or -1, and the comment where it is believable', () => {
    const stated = (name: string): number => decodeWsq(readReal(`wsq/${name}`)).resolutionPpi;
    expect([stated('nist_fp-11.wsq'), stated('pgafis_sample1.wsq'), stated('nist_fp-1.wsq')]).toEqual([500, 500, 500]);
    const doubled = { ...drawRidges(64, 64), resolutionPpi: 1_000 };
    expect(decodeWsq(encodeWsq(doubled)).resolutionPpi).toBe(1_000);
  });
});

test('the compiled kernel leaves no byte of the print in its memory', () => {
  const memories: { readonly buffer: ArrayBuffer }[] = [];
  const engine: { Memory: new (size: { initial: number }) => { buffer: ArrayBuffer } } = Reflect.get(
    globalThis,
    'WebAssembly',
  );
  const { Memory } = engine;
  const spy = vi.spyOn(engine, 'Memory').mockImplementation(function create(size: { initial: number }) {
    const memory = new Memory(size);
    memories.push(memory);
    return memory;
  });
  const kernel = freshWasmKernel();
  const file = encodeWsq(drawRidges(200, 150), {}, kernel);
  decodeWsq(file, kernel);
  expect(() => decodeWsq(file.subarray(0, file.length - 500), kernel)).toThrow();
  spy.mockRestore();
  expect(memories.length).toBeGreaterThan(0);
  for (const memory of memories) expect(new Uint8Array(memory.buffer).every((byte) => byte === 0)).toBe(true);
});
