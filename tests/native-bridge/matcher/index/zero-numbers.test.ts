import { expect, test } from 'vitest';
import { createComparer } from '../../../../native-bridge/matcher/compare/comparer.ts';
import { zeroNumbers } from '../../../../native-bridge/matcher/index/zero-numbers.ts';
import { statisticalTemplate } from '../../../support/matcher/statistical-finger.ts';

function numbersOf(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  if (ArrayBuffer.isView(value)) return [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap((part) => numbersOf(part)) : [];
}

test('nothing is left of what the comparer prepared of a probe: arrays, minutiae and counts are zero', () => {
  const prepared = createComparer().prepare(statisticalTemplate(3));
  const numbers = numbersOf(prepared);
  expect(numbers.length).toBeGreaterThan(1000);
  expect(numbers.some((number) => number !== 0)).toBe(true);
  zeroNumbers(prepared);
  expect(numbersOf(prepared)).toHaveLength(numbers.length);
  expect(numbersOf(prepared).every((number) => number === 0)).toBe(true);
});

test('an object that holds itself is followed only once', () => {
  const ring: { bytes: Uint8Array; count: number; self?: unknown } = { bytes: Uint8Array.of(1, 2), count: 2 };
  ring.self = ring;
  zeroNumbers(ring);
  expect([...ring.bytes, ring.count]).toEqual([0, 0, 0]);
});
