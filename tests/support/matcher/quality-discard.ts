import { errorRates } from './error-rates.ts';
import type { ScoredSet } from './score-set.ts';

/** FNMR at FMR 0.1 %, pooled, after leaving out the worst `share` of all images by quality. */
export function fnmrWithoutWorst(sets: readonly ScoredSet[], share: number): number {
  const ranked = sets
    .flatMap((set, number) => set.qualities.map((quality, image) => ({ number, image, quality })))
    .toSorted((a, b) => a.quality - b.quality);
  const left = new Set(
    ranked.slice(0, Math.round(share * ranked.length)).map(({ number, image }) => `${number} ${image}`),
  );
  const pairs = sets.flatMap((set, number) =>
    set.pairs.filter(({ first, second }) => !left.has(`${number} ${first}`) && !left.has(`${number} ${second}`)),
  );
  const scores = (isGenuine: boolean): number[] =>
    pairs.filter((pair) => pair.isGenuine === isGenuine).map((pair) => pair.score);
  return errorRates(scores(true), scores(false)).fmr1000;
}
