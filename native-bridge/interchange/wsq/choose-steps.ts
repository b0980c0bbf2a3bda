import * as parameters from '../parameters.ts';
import { CODED_SUBBAND_COUNT, SUBBAND_COUNT } from './markers.ts';

const { fround } = Math;

/** Bin widths of the 64 subbands, and of their zero bins. */
export interface BinWidths {
  readonly steps: Float32Array;
  readonly zeroBins: Float32Array;
}

/** Bands before this one share one bin width. Source: IAFIS-IC-0110. */
const FIRST_WEIGHTED_BAND = 4;

/** First band whose bins are widened by a weight of its own. */
const FIRST_HIGH_BAND = 52;

/** Bins wider than this many standard deviations of a band leave it no bits. Source: IAFIS-IC-0110 (2γ). */
const EMPTY_BAND_SIGMAS = 2 * parameters.WSQ_LOADING_FACTOR;

/**
 * Chooses bin widths for a bit rate from the variances of the 60 bands: relative widths by band, then one factor that
 * brings the expected rate to `bitRateBpp`, found again without the bands that turn out to get no bits.
 * Source: IAFIS-IC-0110, bin width rule and rate control.
 */
export function chooseBinWidths(variances: ArrayLike<number>, bitRateBpp: number): BinWidths {
  const relative = Float32Array.from({ length: CODED_SUBBAND_COUNT }, (_, band) =>
    relativeWidth(band, variances[band] ?? 0),
  );
  let active: number[] = [];
  relative.forEach((width, band) => {
    if (width > 0) active.push(band);
  });
  let factor = 1;
  while (active.length > 0) {
    factor = rateFactor(active, relative, variances, bitRateBpp);
    const kept = active.filter(
      (band) => (relative[band] ?? 0) / factor < EMPTY_BAND_SIGMAS * Math.sqrt(variances[band] ?? 0),
    );
    if (kept.length === active.length) break;
    active = kept;
  }
  const steps = new Float32Array(SUBBAND_COUNT);
  const zeroBins = new Float32Array(SUBBAND_COUNT);
  relative.forEach((width, band) => {
    // An image that is nearly flat leaves all its bits to a band or two; narrower bins would be numbered beyond 16 bits.
    steps[band] = width === 0 ? 0 : Math.max(width / factor, parameters.WSQ_LEAST_STEP);
    zeroBins[band] = parameters.WSQ_ZERO_BIN_RATIO * (steps[band] ?? 0);
  });
  return { steps, zeroBins };
}

/** Bin width of a band up to the common factor; 0 for a band that is not sent. */
function relativeWidth(band: number, variance: number): number {
  if (!(variance >= parameters.WSQ_VARIANCE_FLOOR)) return 0;
  if (band < FIRST_WEIGHTED_BAND) return 1;
  const weight = parameters.WSQ_HIGH_BAND_WEIGHTS[band - FIRST_HIGH_BAND] ?? 1;
  return 10 / (weight * Math.log(variance));
}

/** Part of all samples that a band holds. Source: IAFIS-IC-0110 (m_k), one over the downsampling. */
function share(band: number): number {
  if (band < FIRST_WEIGHTED_BAND) return 1 / 1024;
  return band < FIRST_HIGH_BAND - 1 ? 1 / 256 : 1 / 16;
}

/**
 * The factor that all relative widths are divided by. Deviations, their ratio to the width and the running product are
 * in single precision, which gives the reference encoder's widths to the last digit (measured on its files).
 */
function rateFactor(
  active: readonly number[],
  relative: Float32Array,
  variances: ArrayLike<number>,
  bitRateBpp: number,
): number {
  let total = 0;
  let product = 1;
  for (const band of active) {
    total += share(band);
    const deviation = fround(Math.sqrt(variances[band] ?? 0));
    product = fround(product * fround(deviation / (relative[band] ?? 1)) ** share(band));
  }
  return fround(2 ** (bitRateBpp / total - 1) / parameters.WSQ_LOADING_FACTOR / product ** (1 / total));
}
