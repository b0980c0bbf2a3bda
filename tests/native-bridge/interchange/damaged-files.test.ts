import { expect, test } from 'vitest';
import { loadSeeds } from '../../fuzz/interchange-seeds.ts';
import { runFuzz } from '../../fuzz/run-fuzz.ts';
import { freshWasmKernel } from './kernels.ts';

test('2,000 damaged files end in a typed fault or a reading that holds together', () => {
  const seeds = loadSeeds(45_000);
  const { cases, outcomes } = runFuzz(seeds, 2_000, 1, freshWasmKernel());
  const ends = Object.keys(outcomes);
  expect(cases).toBe(2_000);
  // The run is only worth something if it reaches beyond the first bytes of each kind of file.
  expect(ends).toEqual(expect.arrayContaining(['wsq read', 'an2 read', 'fmr read', 'wsq wsq.coefficients']));
  expect(ends.length).toBeGreaterThan(15);
});
