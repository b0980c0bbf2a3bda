import type { DatabaseAnswer } from '../../contract/checks.ts';
import { IdentificationFault } from './identification-fault.ts';
import { CLEAR_LEAD, MAXIMUM_CANDIDATES, VERY_STRONG_MARGIN } from './parameters.ts';

/** One person of a gallery with its score, −log10 of the false match rate of one comparison. */
export interface ScoredCandidate {
  readonly reference: string;
  readonly score: number;
}

/** From which score a candidate makes a match, and from which a possible one; `possible` is never above `match`. */
export interface AnswerThresholds {
  readonly match: number;
  readonly possible: number;
}

type Likelihood = Extract<DatabaseAnswer, { kind: 'match' }>['candidates'][number]['likelihood'];
type Found = readonly { readonly reference: string; readonly likelihood: Likelihood }[];

/** What the scores of one search mean; the answer without what was searched. */
export type IdentificationOutcome =
  | { readonly kind: 'match'; readonly candidates: Found }
  | { readonly kind: 'possible-match'; readonly candidates: Found }
  | { readonly kind: 'no-match' };

/**
 * Turns the candidates of one search, in any order, into an answer. A match names one record: where two records pass and
 * neither leads clearly, the answer is a possible match that lists both.
 *
 * @throws IdentificationFault `identification.score-not-a-number`, `identification.thresholds-crossed`
 */
export function decideAnswer(
  candidates: readonly ScoredCandidate[],
  thresholds: AnswerThresholds,
): IdentificationOutcome {
  if (!(thresholds.possible <= thresholds.match)) {
    throw new IdentificationFault('identification.thresholds-crossed', { ...thresholds });
  }
  const listed = bestOfEachReference(candidates)
    .filter(({ score }) => score >= thresholds.possible)
    .slice(0, MAXIMUM_CANDIDATES);
  const [best, next] = listed;
  if (best === undefined) return { kind: 'no-match' };
  const isNextRival = next !== undefined && next.score >= thresholds.match && best.score - next.score < CLEAR_LEAD;
  const isMatch = best.score >= thresholds.match && !isNextRival;
  return {
    kind: isMatch ? 'match' : 'possible-match',
    candidates: listed.map(({ reference, score }) => ({ reference, likelihood: likelihoodOf(score, thresholds) })),
  };
}

function bestOfEachReference(candidates: readonly ScoredCandidate[]): readonly ScoredCandidate[] {
  const best = new Map<string, number>();
  for (const { reference, score } of candidates) {
    if (Number.isNaN(score)) throw new IdentificationFault('identification.score-not-a-number', { reference });
    best.set(reference, Math.max(score, best.get(reference) ?? -Infinity));
  }
  return [...best].map(([reference, score]) => ({ reference, score })).toSorted(byScoreThenReference);
}

/** References break ties, so that the same scores always give the same list. */
function byScoreThenReference(a: ScoredCandidate, b: ScoredCandidate): number {
  if (a.score !== b.score) return a.score > b.score ? -1 : 1;
  return a.reference < b.reference ? -1 : 1;
}

function likelihoodOf(score: number, thresholds: AnswerThresholds): Likelihood {
  if (score >= thresholds.match + VERY_STRONG_MARGIN) return 'very-strong';
  return score >= thresholds.match ? 'strong' : 'possible';
}
