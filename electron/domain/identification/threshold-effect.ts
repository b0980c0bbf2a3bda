import { thresholdFor } from './threshold-for.ts';

/** From which score a candidate counts, and what that comes to. */
export interface ThresholdEffect {
  /** Score, −log10 of the false match rate of one comparison, when one finger is searched. */
  readonly oneFinger: number;
  /** The same for two fingers. */
  readonly twoFingers: number;
  /** Searches of a thousand, of people who are in no record and with two fingers, that find somebody all the same. */
  readonly falsePositivesPerThousand: number;
}

/** Searches that the effect is told of. */
const SEARCHES = 1_000;

/**
 * What a target means for a gallery of that many people. The number of false positives is reckoned back from the
 * threshold, FPIR = 1 − (1 − FMR)^N, under the assumptions of {@link thresholdFor}.
 * @throws IdentificationFault `identification.target-out-of-range`, `identification.size-out-of-range`
 */
export function thresholdEffect(targetFpir: number, people: number): ThresholdEffect {
  const oneFinger = thresholdFor({ targetFpir, people, fingers: 1 });
  const twoFingers = thresholdFor({ targetFpir, people, fingers: 2 });
  const falseMatchRate = 10 ** -twoFingers;
  const falsePositiveRate = -Math.expm1(people * 2 * Math.log1p(-falseMatchRate));
  return { oneFinger, twoFingers, falsePositivesPerThousand: SEARCHES * falsePositiveRate };
}
