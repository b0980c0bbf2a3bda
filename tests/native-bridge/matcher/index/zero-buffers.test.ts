import { expect, test } from 'vitest';
import { createComparer } from '../../../../native-bridge/matcher/compare/comparer.ts';
import { zeroBuffers } from '../../../../native-bridge/matcher/index/zero-buffers.ts';
import { statisticalTemplate } from '../../../support/matcher/statistical-finger.ts';

function buffersOf(value: unknown, found: Uint8Array[] = []): readonly Uint8Array[] {
  if (ArrayBuffer.isView(value)) found.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) buffersOf(part, found);
  return found;
}

test('zeroing what the comparer prepared of a probe leaves no byte of its arrays, however deep they lie', () => {
  const prepared = createComparer().prepare(statisticalTemplate(3));
  const buffers = buffersOf(prepared);
  expect(buffers.length).toBeGreaterThan(3);
  expect(buffers.some((buffer) => buffer.some((byte) => byte !== 0))).toBe(true);
  zeroBuffers(prepared);
  expect(buffers.every((buffer) => buffer.every((byte) => byte === 0))).toBe(true);
});

test('zeroing follows an object that holds itself only once', () => {
  const ring: { bytes: Uint8Array; self?: unknown } = { bytes: Uint8Array.of(1, 2) };
  ring.self = ring;
  zeroBuffers(ring);
  expect([...ring.bytes]).toEqual([0, 0]);
});
