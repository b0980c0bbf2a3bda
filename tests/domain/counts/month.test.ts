import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isClosed, isMonth, monthAfter, monthOf, monthsBetween } from '../../../electron/domain/counts/month.ts';

test.each([
  ['2026-01-31T23:59:59Z', '2026-01', 'the last second of a winter month'],
  ['2026-02-01T00:00:01Z', '2026-02', 'the first second after it'],
  ['2026-06-30T22:59:59Z', '2026-06', 'the last second of a summer month, by the clock on the wall'],
  ['2026-06-30T23:00:01Z', '2026-07', 'the first second after it, still June in UTC'],
  ['2026-03-31T22:59:59Z', '2026-03', 'the month in which the clocks go forward'],
  ['2026-03-31T23:00:01Z', '2026-04', 'after it'],
  ['2026-10-31T23:59:59Z', '2026-10', 'the month in which the clocks go back'],
  ['2026-11-01T00:00:01Z', '2026-11', 'after it'],
  ['2026-03-29T00:59:59Z', '2026-03', 'the second before the clocks go forward'],
  ['2026-10-25T01:00:01Z', '2026-10', 'the hour that comes twice'],
  ['2028-02-29T23:59:59Z', '2028-02', 'a leap day'],
  ['2028-03-01T00:00:01Z', '2028-03', 'the day after a leap day'],
  ['2025-12-31T23:59:59Z', '2025-12', 'the last second of a year'],
  ['2026-01-01T00:00:01Z', '2026-01', 'the first second of a year'],
  ['1971-01-31T23:30:00Z', '1971-02', 'a winter in which Britain kept summer time'],
])('%s belongs to %s: %s', (moment, month) => {
  expect(monthOf(Date.parse(moment))).toBe(month);
});

test('a month is closed at its last midnight in London and not a second before', () => {
  expect(isClosed('2026-06', Date.parse('2026-06-30T22:59:59.999Z'))).toBe(false);
  expect(isClosed('2026-06', Date.parse('2026-06-30T23:00:00.000Z'))).toBe(true);
});

test('a clock that is set back opens the month again, so that nothing is sent twice under two months', () => {
  expect(isClosed('2026-06', Date.parse('2026-07-01T09:00:00Z'))).toBe(true);
  expect(isClosed('2026-06', Date.parse('2026-06-29T09:00:00Z'))).toBe(false);
});

test('going on some months and back again ends where it began', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1970 * 12, max: 2200 * 12 }), fc.integer({ min: -600, max: 600 }), (months, step) => {
      const month = monthAfter('0000-01', months);
      expect(isMonth(month)).toBe(true);
      expect(monthAfter(monthAfter(month, step), -step)).toBe(month);
    }),
  );
});

test('later moments never lie in earlier months', () => {
  const moment = fc.integer({ min: 0, max: Date.parse('2100-01-01T00:00:00Z') });
  fc.assert(
    fc.property(moment, moment, (one, other) => {
      expect(monthOf(Math.min(one, other)) <= monthOf(Math.max(one, other))).toBe(true);
    }),
  );
});

test('the months from one to another are all there, in order, across a year', () => {
  expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  expect(monthsBetween('2026-02', '2025-11')).toEqual([]);
});

test.each(['2026-13', '2026-00', '26-01', '2026-1', '2026-01-01', ' 2026-01', ''])('%j is no month', (text) => {
  expect(isMonth(text)).toBe(false);
});
