import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAsn, printAsn } from '../../../electron/domain/reference-numbers/asn.ts';
import { checkLetter, CHECK_LETTERS } from '../../../electron/domain/reference-numbers/check-letter.ts';
import { parseCroNumber, printCroNumber } from '../../../electron/domain/reference-numbers/cro-number.ts';
import { parsePncId, printPncId, printShortPncId } from '../../../electron/domain/reference-numbers/pnc-id.ts';

const THIS_YEAR = 2026;
const year = fc.integer({ min: 1927, max: THIS_YEAR });
const twoCharacters = fc.stringMatching(/^[A-Z0-9]{2}$/);

describe('check letters', () => {
  test('there are 23, without I, O and S', () => {
    expect(new Set(CHECK_LETTERS).size).toBe(23);
    expect(CHECK_LETTERS).not.toMatch(/[IOS]/);
  });

  test('a number beyond the exact integers of a double keeps its letter', () => {
    // 9007199254740993 = 2^53 + 1, which a double rounds to 2^53; 2^53 mod 23 is 6 (2^11 = 1 mod 23, 53 = 4 * 11 + 9; 2^9 = 512 = 22 * 23 + 6).
    expect(checkLetter('9007199254740992')).toBe(CHECK_LETTERS.charAt(6));
    expect(checkLetter('9007199254740993')).toBe(CHECK_LETTERS.charAt(7));
  });
});

describe('PNC identifiers', () => {
  test.each([
    ['2002/0073319Z', 2002, 73_319],
    ['1979/0163001B', 1979, 163_001],
    ['81/34U', 1981, 34],
    ['2018/0123456P', 2018, 123_456],
    ['  18/123456p ', 2018, 123_456],
  ])('"%s" is year %s, serial %s', (text, expectedYear, serial) => {
    expect(parsePncId(text, THIS_YEAR)).toEqual({ kind: 'parsed', reference: { year: expectedYear, serial } });
  });

  test.each(['2003/0011985Z', '2001/0171310S', '2018/0123456Q'])('"%s" has a wrong check letter', (text) => {
    expect(parsePncId(text, THIS_YEAR)).toEqual({ kind: 'refused', reason: 'wrong-check-letter' });
  });

  test.each(['', '2002', '2002/Z', '2002/00733190Z', '2002-0073319Z', '202/0073319Z', '1802/0073319Z', '٢٠/34U'])(
    '"%s" is not of the form',
    (text) => {
      expect(parsePncId(text, THIS_YEAR)).toEqual({ kind: 'refused', reason: 'wrong-form' });
    },
  );

  test('a year after this one is refused', () => {
    const text = printPncId({ year: THIS_YEAR + 1, serial: 5 });

    expect(parsePncId(text, THIS_YEAR)).toEqual({ kind: 'refused', reason: 'year-in-the-future' });
  });

  test('a two-digit year up to this one is of this century, the next is of the last', () => {
    expect(parsePncId(printShortPncId({ year: 2026, serial: 34 }), THIS_YEAR)).toMatchObject({
      reference: { year: 2026 },
    });
    expect(parsePncId(printShortPncId({ year: 1927, serial: 34 }), THIS_YEAR)).toMatchObject({
      reference: { year: 1927 },
    });
  });

  test('the long form and the short form both parse to what was printed', () => {
    fc.assert(
      fc.property(year, fc.integer({ min: 0, max: 9_999_999 }), (someYear, serial) => {
        const id = { year: someYear, serial };
        expect(parsePncId(printPncId(id), THIS_YEAR)).toEqual({ kind: 'parsed', reference: id });
        expect(parsePncId(printShortPncId(id), THIS_YEAR)).toEqual({ kind: 'parsed', reference: id });
      }),
    );
  });

  test('one wrong digit of the serial is always found', () => {
    fc.assert(
      fc.property(
        year,
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (someYear, serial, place, shift) => {
          const printed = printPncId({ year: someYear, serial });
          const at = 5 + place;
          const wrong = (Number(printed[at]) + shift) % 10;
          const text = `${printed.slice(0, at)}${wrong}${printed.slice(at + 1)}`;
          expect(parsePncId(text, THIS_YEAR)).toEqual({ kind: 'refused', reason: 'wrong-check-letter' });
        },
      ),
    );
  });
});

