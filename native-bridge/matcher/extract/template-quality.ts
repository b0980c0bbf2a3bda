import type { MinutiaCandidate } from './candidate.ts';

/** Finger area from which more of it adds nothing, blocks of 8 px (2.6 cm²). */
const FULL_AREA_BLOCKS = 1600;
/** Mean quality of the minutiae of a clean print. */
const FULL_CLARITY = 0.4;
/** How much less clarity counts than area. Both were read off the development sets; see docs/matcher.md, "Quality". */
const CLARITY_EXPONENT = 2 / 3;
/** Spreads the middle of the scale: a usual print comes out near 70. */
const SPREAD_EXPONENT = 0.6;

/** Quality 0–100 of what was extracted: the area of the finger, and how sure its minutiae are. */
export function templateQuality(fingerBlocks: number, minutiae: readonly MinutiaCandidate[]): number {
  if (minutiae.length === 0) return 0;
  const clarity = minutiae.reduce((sum, minutia) => sum + minutia.quality, 0) / minutiae.length;
  const area = Math.min(1, fingerBlocks / FULL_AREA_BLOCKS);
  return Math.round(100 * (area * Math.min(1, clarity / FULL_CLARITY) ** CLARITY_EXPONENT) ** SPREAD_EXPONENT);
}
