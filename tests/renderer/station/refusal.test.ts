import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { readRefusal } from '../../../renderer/station/refusal.ts';

test('a refusal of the closed list is read as its code', () => {
  const thrown = new ORPCError('REFUSED', { status: 409, data: { code: 'scanner.unplugged' } });
  expect(readRefusal(thrown)).toEqual({ kind: 'refused', code: 'scanner.unplugged' });
});

test.each([
  ['a code that the contract does not know', new ORPCError('REFUSED', { status: 409, data: { code: 'made.up' } })],
  ['a refusal without a code', new ORPCError('REFUSED', { status: 409 })],
  ['an input that the contract refuses', new ORPCError('BAD_REQUEST', { data: { code: 'scanner.unplugged' } })],
])('%s is a fault of the station', (_what, thrown) => {
  expect(readRefusal(thrown)).toEqual({ kind: 'refused', code: 'station.fault' });
});

test('anything else that is thrown is a lost connection', () => {
  expect(readRefusal(new Error('Cannot send message, WebSocket is not open.'))).toEqual({ kind: 'lost' });
  expect(readRefusal(undefined)).toEqual({ kind: 'lost' });
});
