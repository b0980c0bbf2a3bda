import { fuseFingers } from '../../../native-bridge/matcher/compare/comparer.ts';
import type { ScoredSet } from './score-set.ts';

/**
 * Scores of two fingers fused. Fingers 1+2, 3+4 … of a set make people; a probe of impression i against a record of
 * impression j takes the pair of the first finger and that of the second.
 */
export function twoFingerScores(set: ScoredSet): { readonly genuine: number[]; readonly impostor: number[] } {
  const fingers = [...new Set(set.fingers)];
  const impressions = [...new Set(set.impressions)];
  const at = new Map(set.fingers.map((finger, index) => [`${finger}_${set.impressions[index]}`, index]));
  const scores = new Map(set.pairs.map((pair) => [pair.first * set.fingers.length + pair.second, pair.score]));
  const score = (a: string, b: string): number | undefined => {
    const [first = -1, second = -1] = [at.get(a), at.get(b)];
    return scores.get(Math.min(first, second) * set.fingers.length + Math.max(first, second));
  };
  const genuine: number[] = [];
  const impostor: number[] = [];
  for (let one = 0; one + 1 < fingers.length; one += 2) {
    for (let other = one; other + 1 < fingers.length; other += 2) {
      for (const [i, probe] of impressions.entries()) {
        for (const [j, record] of impressions.entries()) {
          if (one === other && j <= i) continue;
          const left = score(`${fingers[one]}_${probe}`, `${fingers[other]}_${record}`);
          const right = score(`${fingers[one + 1]}_${probe}`, `${fingers[other + 1]}_${record}`);
          if (left === undefined || right === undefined) continue;
          (one === other ? genuine : impostor).push(fuseFingers([left, right]));
        }
      }
    }
  }
  return { genuine, impostor };
}
