import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thresholdFor } from '../../../electron/domain/identification/threshold-for.ts';

test('one comparison at a target of 1 in 1,000 asks for a score of 3', () => {
  expect(thresholdFor({ targetFpir: 0.001, people: 1, fingers: 1 })).toBeCloseTo(3, 10);
});

test('a gallery of 1,000 people asks for about three more than one person', () => {
  // 1 - (1 - 0.001)^(1/1000) = 1.0005001e-6, whose -log10 is 5.99978.
  expect(thresholdFor({ targetFpir: 0.001, people: 1_000, fingers: 1 })).toBeCloseTo(5.99978, 5);
});

test('two fingers ask for log10(2) more than one', () => {
  const one = thresholdFor({ targetFpir: 1e-4, people: 1_000, fingers: 1 });
  const two = thresholdFor({ targetFpir: 1e-4, people: 1_000, fingers: 2 });

  expect(two - one).toBeCloseTo(Math.log10(2), 6);
});

test('the smallest target over a million people keeps its digits', () => {
  expect(thresholdFor({ targetFpir: 1e-9, people: 1_000_000, fingers: 1 })).toBeCloseTo(15, 6);
});

test('an empty gallery has a finite threshold', () => {
  expect(thresholdFor({ targetFpir: 0.001, people: 0, fingers: 2 })).toBeCloseTo(3, 10);
});

test('the false positive rate that the threshold implies is the target, for any gallery', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 0.1, noNaN: true }),
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 1, max: 2 }),
      (targetFpir, people, fingers) => {
        const fmr = 10 ** -thresholdFor({ targetFpir, people, fingers });
        const fpir = -Math.expm1(people * fingers * Math.log1p(-fmr));
        expect(fpir / targetFpir).toBeCloseTo(1, 6);
      },
    ),
  );
});

test.each([0, 1, -0.1, 2, Number.NaN])('a target of %s is refused', (targetFpir) => {
  expect(() => thresholdFor({ targetFpir, people: 1, fingers: 1 })).toThrow('identification.target-out-of-range');
});

test.each([
  [-1, 1],
  [1.5, 1],
  [Number.NaN, 1],
  [1, 0],
  [1, 1.5],
])('%s people and %s fingers are refused', (people, fingers) => {
  expect(() => thresholdFor({ targetFpir: 0.001, people, fingers })).toThrow('identification.size-out-of-range');
});
