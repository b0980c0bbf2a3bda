import { loadComparisonKernel } from '../kernels/load-comparison-kernel.ts';
import { MAXIMUM_TEMPLATE_MINUTIAE } from '../parameters.ts';
import { createCorrespondence, fitPlacement, Matching, type Placement } from './alignment.ts';
import { EVIDENCE_LENGTH, weighHypothesis } from './hypothesis.ts';
import { LocalSimilarity } from './local-similarity.ts';
import { measureOverlap, type Overlap } from './overlap.ts';
import { createPairList } from './pair-list.ts';
import { PairSelection } from './pair-selection.ts';
import type { PreparedTemplate } from './prepared-template.ts';
import { Relaxation } from './relaxation.ts';

/** Placements that are tried, from the best supported pairs. */
const HYPOTHESES = 4;
/** Radii within which minutiae coincide in the rounds of fitting, pixels at 500 ppi: wide at first. */
const RADII_PX: readonly number[] = [20, 20, 16, 16, 12];
/** Round from which the placement may strain, and how much it resists, px² (a pair's weight times its distance squared). */
const FIRST_STRAINED_ROUND = 2;
const STIFFNESS_PX2 = 5000;
/** Largest difference of direction of minutiae that coincide, 256ths of a turn (30°). */
const TURN_LIMIT = 21;
/** Distance at which a coincidence counts half in fitting, pixels. */
const FIT_HALF_PX = 6;
/** Pairs whose support makes the local score: 4 for few minutiae, 12 for many. Source: Cappelli et al. 2010. */
const LEAST_SUPPORTERS = 4;
const MOST_SUPPORTERS = 12;

function supporters(minutiae: number): number {
  const growth = (MOST_SUPPORTERS - LEAST_SUPPORTERS) / (1 + Math.exp(-0.4 * (minutiae - 20)));
  return Math.round(LEAST_SUPPORTERS + growth);
}

/** Gathers evidence for a comparison, in memory of its own that is used again for the next. */
export class EvidenceCollector {
  readonly #local = new LocalSimilarity(loadComparisonKernel());
  readonly #selection = new PairSelection();
  readonly #relaxation = new Relaxation();
  readonly #matching = new Matching();
  readonly #pairs = createPairList();
  readonly #found = createCorrespondence();
  readonly #order = new Uint8Array(MAXIMUM_TEMPLATE_MINUTIAE);
  readonly #keys = new Float32Array(MAXIMUM_TEMPLATE_MINUTIAE);
  readonly #place: Placement = { xx: 1, xy: 0, yx: 0, yy: 1, dx: 0, dy: 0, turnRad: 0 };
  readonly #overlap: Overlap = { cells: 0, probeMinutiae: 0, recordMinutiae: 0, probeQuality: 0, recordQuality: 0 };
  readonly #evidence = new Float64Array(EVIDENCE_LENGTH);

  /**
   * The best of `weigh` over the placements tried, or −∞ when no pair of minutiae is alike at all. The evidence that
   * `weigh` is given is valid during the call only.
   */
  best(a: PreparedTemplate, b: PreparedTemplate, weigh: (evidence: Float64Array) => number): number {
    const similarities = this.#local.compare(a.cylinders, b.cylinders);
    const pairs = this.#pairs;
    this.#selection.select(similarities, b.count, Math.min(a.count, b.count), pairs);
    if (pairs.count === 0) return Number.NEGATIVE_INFINITY;
    this.#relaxation.relax(a, b, pairs);
    const relaxed = this.#relaxedScore(Math.min(a.count, b.count));
    this.#keys.set(pairs.support.subarray(0, pairs.count));
    this.#sortByKey(pairs.count, HYPOTHESES);
    let best = Number.NEGATIVE_INFINITY;
    for (let rank = 0; rank < Math.min(HYPOTHESES, pairs.count); rank += 1) {
      this.#findPlacement(a, b, this.#order[rank]);
      measureOverlap(a, b, this.#place, this.#overlap);
      weighHypothesis(a, b, relaxed, similarities, this.#found, this.#overlap, this.#evidence);
      best = Math.max(best, weigh(this.#evidence));
    }
    return best;
  }

  /** Mean support of the pairs that relaxation left nearest to what they had. */
  #relaxedScore(minutiae: number): number {
    const { count, support, similarity } = this.#pairs;
    const wanted = supporters(minutiae);
    for (let pair = 0; pair < count; pair += 1) this.#keys[pair] = support[pair] / similarity[pair];
    this.#sortByKey(count, wanted);
    let sum = 0;
    for (let rank = 0; rank < Math.min(wanted, count); rank += 1) sum += support[this.#order[rank]];
    return sum / wanted;
  }

  /** Puts the numbers of the `wanted` largest keys first in `#order`, the largest first. */
  #sortByKey(count: number, wanted: number): void {
    const order = this.#order;
    const keys = this.#keys;
    for (let index = 0; index < count; index += 1) order[index] = index;
    for (let rank = 0; rank < Math.min(wanted, count); rank += 1) {
      let best = rank;
      for (let index = rank + 1; index < count; index += 1) if (keys[order[index]] > keys[order[best]]) best = index;
      const swapped = order[rank];
      order[rank] = order[best];
      order[best] = swapped;
    }
  }

  /** Places the probe by one pair and those that go with it, then by all minutiae that come to coincide. */
  #findPlacement(a: PreparedTemplate, b: PreparedTemplate, seed: number): void {
    const { count, probe, record, support } = this.#pairs;
    const { table } = this.#relaxation;
    const found = this.#found;
    const bySeed = (pair: number): number => (pair === seed ? 1 : table[seed * count + pair]) * support[pair];
    const byDistance = (pair: number): number => 1 / (1 + (found.distancePx[pair] / FIT_HALF_PX) ** 2);
    fitPlacement(a, b, count, probe, record, bySeed, Infinity, this.#place);
    this.#matching.match(a, b, this.#place, RADII_PX[0], TURN_LIMIT, found);
    for (let round = 1; round < RADII_PX.length; round += 1) {
      const stiffness = round >= FIRST_STRAINED_ROUND ? STIFFNESS_PX2 : Infinity;
      fitPlacement(a, b, found.count, found.probe, found.record, byDistance, stiffness, this.#place);
      this.#matching.match(a, b, this.#place, RADII_PX[round], TURN_LIMIT, found);
    }
  }

  /** Zeroes everything that was computed from a finger. */
  clear(): void {
    this.#local.clear();
    this.#selection.clear();
    this.#relaxation.clear();
    for (const values of [this.#pairs, this.#found]) {
      values.count = 0;
      values.probe.fill(0);
      values.record.fill(0);
    }
    this.#pairs.support.fill(0);
    this.#pairs.similarity.fill(0);
    this.#found.distancePx.fill(0);
    this.#keys.fill(0);
    this.#evidence.fill(0);
    Object.assign(this.#place, { xx: 1, xy: 0, yx: 0, yy: 1, dx: 0, dy: 0, turnRad: 0 });
  }
}