describe('CRO numbers', () => {
  test.each([
    ['065656/91H', { kind: 'usual', year: 1991, serial: 65_656 }],
    ['65656/91h', { kind: 'usual', year: 1991, serial: 65_656 }],
    ['012345/07N', { kind: 'usual', year: 2007, serial: 12_345 }],
    ['SF05/482703J', { kind: 'sf', year: 2005, serialAsWritten: '482703' }],
    ['SF83/50058Z', { kind: 'sf', year: 1983, serialAsWritten: '50058' }],
    ['sf92/1234q', { kind: 'sf', year: 1992, serialAsWritten: '1234' }],
  ])('"%s" is parsed', (text, reference) => {
    expect(parseCroNumber(text, THIS_YEAR)).toEqual({ kind: 'parsed', reference });
  });

  test.each(['85227/65G', '065656/91Z', 'SF05/482703K', 'SF83/050058Z'])('"%s" has a wrong check letter', (text) => {
    expect(parseCroNumber(text, THIS_YEAR)).toEqual({ kind: 'refused', reason: 'wrong-check-letter' });
  });

  test.each(['', 'SF', '065656/1991H', '0656561/91H', 'SF05/4827031J', 'SF05-482703J', 'SFAB/1J', '065656/91'])(
    '"%s" is not of either form',
    (text) => {
      expect(parseCroNumber(text, THIS_YEAR)).toEqual({ kind: 'refused', reason: 'wrong-form' });
    },
  );

  test('both forms parse to what was printed', () => {
    const usual = fc.record({
      kind: fc.constant('usual' as const),
      year,
      serial: fc.integer({ min: 0, max: 999_999 }),
    });
    const sf = fc.record({ kind: fc.constant('sf' as const), year, serialAsWritten: fc.stringMatching(/^\d{1,6}$/) });
    fc.assert(
      fc.property(fc.oneof(usual, sf), (cro) => {
        expect(parseCroNumber(printCroNumber(cro), THIS_YEAR)).toEqual({ kind: 'parsed', reference: cro });
      }),
    );
  });
});

describe('arrest and summons numbers', () => {
  test.each([
    ['1101ZD0100000410836V', { year: 2011, force: '01', unit: 'ZD', system: '01', sequence: 410_836 }],
    ['11 01 ZD 01 00000410836 V', { year: 2011, force: '01', unit: 'ZD', system: '01', sequence: 410_836 }],
    ['2401zd0100000987654g', { year: 2024, force: '01', unit: 'ZD', system: '01', sequence: 987_654 }],
  ])('"%s" is parsed', (text, reference) => {
    expect(parseAsn(text, THIS_YEAR)).toEqual({ kind: 'parsed', reference });
  });

  test('a wrong check letter is found', () => {
    expect(parseAsn('1101ZD0100000410836U', THIS_YEAR)).toEqual({ kind: 'refused', reason: 'wrong-check-letter' });
  });

  test.each(['', '1101ZD010000041083V', '1101ZD01000004108360V', 'AA01ZD0100000410836V', '1101ZD01-0000410836V'])(
    '"%s" is not of the form',
    (text) => {
      expect(parseAsn(text, THIS_YEAR)).toEqual({ kind: 'refused', reason: 'wrong-form' });
    },
  );

  test('the unit is not in the check letter, the force is', () => {
    expect(parseAsn('1101QQ0100000410836V', THIS_YEAR).kind).toBe('parsed');
    expect(parseAsn('1102ZD0100000410836V', THIS_YEAR).kind).toBe('refused');
  });

  test('a force or a system that is no number is left out of the check letter', () => {
    const asn = { year: 2011, force: 'A1', unit: 'ZD', system: 'B2', sequence: 410_836 };

    expect(printAsn(asn)).toBe(`11A1ZDB200000410836${checkLetter('1100000410836')}`);
  });

  test('what is printed parses to the same number', () => {
    const asn = fc.record({
      year,
      force: twoCharacters,
      unit: twoCharacters,
      system: twoCharacters,
      sequence: fc.integer({ min: 0, max: 99_999_999_999 }),
    });
    fc.assert(
      fc.property(asn, (number) => {
        expect(parseAsn(printAsn(number), THIS_YEAR)).toEqual({ kind: 'parsed', reference: number });
      }),
    );
  });
});
