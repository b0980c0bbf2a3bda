/** The arithmetic of a comparison, over a memory that holds one probe and one record at a time. */
export interface ComparisonKernel {
  readonly implementation: 'wasm-simd' | 'typescript';
  readonly memory: ArrayBuffer;
  /** The first byte that is free. */
  readonly floor: number;
  /**
   * Similarity 0–1 of each packed cylinder of the probe with each of the record, f32, row by row into `target`: one minus
   * the distance of their values over the sum of their lengths, where both are valid, times the agreement of their flow;
   * 0 when fewer than `leastCommon` base cells are valid or the flow does not agree at all.
   */
  similarities(
    probe: number,
    probeCount: number,
    record: number,
    recordCount: number,
    target: number,
    leastCommon: number,
  ): void;
}
