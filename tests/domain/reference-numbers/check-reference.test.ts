import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  CHECK_REFERENCE_BYTES,
  checkReference,
  parseCheckReference,
} from '../../../electron/domain/reference-numbers/check-reference.ts';

test('five zero bytes make the smallest reference', () => {
  expect(checkReference(new Uint8Array(5))).toBe('000-000-000-Z');
});

test('every reference parses back, with or without its hyphens, in either case', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: CHECK_REFERENCE_BYTES, maxLength: CHECK_REFERENCE_BYTES }), (random) => {
      const reference = checkReference(random);
      expect(reference).toMatch(/^\d{3}-\d{3}-\d{3}-[A-Z]$/);
      expect(parseCheckReference(` ${reference.toLowerCase()} `)).toEqual({ kind: 'parsed', reference });
      expect(parseCheckReference(reference.replaceAll('-', ''))).toEqual({ kind: 'parsed', reference });
    }),
  );
});

test('two digits that were swapped by the typist are found', () => {
  expect(parseCheckReference('000-000-001-A').kind).toBe('parsed');
  expect(parseCheckReference('000-000-010-A')).toEqual({ kind: 'refused', reason: 'wrong-check-letter' });
});

test.each(['', '000-000-00-Z', '000-000-000', 'ABC-000-000-Z'])('"%s" is not of the form', (text) => {
  expect(parseCheckReference(text)).toEqual({ kind: 'refused', reason: 'wrong-form' });
});

test.each([0, 4, 6])('%s random bytes are refused', (length) => {
  expect(() => checkReference(new Uint8Array(length))).toThrow(RangeError);
});
