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

/** The filter's arithmetic over one linear memory. Each implementation leaves the same votes. */
export interface FilterKernel {
  readonly implementation: 'wasm-simd' | 'typescript';
  readonly memory: ArrayBuffer;
  /**
   * Votes on each finger: every probe cylinder takes its nearest code among the cylinders of a similar angle; each such
   * pair is a movement of the finger; the vote is the largest weight of pairs that agree on one movement.
   */
  vote(places: FilterPlaces, limits: FilterLimits): void;
}

/** Bytes of scratch that a kernel needs: bucket starts, then the pairs' turns, shifts and weights. */
export const SCRATCH_BYTES = 1280;
