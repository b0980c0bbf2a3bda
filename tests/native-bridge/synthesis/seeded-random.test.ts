import { expect, test } from 'vitest';
import { SeededRandom } from '../../../native-bridge/synthesis/seeded-random.ts';
import { SmoothNoise } from '../../../native-bridge/synthesis/smooth-noise.ts';

const numbersOf = (random: SeededRandom, count: number): number[] =>
  Array.from({ length: count }, () => random.share());

test('a seed gives the same numbers again, and another for each purpose and each type of seed', () => {
  const first = numbersOf(new SeededRandom(7, 'a'), 20);
  expect(numbersOf(new SeededRandom(7, 'a'), 20)).toEqual(first);
  const others = [
    new SeededRandom(7, 'b'),
    new SeededRandom('7', 'a'),
    new SeededRandom(7n, 'a'),
    new SeededRandom(8, 'a'),
  ];
  for (const other of others) expect(numbersOf(other, 20)).not.toEqual(first);
});

test('filled shares are those that single calls give', () => {
  const filled = new Float64Array(100);
  const random = new SeededRandom('x', 'y');
  random.fillShares(filled);
  const single = new SeededRandom('x', 'y');
  expect([...filled, random.share()]).toEqual(numbersOf(single, 101));
});

test('shares fill the interval evenly, and normal numbers have their mean and deviation', () => {
  const random = new SeededRandom(1, 'spread');
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 20_000; i++) tenths[random.below(10)]++;
  for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  const normals = Array.from({ length: 20_000 }, () => random.normal(5, 2));
  const mean = normals.reduce((sum, value) => sum + value, 0) / normals.length;
  const variance = normals.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normals.length;
  expect(mean).toBeCloseTo(5, 1);
  expect(Math.sqrt(variance)).toBeCloseTo(2, 1);
});

test('smooth noise has about unit deviation and no step between neighbours', () => {
  const noise = new SmoothNoise(new SeededRandom(3, 'noise'), 400, 400, 20);
  const row = new Float64Array(400);
  let sum = 0;
  let steepest = 0;
  for (let y = 0; y < 400; y++) {
    noise.fillRow(y, row);
    row.forEach((value, x) => {
      sum += value * value;
      if (x > 0) steepest = Math.max(steepest, Math.abs(value - row[x - 1]));
    });
  }
  const deviation = Math.sqrt(sum / 160_000);
  expect(deviation).toBeGreaterThan(0.8);
  expect(deviation).toBeLessThan(1.2);
  expect(steepest).toBeLessThan(0.5);
});
