import { describe, expect, test } from 'vitest';
import { dayAfter, dayOf } from '../../electron/domain/day.ts';

describe('a day', () => {
  test.each([
    ['2026-01-15T00:00:00Z', '2026-01-15'],
    ['2026-01-15T23:59:59.999Z', '2026-01-15'],
    ['2026-07-15T22:59:59.999Z', '2026-07-15'],
    ['2026-07-15T23:00:00Z', '2026-07-16'],
    ['2026-12-31T23:59:59Z', '2026-12-31'],
  ])('is, at %s, %s on London’s clocks', (moment, day) => {
    expect(dayOf(Date.parse(moment))).toBe(day);
  });

  test.each([
    ['2026-03-28', 1, '2026-03-29'],
    ['2026-03-29', 1, '2026-03-30'],
    ['2026-10-25', -1, '2026-10-24'],
    ['2026-10-24', 2, '2026-10-26'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-11-22', -399, '2025-10-19'],
  ])('%s moved by %i is %s, over the change of the clocks and the end of a year', (day, step, moved) => {
    expect(dayAfter(day, step)).toBe(moved);
  });
});
