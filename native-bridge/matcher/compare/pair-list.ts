import { MAXIMUM_TEMPLATE_MINUTIAE } from '../parameters.ts';

/** Pairs of minutiae that may correspond: `probe[k]` with `record[k]`. */
export interface PairList {
  count: number;
  readonly probe: Uint8Array;
  readonly record: Uint8Array;
  /** Local similarity, 0–1. */
  readonly similarity: Float32Array;
  /** Support after relaxation. */
  readonly support: Float32Array;
}

export function createPairList(): PairList {
  return {
    count: 0,
    probe: new Uint8Array(MAXIMUM_TEMPLATE_MINUTIAE),
    record: new Uint8Array(MAXIMUM_TEMPLATE_MINUTIAE),
    similarity: new Float32Array(MAXIMUM_TEMPLATE_MINUTIAE),
    support: new Float32Array(MAXIMUM_TEMPLATE_MINUTIAE),
  };
}
