/** Where the filter's arrays lie in its linear memory, byte offsets. */
export interface FilterPlaces {
  readonly probeCount: number;
  readonly probeCodes: number;
  readonly probeAngle: number;
  readonly probeX: number;
  readonly probeY: number;
  /** Number of fingers to vote on. */
  readonly fingers: number;
  /** `fingers + 1` i32: first cylinder of each; the first need not be 0. */
  readonly starts: number;
  readonly codes: number;
  readonly angle: number;
  readonly x: number;
  readonly y: number;
  /** `ANGLE_STEPS` pairs of i16: cosine and sine of each step, 2^14 for 1. */
  readonly turns: number;
  /** `SCRATCH_BYTES`, left with what the kernel last computed. */
  readonly scratch: number;
  /** One u16 a finger. */
  readonly votes: number;
}

/** Limits of the filter; see parameters.ts. */
export interface FilterLimits {
  readonly turnBuckets: number;
  readonly reachBits: number;
  readonly shiftLimitPx: number;
  readonly turnLimitSteps: number;
}

/** Limits of the verification; see parameters.ts. */
export interface VerifyLimits extends FilterLimits {
  /** Movements that are tried, the one with the most weight first. */
  readonly rounds: number;
  /** How far apart matched minutiae may lie in the first pass and in the second. */
  readonly wideLimitPx: number;
  readonly closeLimitPx: number;
  readonly angleLimitSteps: number;
  /** A minutia with one of the other finger nearer than this lies in the overlap. */
  readonly overlapPx: number;
  /** Codes that differ in so many bits or more are not alike at all. */
  readonly likenessBits: number;
  readonly turnPriorPx2: number;
  readonly scoreScale: number;
  /** What the finger's vote adds to its score: the two err on different fingers. */
  readonly voteScale: number;
}

/** The filter's arithmetic over one linear memory. Each implementation leaves the same votes. */
export interface FilterKernel {
  readonly implementation: 'wasm-simd' | 'typescript';
  readonly memory: ArrayBuffer;
  /**
   * Votes on each finger: every probe cylinder takes its nearest code among the cylinders of a similar angle; each such
   * pair is a movement of the finger; the vote is the largest weight of pairs that agree on one movement.
   */
  vote(places: FilterPlaces, limits: FilterLimits): void;
  /**
   * Scores each finger by laying the probe on it as its pairs say, and matching minutiae one to one: many times the time
   * of a vote, and nearly as sharp as the full comparison.
   */
  verify(places: FilterPlaces, limits: VerifyLimits): void;
}

/** Bytes of scratch that a kernel needs: bucket starts, pairs, and what one pass of matching knows of each minutia. */
export const SCRATCH_BYTES = 1472;

/** Bytes behind the last array that a kernel may read: one vector. */
export const READ_SLACK_BYTES = 16;
