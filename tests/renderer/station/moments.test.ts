import { describe, expect, test } from 'vitest';
import { clockTime, dayInWords, latestMomentAt, monthInWords, monthOf } from '../../../renderer/station/moments.ts';

describe('a clock time that the officer types', () => {
  test.each([
    ['14:20', '2026-11-19T14:20:00.000Z'],
    ['1420', '2026-11-19T14:20:00.000Z'],
    ['9.05', '2026-11-19T09:05:00.000Z'],
    ['14:45', '2026-11-19T14:45:00.000Z'],
  ])('%s is the latest moment at which the clock showed it', (typed, moment) => {
    expect(latestMomentAt(typed, new Date('2026-11-19T14:45:30.000Z'))).toBe(moment);
  });

  test('a time later than now is yesterday, as just after midnight', () => {
    expect(latestMomentAt('23:50', new Date('2026-11-19T00:10:00.000Z'))).toBe('2026-11-18T23:50:00.000Z');
  });

  test('in summer the clock on the wall is an hour ahead of UTC', () => {
    expect(latestMomentAt('14:20', new Date('2026-07-01T13:45:00.000Z'))).toBe('2026-07-01T13:20:00.000Z');
  });

  test.each(['', '24:00', '14:60', 'noon', '14', '14:5', '114:20'])('"%s" is not a time', (typed) => {
    expect(latestMomentAt(typed, new Date('2026-11-19T14:45:30.000Z'))).toBeNull();
  });
});

test('moments are read in the time of Europe/London, and English dates are those of the United Kingdom', () => {
  expect(clockTime('2026-07-01T22:59:59.000Z')).toBe('23:59');
  expect(clockTime('2026-07-01T22:59:59.000Z', true)).toBe('23:59:59');
  expect(dayInWords('2026-07-01T23:30:00.000Z', 'en')).toBe('2 July 2026');
  expect(dayInWords('2026-07-01T23:30:00.000Z', 'cy')).toBe('2 Gorffennaf 2026');
  expect(monthInWords('2026-07', 'en')).toBe('July 2026');
});

test('the month of a moment turns at midnight in London, and moves over the end of a year', () => {
  expect(monthOf(new Date('2026-06-30T23:30:00.000Z'))).toBe('2026-07');
  expect(monthOf(new Date('2026-01-15T12:00:00.000Z'), -1)).toBe('2025-12');
  expect(monthOf(new Date('2026-12-15T12:00:00.000Z'), 1)).toBe('2027-01');
});
