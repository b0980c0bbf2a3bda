/** What a run of randomness may be started from. */
export type Seed = number | bigint | string;

/**
 * A small generator of random numbers that gives the same numbers for the same seed on every machine: xoshiro128**, in
 * 32-bit integers. Source: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", 2021. Not for secrets.
 */
export class SeededRandom {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** `purpose` parts independent runs of the same seed from each other. */
  constructor(seed: Seed, purpose: string) {
    const text = `${typeof seed} ${seed} ${purpose}`;
    this.#a = hashOf(text, 1);
    this.#b = hashOf(text, 2);
    this.#c = hashOf(text, 3);
    // One of the four must not be zero.
    this.#d = hashOf(text, 4) | 1;
  }

  /** A whole number, 0 to 2³² − 1. */
  bits(): number {
    const product = Math.imul(this.#b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }

  /** At least 0, below 1. */
  share(): number {
    return this.bits() * 2.3283064365386963e-10;
  }

  /** Fills `into` with shares: the same numbers that as many calls of `share` give, several times faster. */
  fillShares(into: Float64Array): void {
    let a = this.#a;
    let b = this.#b;
    let c = this.#c;
    let d = this.#d;
    for (let i = 0; i < into.length; i++) {
      const product = Math.imul(b, 5);
      const result = Math.imul((product << 7) | (product >>> 25), 9);
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      into[i] = (result >>> 0) * 2.3283064365386963e-10;
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
  }

  /** At least `from`, below `to`. */
  between(from: number, to: number): number {
    return from + (to - from) * this.share();
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor(this.share() * count);
  }

  /** Close to normal, never more than 3.5 deviations off: a sum of four, which needs no logarithm. */
  normal(mean: number, deviation: number): number {
    const sum = this.share() + this.share() + this.share() + this.share();
    return mean + (sum - 2) * 1.7320508075688772 * deviation;
  }
}

/** A 32-bit hash of a text, another for each `salt`: FNV-1a over its UTF-16 units, then an avalanche of shifts and products. */
function hashOf(text: string, salt: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1);
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 13;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
