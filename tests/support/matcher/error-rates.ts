/** Accuracy of one set of comparisons, shares 0–1. */
export interface ErrorRates {
  readonly genuine: number;
  readonly impostor: number;
  readonly eer: number;
  /** Lowest FNMR with FMR ≤ 1 %, 0.1 %, 0.01 % and 0. */
  readonly fmr100: number;
  readonly fmr1000: number;
  readonly fmr10000: number;
  readonly zeroFmr: number;
}

/** Elements of `sorted` below `level`. */
function countBelow(sorted: Float64Array, level: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < level) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** FMR and FNMR when scores of at least `threshold` are called a match. */
function ratesAt(
  genuine: Float64Array,
  impostor: Float64Array,
  threshold: number,
): readonly [fmr: number, fnmr: number] {
  return [
    (impostor.length - countBelow(impostor, threshold)) / impostor.length,
    countBelow(genuine, threshold) / genuine.length,
  ];
}

/**
 * The FVC definition (Maio et al. 2002): of the two neighbouring thresholds between which FMR and FNMR cross, the one
 * where their sum is smaller, and there the mean of the two.
 */
function equalErrorRate(genuine: Float64Array, impostor: Float64Array): number {
  const thresholds = [...new Set([...genuine, ...impostor])].toSorted((a, b) => a - b);
  let [low, high] = [0, thresholds.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    const [fmr, fnmr] = ratesAt(genuine, impostor, thresholds[middle]);
    if (fnmr >= fmr) high = middle;
    else low = middle + 1;
  }
  const [fmr, fnmr] = ratesAt(genuine, impostor, thresholds[low]);
  if (fmr === fnmr || low === 0) return (fmr + fnmr) / 2;
  const [fmrBefore, fnmrBefore] = ratesAt(genuine, impostor, thresholds[low - 1]);
  return Math.min(fmr + fnmr, fmrBefore + fnmrBefore) / 2;
}

function lowestFnmr(genuine: Float64Array, impostor: Float64Array, fmr: number): number {
  const allowed = Math.floor(fmr * impostor.length + 1e-9);
  const level = impostor[impostor.length - 1 - allowed] ?? Number.NEGATIVE_INFINITY;
  // The threshold lies just above the first impostor that is not allowed.
  return countBelow(genuine, level + Math.abs(level) * 1e-12 + 1e-12) / genuine.length;
}

/** Error rates of genuine and impostor scores, higher being more alike. */
export function errorRates(genuineScores: readonly number[], impostorScores: readonly number[]): ErrorRates {
  const genuine = Float64Array.from(genuineScores).sort();
  const impostor = Float64Array.from(impostorScores).sort();
  return {
    genuine: genuine.length,
    impostor: impostor.length,
    eer: equalErrorRate(genuine, impostor),
    fmr100: lowestFnmr(genuine, impostor, 0.01),
    fmr1000: lowestFnmr(genuine, impostor, 0.001),
    fmr10000: lowestFnmr(genuine, impostor, 0.0001),
    zeroFmr: lowestFnmr(genuine, impostor, 0),
  };
}
