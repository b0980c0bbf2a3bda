import type { FingerPosition } from '../../native-bridge/matcher/matcher.ts';
import type { FrameFeed } from '../../native-bridge/scanner/feed.ts';
import { fingerOfPerson } from '../../native-bridge/synthesis/person.ts';
import { takeImpression } from '../../native-bridge/synthesis/take-impression.ts';
import type { TrainingHand } from '../station/platform.ts';
import { TRAINING_RUN_SEED } from './training-people.ts';

/** A simulated detainee: whoever is expected at the glass comes with the finger that was asked for. */
export interface SimulatedDetainee extends TrainingHand {
  readonly feed: FrameFeed;
}

/** Somebody of the station's staff, for an administrator's test capture. */
const STAFF_SEED = 1_000_000;
/** The gallery holds impression 0; who comes to the desk leaves another one. */
const FIRST_IMPRESSION = 101;

/** Makes a hand: each check gets the next visitor of the list, and begins again at its end. */
export function createSimulatedDetainee(visitors: readonly number[]): SimulatedDetainee {
  const ofCheck = new Map<string, number>();
  let expected: { readonly personSeed: number; readonly position: FingerPosition } | null = null;
  let impression = FIRST_IMPRESSION;
  return {
    expect(checkReference, position) {
      const known = ofCheck.get(checkReference);
      const personSeed = known ?? visitors[ofCheck.size % visitors.length] ?? STAFF_SEED;
      if (known === undefined) ofCheck.set(checkReference, personSeed);
      expected = { personSeed, position };
    },
    async feed() {
      const { personSeed, position } = expected ?? { personSeed: STAFF_SEED, position: 2 as const };
      expected = null;
      impression += 1;
      return takeImpression(fingerOfPerson(TRAINING_RUN_SEED, personSeed, position), impression);
    },
  };
}
