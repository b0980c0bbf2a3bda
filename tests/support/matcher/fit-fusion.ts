import { calibrate, fuseEvidence, type FusionModel } from '../../../native-bridge/matcher/compare/fusion.ts';
import { fitLogistic } from './logistic.ts';

/** The evidence of every placement that was tried for one comparison; none when an image could not be enrolled. */
export interface EvidencePair {
  readonly set: number;
  readonly isGenuine: boolean;
  readonly hypotheses: readonly Float64Array[];
}

/** Penalty on the weights: strong, since what is left in the choice is the taste of four sensors. */
const RIDGE = 30;
/** Rounds of choosing the best placement under the model and fitting the model to the placements chosen. */
const ROUNDS = 3;
/** Number of the evidence by which placements are chosen before there is a model: share times number. */
const FIRST_CHOICE = 3;
/** Shares of false matches at which the calibration is read off, and the range to which its tail is fitted. */
const CURVE_SHARES: readonly number[] = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01];
const TAIL_SHARES = { from: 0.02, to: 0.0005 } as const;
/** Where the straight tail ends; the comparer goes on with its slope. */
const TAIL_END_SCORE = 8;

function bestOf(pair: EvidencePair, weigh: (evidence: Float64Array) => number): Float64Array | undefined {
  let [best, most] = [pair.hypotheses[0], Number.NEGATIVE_INFINITY];
  for (const evidence of pair.hypotheses) {
    const value = weigh(evidence);
    if (value > most) [best, most] = [evidence, value];
  }
  return best;
}

/** The log-odds of a pair under a model: the best of its placements. */
export function pairLogOdds(pair: EvidencePair, model: FusionModel): number {
  return pair.hypotheses.reduce(
    (most, evidence) => Math.max(most, fuseEvidence(evidence, model)),
    Number.NEGATIVE_INFINITY,
  );
}

/** Reads the curve off the impostors and continues it with the straight line that fits its tail (least squares). */
function calibrationOf(impostorLogOdds: readonly number[]): (readonly [number, number])[] {
  const falling = impostorLogOdds.toSorted((a, b) => b - a);
  const level = (share: number): number => falling[Math.max(0, Math.round(share * falling.length) - 1)];
  const tail = { count: 0, x: 0, y: 0, xx: 0, xy: 0 };
  for (let rank = Math.round(TAIL_SHARES.to * falling.length); rank <= TAIL_SHARES.from * falling.length; rank += 1) {
    const [x, y] = [falling[rank - 1], -Math.log10(rank / falling.length)];
    tail.count += 1;
    tail.x += x;
    tail.y += y;
    tail.xx += x * x;
    tail.xy += x * y;
  }
  const slope = (tail.count * tail.xy - tail.x * tail.y) / (tail.count * tail.xx - tail.x ** 2);
  const score = (x: number): number => (tail.y + slope * (x - tail.x / tail.count) * tail.count) / tail.count;
  const bottom = level(0.9);
  const curve = CURVE_SHARES.map((share): [number, number] => [level(share), -Math.log10(share)]).filter(
    ([x], index, all) => index === 0 || x > all[index - 1][0],
  );
  const [lastLevel, lastScore] = curve[curve.length - 1];
  const endLevel = lastLevel + (TAIL_END_SCORE - Math.max(lastScore, score(lastLevel))) / slope;
  return [[bottom, 0], ...curve, [endLevel, TAIL_END_SCORE]];
}

/** Fits weights and calibration to pairs. */
export function fitFusion(pairs: readonly EvidencePair[]): FusionModel {
  let model: FusionModel = { weights: [], offset: 0, calibration: [] };
  let weigh = (evidence: Float64Array): number => evidence[FIRST_CHOICE];
  for (let round = 0; round < ROUNDS; round += 1) {
    const chosen = pairs.flatMap((pair) => {
      const evidence = bestOf(pair, weigh);
      return evidence === undefined ? [] : [{ evidence, isGenuine: pair.isGenuine }];
    });
    const inputs = chosen.map(({ evidence }) => evidence);
    const fitted = fitLogistic(
      inputs,
      chosen.map(({ isGenuine }) => isGenuine),
      RIDGE,
    );
    const fresh: FusionModel = { ...fitted, calibration: [] };
    model = fresh;
    weigh = (evidence) => fuseEvidence(evidence, fresh);
  }
  const impostors = pairs.filter((pair) => !pair.isGenuine && pair.hypotheses.length > 0);
  return { ...model, calibration: calibrationOf(impostors.map((pair) => pairLogOdds(pair, model))) };
}

/** The calibrated score of a pair under a model. */
export function pairScore(pair: EvidencePair, model: FusionModel): number {
  return pair.hypotheses.length === 0 ? 0 : calibrate(pairLogOdds(pair, model), model);
}
