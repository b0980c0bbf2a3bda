import { expect, test } from 'vitest';
import {
  encodedCapacity,
  encodeTransaction,
  type TransactionContent,
} from '../../../../electron/search/gateway/encode-transaction.ts';
import { GatewayFault } from '../../../../electron/search/gateway/gateway-fault.ts';
import type { ProbeImpression } from '../../../../electron/search/search-provider.ts';
import { readTransaction } from '../../../../native-bridge/interchange/ansi-nist/read-transaction.ts';
import { readSubmission } from '../../../gateway/read-submission.ts';
import { madeUpPrint } from '../../../support/search/made-up-prints.ts';

function lent(image: ReturnType<typeof madeUpPrint>, position: 2 | 7): ProbeImpression {
  const pixels = new SharedArrayBuffer(image.pixels.length);
  new Uint8Array(pixels).set(image.pixels);
  return { kind: 'image', position, ...image, pixels, quality: 77 };
}

function contentOf(impressions: readonly ProbeImpression[]): TransactionContent {
  return {
    transactionNumber: '6a1f2f3e-8f0b-4c37-9a43-0d0a9f3f7a11-P',
    database: 'police',
    checkReference: 'RW-2026-000123',
    stationCode: 'desk-1',
    atMs: Date.UTC(2026, 10, 22, 9, 8, 7),
    impressions,
  };
}

function encoded(impressions: readonly ProbeImpression[]): Uint8Array {
  const room = new Uint8Array(encodedCapacity(impressions));
  return room.subarray(0, encodeTransaction(contentOf(impressions), room));
}

test('the other side reads from the file what was put in, by the strict reader alone', () => {
  const image = madeUpPrint(1, 2, 1);
  const file = encoded([lent(image, 2), { kind: 'bandaged', position: 7 }]);

  const submission = readSubmission(file);

  expect(submission).toMatchObject({ check: 'RW-2026-000123', station: 'desk-1', database: 'police' });
  expect(submission.transaction).toBe('6a1f2f3e-8f0b-4c37-9a43-0d0a9f3f7a11-P');
  const [first, second] = submission.fingers;
  expect(second).toEqual({ kind: 'bandaged', position: 7 });
  if (first?.kind !== 'image') throw new Error('no picture');
  expect(first).toMatchObject({
    position: 2,
    coding: 'WSQ20',
    image: { widthPx: 500, heightPx: 500, resolutionPpi: 500 },
  });
  const error = first.image.pixels.reduce((sum, level, at) => sum + (level - (image.pixels[at] ?? 0)) ** 2, 0);
  expect(Math.sqrt(error / image.pixels.length)).toBeLessThan(12);
});

test('the file has types 1, 2 and 14 alone, and no field for a name', () => {
  const { records } = readTransaction(encoded([lent(madeUpPrint(1, 2, 1), 2)]));
  expect(records.map(({ type }) => type)).toEqual([1, 2, 14]);
  const [, describing] = records;
  if (describing?.kind !== 'tagged') throw new Error('not tagged');
  expect(describing.fields.map(({ number }) => number)).toEqual([2, 3, 4, 5, 6]);
});

test('a picture that WSQ would enlarge is sent as it is, in the room that was set aside', () => {
  let state = 1;
  const noise = Uint8Array.from({ length: 64 * 64 }, () => (state = (state * 48_271) % 2_147_483_647) % 256);
  const image = { widthPx: 64, heightPx: 64, resolutionPpi: 500, pixels: noise };
  const small = { ...image, widthPx: 16, heightPx: 16, pixels: noise.slice(0, 256) };
  const [tiny] = readSubmission(encoded([lent(small, 2)])).fingers;
  expect(tiny).toMatchObject({ kind: 'image', coding: 'NONE', image: { pixels: small.pixels } });
  expect(readSubmission(encoded([lent(image, 2)])).fingers).toHaveLength(1);
});

test('a file that does not fit is a typed fault, and leaves nothing in the room', () => {
  const content = contentOf([lent(madeUpPrint(1, 2, 1), 2)]);
  const room = new Uint8Array(100);
  expect(() => encodeTransaction(content, room)).toThrow(GatewayFault);
  expect(room.every((byte) => byte === 0)).toBe(true);
});
