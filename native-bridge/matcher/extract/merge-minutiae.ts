import type { MinutiaCandidate } from './candidate.ts';
import type { OrientationField } from './orientation.ts';

/** Nearest distance to the edge of the finger, pixels at 500 ppi. */
const BORDER_PX = 12;

/** Two minutiae nearer than this that face each other are one flaw: a gap, a bridge, a speck. Pixels at 500 ppi. */
const PAIR_PX = 7;

/** Distance to the nearest block outside `mask`, in blocks, by repeated relaxation (chessboard metric). */
export function borderDistances(mask: Uint8Array, columns: number, rows: number): Uint8Array {
  const distances = Uint8Array.from(mask, (block) => (block === 0 ? 0 : 255));
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

/** Drops what cannot be a minutia and orders the rest by quality, the best first. */
export function mergeMinutiae(
  candidates: readonly MinutiaCandidate[],
  mask: Uint8Array,
  field: OrientationField,
): MinutiaCandidate[] {
  const distances = borderDistances(mask, field.columns, field.rows);
  const kept = candidates.filter((candidate) => {
    const block = (candidate.yPx >> 3) * field.columns + (candidate.xPx >> 3);
    return distances[block] * 8 > BORDER_PX;
  });
  const isFlaw = new Uint8Array(kept.length);
  for (let first = 0; first < kept.length; first += 1) {
    for (let second = first + 1; second < kept.length; second += 1) {
      const [a, b] = [kept[first], kept[second]];
      if (Math.hypot(a.xPx - b.xPx, a.yPx - b.yPx) < PAIR_PX && Math.cos(a.angleRad - b.angleRad) < -0.5) {
        isFlaw[first] = isFlaw[second] = 1;
      }
    }
  }
  const sound = kept.filter((_, index) => isFlaw[index] === 0);
  for (const candidate of sound) {
    candidate.quality = field.coherences[(candidate.yPx >> 3) * field.columns + (candidate.xPx >> 3)];
  }
  return sound.sort((a, b) => b.quality - a.quality);
}
