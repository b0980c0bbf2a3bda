import type { MinutiaCandidate } from './candidate.ts';
import type { OrientationField } from './orientation.ts';

/** Two minutiae nearer than this that face each other are one flaw: a gap, a bridge, a speck. Pixels at 500 ppi. */
const FLAW_PX = 7;
/** Distance within which two detectors mean the same minutia, pixels, and the least cosine between their directions. */
const SAME_PX = 9;
const SAME_COSINE = 0.5;
/** What remains of the quality of a minutia that only one detector saw. */
const PHASE_ALONE = 0.6;
const SKELETON_ALONE = 0.3;
/** Blocks between the edge of the finger and a minutia that only the skeleton shows: lines end at every edge. */
const SKELETON_BORDER_BLOCKS = 2;

/** Distance to the nearest block outside `mask`, in blocks (chessboard metric, two passes); 0 outside. */
export function borderDistances(mask: Uint8Array, columns: number, rows: number): Uint8Array {
  const distances = Uint8Array.from(mask, (block) => (block === 0 ? 0 : 254));
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= columns || y >= rows ? 0 : distances[y * columns + x];
  const relax = (x: number, y: number, side: number): void => {
    const near = Math.min(at(x - side, y), at(x, y - side), at(x - side, y - side), at(x + side, y - side));
    distances[y * columns + x] = Math.min(distances[y * columns + x], near + 1);
  };
  for (let y = 0; y < rows; y += 1) for (let x = 0; x < columns; x += 1) relax(x, y, 1);
  for (let y = rows - 1; y >= 0; y -= 1) for (let x = columns - 1; x >= 0; x -= 1) relax(x, y, -1);
  return distances;
}

/** Leaves out every pair of near minutiae that face each other. */
function withoutFlaws(candidates: readonly MinutiaCandidate[]): MinutiaCandidate[] {
  const isFlaw = new Uint8Array(candidates.length);
  for (const [first, a] of candidates.entries()) {
    for (let second = first + 1; second < candidates.length; second += 1) {
      const b = candidates[second];
      // Candidates come row by row: the rest lie further down.
      if (b.yPx - a.yPx >= FLAW_PX) break;
      if (Math.hypot(a.xPx - b.xPx, a.yPx - b.yPx) < FLAW_PX && Math.cos(a.angleRad - b.angleRad) < -0.5)
        isFlaw[first] = isFlaw[second] = 1;
    }
  }
  return candidates.filter((_, index) => isFlaw[index] === 0);
}

/** The nearest of `others` that means the same minutia, or −1. */
function nearestSame(candidate: MinutiaCandidate, others: readonly MinutiaCandidate[]): number {
  let [best, bestPx] = [-1, SAME_PX];
  for (const [index, other] of others.entries()) {
    const distancePx = Math.hypot(other.xPx - candidate.xPx, other.yPx - candidate.yPx);
    if (distancePx < bestPx && Math.cos(other.angleRad - candidate.angleRad) > SAME_COSINE)
      [best, bestPx] = [index, distancePx];
  }
  return best;
}

/**
 * Merges what two detectors saw on the finger (`mask`, a byte a block): the phase's minutiae without flaws, rated by
 * whether the skeleton has them too, then those that the skeleton alone shows. The best first.
 */
export function mergeMinutiae(
  byPhase: readonly MinutiaCandidate[],
  bySkeleton: readonly MinutiaCandidate[],
  mask: Uint8Array,
  field: OrientationField,
  strengths: Float32Array,
): MinutiaCandidate[] {
  const distances = borderDistances(mask, field.columns, field.rows);
  const blockOf = (candidate: MinutiaCandidate): number => (candidate.yPx >> 3) * field.columns + (candidate.xPx >> 3);
  const clarityOf = (candidate: MinutiaCandidate): number =>
    Math.min(1, field.coherences[blockOf(candidate)] * strengths[blockOf(candidate)]);
  const sound = withoutFlaws(byPhase.filter((candidate) => distances[blockOf(candidate)] > 0));
  const isConfirmed = new Uint8Array(bySkeleton.length);
  const merged = sound.map((candidate) => {
    const same = nearestSame(candidate, bySkeleton);
    if (same >= 0) isConfirmed[same] = 1;
    return { ...candidate, quality: clarityOf(candidate) * (same >= 0 ? 1 : PHASE_ALONE) };
  });
  for (const [index, candidate] of bySkeleton.entries()) {
    if (isConfirmed[index] === 1 || distances[blockOf(candidate)] < SKELETON_BORDER_BLOCKS) continue;
    const isNear = sound.some((other) => Math.hypot(other.xPx - candidate.xPx, other.yPx - candidate.yPx) < SAME_PX);
    if (!isNear) merged.push({ ...candidate, quality: clarityOf(candidate) * SKELETON_ALONE });
  }
  return merged.sort((a, b) => b.quality - a.quality);
}
