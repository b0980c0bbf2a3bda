import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAXIMUM_MESSAGE_BYTES } from '../../../electron/contract/limits.ts';
import { isCallMessage } from '../../../electron/station/call-message.ts';

test.each([
  '{"i":"1","p":{"u":"/session/signIn","b":{"json":{"userName":"a","password":"b"}}}}',
  '{"i":"3","p":{"u":"/checks/begin","b":{}}}',
  '{"i":"2","t":4}',
])('%s, as the client sends it, is a call', (message) => {
  expect(isCallMessage(message)).toBe(true);
});

test('a message of exactly the largest size is a call, one byte more is not', () => {
  const withText = (text: string): string => JSON.stringify({ i: '1', p: { u: '/a/b', b: { json: text } } });
  const room = MAXIMUM_MESSAGE_BYTES - Buffer.byteLength(withText(''));

  expect(isCallMessage(withText('x'.repeat(room)))).toBe(true);
  expect(isCallMessage(withText('x'.repeat(room + 1)))).toBe(false);
  expect(isCallMessage(withText(`${'x'.repeat(room - 1)}é`))).toBe(false);
});

test('whatever else comes is no call, and nothing is thrown', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.string(),
    fc.json(),
    fc.record({ i: fc.string(), t: fc.integer(), p: fc.anything() }).map((message) => JSON.stringify(message)),
  );
  fc.assert(
    fc.property(anything, (message) => {
      const isCall = isCallMessage(message);
      expect(isCall && !/^\{"i":"[^"]{1,20}","t":4,?.*\}$/.test(String(message))).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
