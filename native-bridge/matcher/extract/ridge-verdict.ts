import { percentile } from './block-grid.ts';

/**
 * What tells ridges from print, weave and noise: in the clearer part of a finger the local contrast is one wave that runs
 * one way, and somewhere its spectrum has one peak. Set so that none of the 320 development images is refused.
 */
const CLEARER_PART = 0.8;
const LEAST_CLARITY = 0.15;
const BEST_PERIODS = 0.95;
/** Below both of these together the image shows strokes rather than ridges. */
const STROKES_CLARITY = 0.35;
const STROKES_PEAK = 0.42;

/** Whether what was taken for a finger (`finger`, a byte a block) bears ridges. */
export function bearsRidges(
  finger: Uint8Array,
  strengths: Float32Array,
  coherences: Float32Array,
  periodClarities: Float32Array,
): boolean {
  const clarities = Float32Array.from(strengths, (strength, block) => Math.min(1, strength * coherences[block])).filter(
    (_, block) => finger[block] === 1,
  );
  const clarity = percentile(clarities, CLEARER_PART);
  clarities.fill(0);
  if (clarity < LEAST_CLARITY) return false;
  return clarity >= STROKES_CLARITY || percentile(periodClarities, BEST_PERIODS) >= STROKES_PEAK;
}
