import { expect, test } from 'vitest';
import { errorRates } from '../../../support/matcher/error-rates.ts';

test('scores that do not overlap have no errors', () => {
  const rates = errorRates([5, 6, 7], [1, 2, 3]);
  expect([rates.eer, rates.fmr100, rates.fmr1000, rates.zeroFmr]).toEqual([0, 0, 0, 0]);
});

test('the equal error rate is the mean of the nearer of the two points between which the curves cross', () => {
  // At 4: FNMR 1/4, FMR 1/4.
  expect(errorRates([3, 5, 6, 7], [1, 2, 2, 4]).eer).toBe(0.25);
  // At 3: FNMR 0, FMR 2/4; at 4: FNMR 1/2, FMR 1/4; the sum is smaller at 3.
  expect(errorRates([3, 5], [1, 2, 3, 4]).eer).toBe(0.25);
});

test('a false match rate of 1 in 1,000 among 2,000 impostors allows two of them', () => {
  const impostors = Array.from({ length: 2000 }, (_, index) => index / 1000);
  const rates = errorRates([1.9965, 1.9975, 1.9985, 5], impostors);
  expect(rates.fmr1000).toBe(0.25);
  expect(rates.zeroFmr).toBe(0.75);
});

test('genuine scores that equal an impostor that is not allowed do not count as matches', () => {
  expect(errorRates([1, 1, 2], [1, 0]).zeroFmr).toBeCloseTo(2 / 3);
});
