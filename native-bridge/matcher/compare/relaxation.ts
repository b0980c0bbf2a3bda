import type { PreparedTemplate } from './prepared-template.ts';

/** Pairs of minutiae that may correspond, the strongest after relaxation first. */
export interface PairList {
  readonly probe: Int32Array;
  readonly record: Int32Array;
  /** Support after relaxation, 0–1. */
  readonly support: Float32Array;
  /** Support before it. */
  readonly similarity: Float32Array;
  count: number;
}

/** Rounds of relaxation and the weight of a pair's own support in each. Source: Cappelli et al. 2010. */
const ROUNDS = 5;
const OWN_WEIGHT = 0.5;

function sigmoid(value: number, middle: number, steepness: number): number {
  return 1 / (1 + Math.exp(-steepness * (value - middle)));
}

function turn(difference: number): number {
  return Math.abs(Math.atan2(Math.sin(difference), Math.cos(difference)));
}

/** How well two pairs go together, 0–1: same distance, same difference of direction, same bearing. */
export function compatibility(
  a: PreparedTemplate,
  b: PreparedTemplate,
  a1: number,
  a2: number,
  b1: number,
  b2: number,
): number {
  const adx = a.xPx[a2] - a.xPx[a1];
  const ady = a.yPx[a2] - a.yPx[a1];
  const bdx = b.xPx[b2] - b.xPx[b1];
  const bdy = b.yPx[b2] - b.yPx[b1];
  const length = Math.hypot(adx, ady);
  const stretch = Math.abs(length - Math.hypot(bdx, bdy));
  if (stretch > 30) return 0;
  const near = sigmoid(stretch, 5, -1.6);
  if (near < 0.001) return 0;
  const direction = turn(a.angleRad[a1] - a.angleRad[a2] - b.angleRad[b1] + b.angleRad[b2]);
  const bearing = turn(a.angleRad[a1] - Math.atan2(ady, adx) - b.angleRad[b1] + Math.atan2(bdy, bdx));
  return near * sigmoid(direction, Math.PI / 12, -30) * sigmoid(bearing, Math.PI / 12, -30);
}

/** Strengthens pairs that agree with the others and weakens the rest, then orders them by what is left. */
export function relax(a: PreparedTemplate, b: PreparedTemplate, pairs: PairList): void {
  const { count, probe, record, support, similarity } = pairs;
  if (count < 2) return;
  const table = new Float32Array(count * count);
  for (let t = 0; t < count; t += 1) {
    for (let k = 0; k < count; k += 1) {
      if (t !== k && probe[t] !== probe[k] && record[t] !== record[k]) {
        table[t * count + k] = compatibility(a, b, probe[t], probe[k], record[t], record[k]);
      }
    }
  }
  let now = similarity.slice(0, count);
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = new Float32Array(count);
    for (let t = 0; t < count; t += 1) {
      let sum = 0;
      for (let k = 0; k < count; k += 1) sum += table[t * count + k] * now[k];
      next[t] = OWN_WEIGHT * now[t] + ((1 - OWN_WEIGHT) * sum) / (count - 1);
    }
    now = next;
  }
  support.set(now);
}
