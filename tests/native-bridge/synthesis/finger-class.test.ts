import { expect, test } from 'vitest';
import { CLASS_SHARES, type FingerClass, drawFingerClass } from '../../../native-bridge/synthesis/finger-class.ts';
import { SeededRandom } from '../../../native-bridge/synthesis/seeded-random.ts';
import { placeSingularities } from '../../../native-bridge/synthesis/singularities.ts';

const CLASSES: readonly FingerClass[] = ['arch', 'tented-arch', 'left-loop', 'right-loop', 'whorl'];

function countClasses(fingers: number, hand?: 'left' | 'right'): Record<FingerClass, number> {
  const counts = { arch: 0, 'tented-arch': 0, 'left-loop': 0, 'right-loop': 0, whorl: 0 };
  for (let seed = 0; seed < fingers; seed++) counts[drawFingerClass(new SeededRandom(seed, 'class'), hand)]++;
  return counts;
}

test('over 20,000 seeds every class comes in its natural share, to within one in a hundred', () => {
  const counts = countClasses(20_000);
  for (const name of CLASSES) expect(Math.abs(counts[name] / 20_000 - CLASS_SHARES[name])).toBeLessThan(0.01);
});

test('loops open towards the little finger on most fingers of either hand', () => {
  const right = countClasses(5_000, 'right');
  const left = countClasses(5_000, 'left');
  expect(right['right-loop']).toBeGreaterThan(8 * right['left-loop']);
  expect(left['left-loop']).toBeGreaterThan(8 * left['right-loop']);
});

test('an arch has no core, a loop a core and a delta, a whorl two of each', () => {
  const numbers = CLASSES.map((name) => {
    const { cores, deltas } = placeSingularities(new SeededRandom(1, 'poles'), name);
    return [cores.length, deltas.length];
  });
  expect(numbers).toEqual([
    [0, 0],
    [1, 1],
    [1, 1],
    [1, 1],
    [2, 2],
  ]);
});

test('the delta of a left loop lies on the right, and that of a right loop on the left', () => {
  for (let seed = 0; seed < 50; seed++) {
    const left = placeSingularities(new SeededRandom(seed, 'poles'), 'left-loop');
    const right = placeSingularities(new SeededRandom(seed, 'poles'), 'right-loop');
    expect(left.deltas[0].x).toBeGreaterThan(left.cores[0].x);
    expect(right.deltas[0].x).toBeLessThan(right.cores[0].x);
  }
});
