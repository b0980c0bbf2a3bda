/**
 * One score for a person from the scores of several fingers, on the same scale: −log10 of the probability that fingers of
 * somebody else, independent of each other, have scores with at least this sum (Fisher 1932). A finger that could not be
 * compared is left out by the caller. No finger at all gives 0.
 */
export function fuseFingers(scores: readonly number[]): number {
  if (scores.length <= 1) return scores[0] ?? 0;
  const sum = scores.reduce((total, score) => total + Math.max(0, score), 0) * Math.LN10;
  let term = 1;
  let series = 1;
  for (let index = 1; index < scores.length; index += 1) {
    term *= sum / index;
    series += term;
  }
  return (sum - Math.log(series)) / Math.LN10;
}
