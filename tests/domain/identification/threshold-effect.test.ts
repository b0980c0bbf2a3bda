import { describe, expect, test } from 'vitest';
import { thresholdEffect } from '../../../electron/domain/identification/threshold-effect.ts';

describe('the effect of a target', () => {
  test.each([
    [1e-5, 1_000_000, 11, 11.301],
    [1e-3, 1_000, 5.9998, 6.3008],
    [1e-2, 10, 2.9979, 3.2989],
  ])('of %f on %i people is a score of %f for one finger and of %f for two', (target, people, one, two) => {
    const effect = thresholdEffect(target, people);
    expect(effect.oneFinger).toBeCloseTo(one, 3);
    expect(effect.twoFingers).toBeCloseTo(two, 3);
  });

  test.each([1e-9, 1e-5, 5e-4, 0.01, 0.1])(
    'of %f is, in a thousand searches, a thousand times as many false positives',
    (target) => {
      for (const people of [1, 12, 1_000, 1_000_000]) {
        expect(thresholdEffect(target, people).falsePositivesPerThousand / (1_000 * target)).toBeCloseTo(1, 6);
      }
    },
  );

  test('grows with the database: ten times the people ask for one more', () => {
    expect(thresholdEffect(1e-4, 1_000_000).oneFinger - thresholdEffect(1e-4, 100_000).oneFinger).toBeCloseTo(1, 6);
  });

  test('on an empty database finds nobody', () => {
    expect(thresholdEffect(1e-4, 0).falsePositivesPerThousand).toBe(0);
  });

  test.each([0, 1, -1, Number.NaN])('refuses the target %f', (target) => {
    expect(() => thresholdEffect(target, 10)).toThrow('identification.target-out-of-range');
  });
});
