import { expect, test } from 'vitest';
import { arcTangent2, cosine, exponential, sine, smoothStep } from '../../../native-bridge/synthesis/exact-math.ts';

const SAMPLES = Array.from({ length: 4_001 }, (_, i) => (i - 2_000) * 0.01);

test('sine and cosine lie within 1e-7 of the engine’s', () => {
  for (const angle of SAMPLES) {
    expect(Math.abs(sine(angle) - Math.sin(angle))).toBeLessThan(1e-7);
    expect(Math.abs(cosine(angle) - Math.cos(angle))).toBeLessThan(1e-7);
  }
});

test('the arctangent lies within 1e-6 of the engine’s in all four quadrants and on the axes', () => {
  for (const angle of SAMPLES) {
    const [y, x] = [3 * Math.sin(angle), 3 * Math.cos(angle)];
    expect(Math.abs(arcTangent2(y, x) - Math.atan2(y, x))).toBeLessThan(1e-6);
  }
  for (const [y, x] of [
    [0, 0],
    [0, 2],
    [2, 0],
    [-2, 0],
    [0, -2],
  ]) {
    expect(arcTangent2(y, x)).toBeCloseTo(Math.atan2(y, x), 12);
  }
});

test('the exponential is relatively within 1e-12 of the engine’s', () => {
  for (const power of SAMPLES) expect(Math.abs(exponential(power) / Math.exp(power) - 1)).toBeLessThan(1e-12);
});

test('a smooth step rises from 0 to 1, or falls when its ends are exchanged', () => {
  expect([-1, 0, 1, 2, 3].map((value) => smoothStep(0, 2, value))).toEqual([0, 0, 0.5, 1, 1]);
  expect([-1, 0, 1, 2, 3].map((value) => smoothStep(2, 0, value))).toEqual([1, 1, 0.5, 0, 0]);
});
