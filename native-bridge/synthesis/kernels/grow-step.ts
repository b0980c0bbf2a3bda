/** Where a growing field lies in memory: rows of `stride` 16-bit cells, a margin of a filter's radius around `columns × rows`. */
export interface FieldLayout {
  readonly columns: number;
  readonly rows: number;
  readonly stride: number;
  /** Cells from the start to the cell at column 0, row 0. */
  readonly origin: number;
  readonly length: number;
}

/** What does the filterings of a growing master. The two implementations give the same integers. */
export interface GrowKernel {
  readonly layout: FieldLayout;
  /** The field that is grown, with its margin; a caller writes the seeds here and reads the ridges here. */
  readonly field: Int16Array;
  /** For each cell of the master, without margin, the number of its filter. */
  readonly filterNumbers: Uint16Array;
  /** First cell of each row that takes part, and the one after the last. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Filters the field `steps` times; cells outside the rows' ranges stay 0. `steps` is even. */
  grow(steps: number): void;
}
