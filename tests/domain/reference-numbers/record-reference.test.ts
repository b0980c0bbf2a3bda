import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkLetter } from '../../../electron/domain/reference-numbers/check-letter.ts';
import { readRecordReference } from '../../../electron/domain/reference-numbers/record-reference.ts';

const YEAR = 2026;
const read = (received: string) => readRecordReference('police', received, YEAR);

test.each([
  ['2002/0073319Z', 'pnc-id', '2002/0073319Z'],
  ['02/73319z', 'pnc-id', '2002/0073319Z'],
  [' 81/34U ', 'pnc-id', '1981/0000034U'],
  ['065656/91H', 'cro-number', '065656/91H'],
  ['65656/91h', 'cro-number', '065656/91H'],
  ['SF05/482703J', 'cro-number', 'SF05/482703J'],
  ['SF83/50058Z', 'cro-number', 'SF83/50058Z'],
  ['1101ZD0100000410836V', 'asn', '1101ZD0100000410836V'],
  ['11 01 ZD 01 00000410836 V', 'asn', '1101ZD0100000410836V'],
] as const)('%s is read as %s and printed %s', (received, kind, printed) => {
  expect(read(received)).toEqual({ kind, printed, fault: null });
});

test.each([
  ['2003/0011985Z', 'pnc-id'],
  ['2001/0171310S', 'pnc-id'],
  ['85227/65G', 'cro-number'],
  ['SF05/482703K', 'cro-number'],
  ['1101ZD0100000410836W', 'asn'],
] as const)('%s stays as it was received, because its check letter does not fit', (received, kind) => {
  expect(read(received)).toEqual({ kind, printed: received, fault: 'wrong-check-letter' });
});

test('a PNC identifier of a year to come stays as it was received', () => {
  const serial = '0000001';
  const received = `2027/${serial}${checkLetter(`27${serial}`)}`;

  expect(read(received)).toEqual({ kind: 'pnc-id', printed: received, fault: 'year-in-the-future' });
});

test('what has the form of two numbers is the one whose check letter fits', () => {
  const pnc = `81/34${checkLetter('810000034')}`;
  const cro = `81/34${checkLetter('34000081')}`;

  expect(pnc).not.toBe(cro);
  expect(read(pnc)).toMatchObject({ kind: 'pnc-id', fault: null });
  expect(read(cro)).toMatchObject({ kind: 'cro-number', fault: null });
});

test('a reference of no form that is known is a reference, and no fault is found with it', () => {
  expect(read('FILE 12')).toEqual({ kind: 'other', printed: 'FILE 12', fault: null });
});

test('a reference of the immigration database is never read as a police number', () => {
  expect(readRecordReference('immigration', '2002/0073319Z', YEAR)).toEqual({
    kind: 'immigration-reference',
    printed: '2002/0073319Z',
    fault: null,
  });
});

test('nothing that a database writes is dropped or throws, and what is at fault is never rewritten', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[SF\d/ ]{1,14}[A-Z]$/)), (received) => {
      const { fault, printed } = read(received);
      if (fault !== null) expect(printed).toBe(received);
      // What is printed is read as the same again.
      expect(read(printed).printed).toBe(printed);
    }),
  );
});
