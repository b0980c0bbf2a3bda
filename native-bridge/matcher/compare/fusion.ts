import model from './fusion-model.json' with { type: 'json' };
import { EVIDENCE_LENGTH } from './hypothesis.ts';

/** A linear model of the log-odds that two impressions are of one finger, and what its results mean. */
export interface FusionModel {
  /** One weight a piece of evidence, in the order of `EVIDENCE_NAMES`. */
  readonly weights: readonly number[];
  readonly offset: number;
  /** Log-odds and −log10 of the share of comparisons of different fingers that reach them, both rising. */
  readonly calibration: readonly (readonly number[])[];
}

/** The model in use, written by `npm run fit:matcher`; see docs/matcher.md, "What was tuned on what". */
export const FUSION_MODEL: FusionModel = model;

/** Log-odds of the evidence under a model. */
export function fuseEvidence(evidence: Float64Array, { weights, offset }: FusionModel): number {
  let sum = offset;
  for (let index = 0; index < EVIDENCE_LENGTH; index += 1) sum += weights[index] * evidence[index];
  return sum;
}

/**
 * The calibrated score of log-odds: linear between the measured points, beyond the last as between the last two, and
 * 0 from the first point down.
 */
export function calibrate(logOdds: number, { calibration }: FusionModel): number {
  const next = calibration.findIndex(([level]) => level > logOdds);
  const end = next === -1 ? calibration.length - 1 : next;
  if (end === 0) return 0;
  const [fromLevel, fromScore] = calibration[end - 1];
  const [toLevel, toScore] = calibration[end];
  return fromScore + ((logOdds - fromLevel) * (toScore - fromScore)) / (toLevel - fromLevel);
}
