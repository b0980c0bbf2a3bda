import type { VerifyLimits } from './filter-kernel.ts';
import { codeDistance, signedTurn, type FilterMinutia, type FilterPair } from './filter-pair.ts';
import { ANGLE_STEPS } from './parameters.ts';

/** A rigid movement: rotation, then shift. */
interface Movement {
  readonly cosine: number;
  readonly sine: number;
  readonly x: number;
  readonly y: number;
}

/** Largest distance in x and in y that is told apart: its square twice still fits 16 bits, as the kernel needs. */
const FARTHEST_PX = 127;

/** Fewer matches than this do not move the finger again. */
const LEAST_MATCHES = 3;

/** Collects weighted pairs of places and fits the movement between them by least squares. */
class Fit {
  #weight = 0;
  #ownX = 0;
  #ownY = 0;
  #otherX = 0;
  #otherY = 0;
  #inner = 0;
  #outer = 0;

  add(weight: number, own: FilterMinutia, other: FilterMinutia): void {
    this.#weight += weight;
    this.#ownX += weight * own.x;
    this.#ownY += weight * own.y;
    this.#otherX += weight * other.x;
    this.#otherY += weight * other.y;
    this.#inner += weight * (own.x * other.x + own.y * other.y);
    this.#outer += weight * (own.x * other.y - own.y * other.x);
  }

  /** `prior`, in square pixels, pulls the rotation towards `cosine` and `sine`: few pairs say little about it. */
  solve(prior: number, priorCosine: number, priorSine: number): Movement {
    const inner =
      this.#inner -
      (this.#ownX * this.#otherX + this.#ownY * this.#otherY) / this.#weight +
      prior * this.#weight * priorCosine;
    const outer =
      this.#outer -
      (this.#ownX * this.#otherY - this.#ownY * this.#otherX) / this.#weight +
      prior * this.#weight * priorSine;
    const length = Math.sqrt(inner * inner + outer * outer);
    const cosine = length > 0 ? inner / length : 1;
    const sine = length > 0 ? outer / length : 0;
    return {
      cosine,
      sine,
      x: (this.#otherX - (cosine * this.#ownX - sine * this.#ownY)) / this.#weight,
      y: (this.#otherY - (sine * this.#ownX + cosine * this.#ownY)) / this.#weight,
    };
  }
}

/** What one pass of matching found. */
interface Matching {
  readonly fit: Fit;
  readonly matches: number;
  /** Sum of the matches' weights, 64 to 256 each. */
  readonly weight: number;
  /** Minutiae of the probe, and of the record, that have any minutia of the other near. */
  readonly ownOverlap: number;
  readonly otherOverlap: number;
}

function away(left: number, right: number): number {
  return Math.max(-FARTHEST_PX, Math.min(FARTHEST_PX, left - right));
}

/** Gives each probe minutia, in turn, the nearest free record minutia of a like angle within the limit. */
function match(
  probe: readonly FilterMinutia[],
  record: readonly FilterMinutia[],
  movement: Movement,
  turn: number,
  limitSquared: number,
  limits: VerifyLimits,
): Matching {
  const fit = new Fit();
  const taken = new Set<FilterMinutia>();
  const nearest = record.map(() => 32_767);
  let [matches, weight, ownOverlap] = [0, 0, 0];
  for (const own of probe) {
    const x = Math.floor(movement.cosine * own.x - movement.sine * own.y + movement.x + 0.5);
    const y = Math.floor(movement.sine * own.x + movement.cosine * own.y + movement.y + 0.5);
    const angle = (own.angle + turn) & (ANGLE_STEPS - 1);
    let near = 32_767;
    let closest = limitSquared;
    let partner: FilterMinutia | undefined;
    record.forEach((other, index) => {
      const squared = away(other.x, x) ** 2 + away(other.y, y) ** 2;
      near = Math.min(near, squared);
      nearest[index] = Math.min(nearest[index], squared);
      if (squared >= closest || taken.has(other)) return;
      if (Math.abs(signedTurn(other.angle - angle)) > limits.angleLimitSteps) return;
      closest = squared;
      partner = other;
    });
    if (near < limits.overlapPx ** 2) ownOverlap += 1;
    if (partner === undefined) continue;
    taken.add(partner);
    const bits = codeDistance(own.code, partner.code);
    const closeness = 256 - Math.floor((128 * closest) / limitSquared);
    const likeness = 128 + Math.floor((128 * Math.max(0, limits.likenessBits - bits)) / limits.likenessBits);
    const matchWeight = (closeness * likeness) >> 8;
    fit.add(matchWeight, own, partner);
    weight += matchWeight;
    matches += 1;
  }
  const otherOverlap = nearest.filter((squared) => squared < limits.overlapPx ** 2).length;
  return { fit, matches, weight, ownOverlap, otherOverlap };
}

/**
 * Lays the probe on the record as the agreeing pairs say, matches, lays it anew by the matches, matches more closely, and
 * scores: matched weight, cubed, by the minutiae that lie in the overlap, so that what does not match counts too.
 */
export function alignAndMatch(
  probe: readonly FilterMinutia[],
  record: readonly FilterMinutia[],
  anchor: FilterPair,
  agreeing: readonly FilterPair[],
  turns: Int16Array,
  limits: VerifyLimits,
): number {
  const first = new Fit();
  for (const { weight, own, other } of agreeing) first.add(weight, own, other);
  const steps = anchor.turn & (ANGLE_STEPS - 1);
  let movement = first.solve(limits.turnPriorPx2, turns[steps * 2] / 2 ** 14, turns[steps * 2 + 1] / 2 ** 14);
  const wide = match(probe, record, movement, anchor.turn, limits.wideLimitPx ** 2, limits);
  if (wide.matches >= LEAST_MATCHES) movement = wide.fit.solve(0, 1, 0);
  const close = match(probe, record, movement, anchor.turn, limits.closeLimitPx ** 2, limits);
  const mean = close.weight / 256;
  return (mean * mean * mean * limits.scoreScale) / Math.max(64, (close.ownOverlap + 1) * (close.otherOverlap + 1));
}
