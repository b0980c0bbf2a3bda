import fc from 'fast-check';
import { expect, test } from 'vitest';
import { designHuffmanTable } from '../../../../native-bridge/interchange/wsq/huffman-design.ts';
import {
  assignHuffmanCodes,
  checkCodeLengths,
  fillHuffmanLookup,
  LENGTH_MASK,
  SYMBOL_SHIFT,
} from '../../../../native-bridge/interchange/wsq/huffman-table.ts';
import { fromScaledDecimal, toScaledDecimal } from '../../../../native-bridge/interchange/wsq/scaled-decimal.ts';
import { layOutSubbands } from '../../../../native-bridge/interchange/wsq/subband-layout.ts';

test('the 64 bands of any size cover every sample of the plane once', () => {
  const side = fc.integer({ min: 32, max: 300 });
  fc.assert(
    fc.property(side, side, (width, height) => {
      const { bands, nodes } = layOutSubbands(width, height);
      const covered = new Uint8Array(width * height);
      for (const band of bands) {
        for (let y = band.y; y < band.y + band.height; y += 1) {
          for (let x = band.x; x < band.x + band.width; x += 1)
            covered[y * width + x] = (covered[y * width + x] ?? 0) + 1;
        }
      }
      expect([bands.length, nodes.length, covered.every((count) => count === 1)]).toEqual([64, 20, true]);
    }),
    { numRuns: 30, seed: 7 },
  );
});

test('any histogram gets a prefix code of at most 16 bits that leaves out the code of all ones', () => {
  const count = fc.oneof(fc.constant(0), fc.nat({ max: 20 }), fc.nat({ max: 1_000_000 }));
  fc.assert(
    fc.property(fc.array(count, { minLength: 256, maxLength: 256 }), (counts) => {
      const histogram = counts.with(1, 3);
      const table = designHuffmanTable(histogram);
      checkCodeLengths(table.lengthCounts);
      const { codes, lengths } = assignHuffmanCodes(table);
      const lookup = new Uint16Array(65_536);
      fillHuffmanLookup(table, lookup);
      histogram.forEach((occurrences, symbol) => {
        const length = lengths[symbol] ?? 0;
        expect(length > 0).toBe(occurrences > 0);
        if (length === 0) return;
        const code = codes[symbol] ?? 0;
        expect(code).not.toBe((1 << length) - 1);
        const entry = lookup[code << (16 - length)] ?? 0;
        expect([entry >> SYMBOL_SHIFT, entry & LENGTH_MASK]).toEqual([symbol, length]);
      });
      expect(lookup[0xffff]).toBe(0);
    }),
    { numRuns: 40, seed: 11 },
  );
});

test('a histogram that grows like the Fibonacci numbers is kept to 16 bits', () => {
  const counts = Array.from({ length: 256 }, () => 0);
  counts[0] = 1;
  counts[1] = 1;
  for (let symbol = 2; symbol < 40; symbol += 1) counts[symbol] = (counts[symbol - 1] ?? 0) + (counts[symbol - 2] ?? 0);
  const table = designHuffmanTable(counts);
  checkCodeLengths(table.lengthCounts);
  expect(table.symbols.length).toBe(40);
  expect(table.lengthCounts.length).toBe(16);
});

test('numbers survive as scaled decimals to four digits, and the largest are cut', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 65_000, noNaN: true }), (value) => {
      const decimal = toScaledDecimal(value, 65_535);
      expect(decimal.digits).toBeLessThanOrEqual(65_535);
      expect(Math.abs(fromScaledDecimal(decimal) / value - 1)).toBeLessThan(1e-4);
    }),
    { numRuns: 200, seed: 3 },
  );
  expect(toScaledDecimal(0, 65_535)).toEqual({ digits: 0, places: 0 });
  expect(toScaledDecimal(70_000, 65_535)).toEqual({ digits: 65_535, places: 0 });
});
