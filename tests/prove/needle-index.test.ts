import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../native-bridge/scanner/seeded-random.ts';
import { markedFinger } from './erasure/marked-finger.ts';
import { NeedleIndex } from './erasure/needle-index.ts';
import { processTree, searchMemory } from './erasure/process-memory.ts';

function noise(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const random = seededRandom(seed);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

const needle = noise(5_000, 1);
const index = new NeedleIndex([{ name: 'needle', bytes: needle }]);

describe('the index by which prove:erasure searches', () => {
  test('finds any 32 bytes of a needle wherever they lie', () => {
    fc.assert(
      fc.property(fc.nat(4_900), fc.nat(900), fc.integer({ min: 32, max: 90 }), (from, at, length) => {
        const haystack = noise(1_024, 2);
        haystack.set(needle.subarray(from, from + length), at);

        const [hit, ...more] = index.find(haystack, haystack.length);

        expect(more).toEqual([]);
        // By chance the noise around it may go on like the needle.
        expect([hit?.name, (hit?.at ?? 0) - (hit?.from ?? 0)]).toEqual(['needle', at - from]);
        expect(hit?.length).toBeGreaterThanOrEqual(length);
      }),
      { numRuns: 500 },
    );
  });

  test('does not call 31 bytes a finding', () => {
    const haystack = new Uint8Array(256);
    haystack.set(needle.subarray(100, 131), 64);

    expect(index.find(haystack, haystack.length)).toEqual([]);
  });

  test('does not call bare zeroes and small numbers among them a finding', () => {
    const plain = Uint8Array.from({ length: 200 }, (_, at) => (at % 2 === 0 ? 0 : at % 5));
    const ofPlain = new NeedleIndex([{ name: 'plain', bytes: plain }]);

    expect(ofPlain.find(plain, plain.length)).toEqual([]);
  });

  test('finds every row of a marked finger, its bare paper included', () => {
    const { pixels, widthPx, heightPx } = markedFinger({ personSeed: 1, position: 2, markerSeed: 3 });
    const ofFinger = new NeedleIndex([{ name: 'image', bytes: pixels, leastValues: 5 }]);
    for (let row = 0; row < heightPx; row += 7) {
      const haystack = new Uint8Array(64);
      haystack.set(pixels.subarray(row * widthPx + 11, row * widthPx + 43), 5);

      expect(ofFinger.find(haystack, haystack.length)).toHaveLength(1);
    }
  });

  test.runIf(process.platform === 'linux')("finds a needle in a process's own memory until it is cleared", () => {
    const print = noise(4_096, 77);
    const ofPrint = new NeedleIndex([{ name: 'print', bytes: print }]);

    const before = searchMemory([process.pid], ofPrint).hits.filter(({ length }) => length === 4_096).length;
    print.fill(0);
    const after = searchMemory([process.pid], ofPrint).hits.filter(({ length }) => length === 4_096).length;

    // The index itself holds it too: clearing the print leaves one less.
    expect(before).toBeGreaterThanOrEqual(2);
    expect(after).toBe(before - 1);
    expect(processTree(process.pid)).toContain(process.pid);
  });
});
