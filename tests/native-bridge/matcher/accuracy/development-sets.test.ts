import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorRates } from '../../../support/matcher/error-rates.ts';
import { scoreSet } from '../../../support/matcher/score-set.ts';
import { twoFingerScores } from '../../../support/matcher/two-fingers.ts';

const IMAGES = resolve(import.meta.dirname, '../../../../../shared/data/fingerprints');
const SETS = ['fvc2002_db1_b', 'fvc2002_db2_b', 'fvc2002_db4_b', 'fvc2004_db1_b'];
const isMissing = !existsSync(IMAGES);
const whySkipped = isMissing ? ' (skipped: ../shared/data/fingerprints is missing)' : '';

/** Issue 3's figures for these sets, which the fusion was fitted to: a bound against decay, no claim about other sets. */
const BOUNDS = { eer: 0.024, fmr1000: 0.055, twoFingersFmr1000: 0.02 };

describe.skipIf(isMissing && process.env['CI'] === undefined)(`on the development sets${whySkipped}`, () => {
  test(
    'the pooled error rates, at one threshold, stay within the bounds and every image is enrolled',
    { timeout: 240_000 },
    async () => {
      if (isMissing) throw new Error('../shared/data/fingerprints is missing: the matcher cannot be measured');
      const sets = [];
      for (const name of SETS) sets.push(await scoreSet(resolve(IMAGES, name)));
      const pairs = sets.flatMap((set) => set.pairs);
      const scores = (isGenuine: boolean): number[] =>
        pairs.filter((pair) => pair.isGenuine === isGenuine).map((pair) => pair.score);
      const rates = errorRates(scores(true), scores(false));
      const people = sets.map(twoFingerScores);
      const two = errorRates(
        people.flatMap(({ genuine }) => genuine),
        people.flatMap(({ impostor }) => impostor),
      );

      expect([rates.genuine, rates.impostor]).toEqual([1120, 11_520]);
      expect(sets.map((set) => set.enrolled)).toEqual([80, 80, 80, 80]);
      expect(rates.eer).toBeLessThan(BOUNDS.eer);
      expect(rates.fmr1000).toBeLessThan(BOUNDS.fmr1000);
      expect(two.fmr1000).toBeLessThan(BOUNDS.twoFingersFmr1000);
      // The scale means what it says: of 11,520 strangers, about 1 in 100 reaches 2 and 1 in 1,000 reaches 3.
      const share = (score: number): number => scores(false).filter((value) => value >= score).length / rates.impostor;
      expect(share(2)).toBeGreaterThan(0.005);
      expect(share(2)).toBeLessThan(0.02);
      expect(share(3)).toBeLessThan(0.003);
    },
  );
});
