import type { OrientationMap } from '../template/minutia.ts';

/** To which side the loops of a print open, as far as its flow tells. */
export type LoopSide = 'left' | 'right' | 'unsettled';

/** Mean slant from which the side counts as settled: −1 all ridges rise to the right, 1 all fall to the right. */
const SETTLED_SLANT = 0.12;

/**
 * The side from the balance of the flow: around a loop that opens to the right, more ridges fall to the right than rise.
 * Arches and most whorls balance out. A finger laid on turned by 15° or more can mislead it.
 */
export function loopSideOf(map: OrientationMap): LoopSide {
  let [sum, count] = [0, 0];
  for (const cell of map.cells) {
    if (cell === 0) continue;
    sum += Math.sin(((cell - 1) / 254) * 2 * Math.PI);
    count += 1;
  }
  const slant = count === 0 ? 0 : sum / count;
  return slant > SETTLED_SLANT ? 'right' : slant < -SETTLED_SLANT ? 'left' : 'unsettled';
}
