import { IdentificationFault } from './identification-fault.ts';

/** One search, as the threshold needs it. */
export interface SearchSize {
  /** False positive identifications that are accepted per search of somebody who is in no record, above 0 and below 1. */
  readonly targetFpir: number;
  /** People in the gallery; 0 for an empty one. */
  readonly people: number;
  /** Fingers of the probe that are searched, 1 or 2. */
  readonly fingers: number;
}

/**
 * The score, −log10 of the false match rate of one comparison, from which a candidate counts, so that a search finds a
 * stranger in at most `targetFpir` of the cases: FPIR = 1 − (1 − FMR)^N, solved for FMR.
 *
 * Assumptions: comparisons of different people are independent; each finger gives each person one chance, so
 * N = people × fingers. With scores that are fused over two fingers that counts twice what is one comparison: it errs on
 * the side of "no match", by 0.3. An empty gallery is treated as one comparison; it has no candidates anyway.
 * Source: ISO/IEC 19795-1:2021 names the rates; the formula is that of independent trials.
 *
 * @throws IdentificationFault `identification.target-out-of-range`, `identification.size-out-of-range`
 */
export function thresholdFor({ targetFpir, people, fingers }: SearchSize): number {
  if (!(targetFpir > 0 && targetFpir < 1)) {
    throw new IdentificationFault('identification.target-out-of-range', { targetFpir });
  }
  if (!Number.isSafeInteger(people) || people < 0 || !Number.isSafeInteger(fingers) || fingers < 1) {
    throw new IdentificationFault('identification.size-out-of-range', { people, fingers });
  }
  const comparisons = Math.max(1, people * fingers);
  // expm1 and log1p keep their digits where FMR is far below the spacing of numbers near 1.
  const falseMatchRate = -Math.expm1(Math.log1p(-targetFpir) / comparisons);
  return -Math.log10(falseMatchRate);
}
