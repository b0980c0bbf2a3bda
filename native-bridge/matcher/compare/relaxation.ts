import { MAXIMUM_TEMPLATE_MINUTIAE } from '../parameters.ts';
import type { PairList } from './pair-list.ts';
import type { PreparedTemplate } from './prepared-template.ts';

/** Rounds of relaxation and the weight of a pair's own support in each. Source: Cappelli et al. 2010. */
const ROUNDS = 5;
const OWN_WEIGHT = 0.5;

/** Difference of length at which two pairs agree by half (pixels at 500 ppi), and the steepness. Source: the same. */
const HALF_STRETCH_PX = 5;
const STRETCH_STEEPNESS = 1.6;
/** Difference of angle at which they agree by half, and the steepness. Source: the same. */
const HALF_TURN_RAD = Math.PI / 12;
const TURN_STEEPNESS = 30;

/** Steps of the agreement tables: per pixel of stretch, and per unit of the sine. */
const STRETCH_STEPS = 16;
const SINE_STEPS = 512;

function agreement(difference: number, half: number, steepness: number): number {
  return 1 / (1 + Math.exp(steepness * (difference - half)));
}

const STRETCH_AGREEMENT = Float32Array.from({ length: 16 * STRETCH_STEPS }, (_, index) =>
  agreement(index / STRETCH_STEPS, HALF_STRETCH_PX, STRETCH_STEEPNESS),
);
const TURN_AGREEMENT = Float32Array.from({ length: 256 }, (_, index) =>
  agreement((Math.min(index, 256 - index) / 128) * Math.PI, HALF_TURN_RAD, TURN_STEEPNESS),
);
const SINE_AGREEMENT = Float32Array.from({ length: SINE_STEPS + 1 }, (_, index) =>
  agreement(Math.asin(index / SINE_STEPS), HALF_TURN_RAD, TURN_STEEPNESS),
);

/** How well two pairs go together, 0–1: same distance, same difference of direction, same bearing (seen from pair 1). */
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
  const aLength = Math.sqrt(adx * adx + ady * ady);
  const bLength = Math.sqrt(bdx * bdx + bdy * bdy);
  const stretch = (Math.abs(aLength - bLength) * STRETCH_STEPS) | 0;
  if (stretch >= STRETCH_AGREEMENT.length) return 0;
  const direction = TURN_AGREEMENT[(a.turns[a1] - a.turns[a2] - b.turns[b1] + b.turns[b2]) & 255];
  if (direction < 0.01) return 0;
  // Both seen from their own first minutia: along its direction, and across.
  const au = adx * a.cosines[a1] + ady * a.sines[a1];
  const av = ady * a.cosines[a1] - adx * a.sines[a1];
  const bu = bdx * b.cosines[b1] + bdy * b.sines[b1];
  const bv = bdy * b.cosines[b1] - bdx * b.sines[b1];
  if (au * bu + av * bv <= 0) return 0;
  const sine = Math.min(1, Math.abs(au * bv - av * bu) / (aLength * bLength + 1e-6));
  return STRETCH_AGREEMENT[stretch] * direction * SINE_AGREEMENT[(sine * SINE_STEPS) | 0];
}

/** Strengthens pairs that agree with the others and weakens the rest (relaxation labelling). */
export class Relaxation {
  /** Compatibility of pair t with pair k at `t × count + k`, of the last call. */
  readonly table = new Float32Array(MAXIMUM_TEMPLATE_MINUTIAE ** 2);
  #now = new Float32Array(MAXIMUM_TEMPLATE_MINUTIAE);
  #next = new Float32Array(MAXIMUM_TEMPLATE_MINUTIAE);

  relax(a: PreparedTemplate, b: PreparedTemplate, pairs: PairList): void {
    const { count, probe, record, support, similarity } = pairs;
    const { table } = this;
    for (let t = 0; t < count; t += 1) {
      table[t * count + t] = 0;
      for (let k = 0; k < count; k += 1) {
        if (k !== t) table[t * count + k] = compatibility(a, b, probe[t], probe[k], record[t], record[k]);
      }
    }
    this.#now.set(similarity.subarray(0, count));
    const scale = (1 - OWN_WEIGHT) / Math.max(1, count - 1);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let t = 0; t < count; t += 1) {
        let sum = 0;
        for (let k = 0; k < count; k += 1) sum += table[t * count + k] * this.#now[k];
        this.#next[t] = OWN_WEIGHT * this.#now[t] + scale * sum;
      }
      [this.#now, this.#next] = [this.#next, this.#now];
    }
    support.set(this.#now.subarray(0, count));
  }

  clear(): void {
    this.table.fill(0);
  }
}
