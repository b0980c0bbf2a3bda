/**
 * The arithmetic that takes most of the time, over one linear memory. Every pointer is a byte offset, every stride a
 * number of elements. Planes carry a border of `PLANE_BORDER_PX` on each side that kernels may read.
 * Each implementation (WebAssembly SIMD, TypeScript) leaves exactly the same bytes in memory.
 */
export interface Kernels {
  readonly implementation: 'wasm-simd' | 'typescript';
  readonly memory: ArrayBuffer;
  /** The first byte that is free for planes; what lies below is the implementation's own. */
  readonly floor: number;
  /** Sums and sums of squares of a u8 plane in 8 × 8 blocks, into i32 planes of `columns × rows` blocks. */
  blockMoments(source: number, stride: number, columns: number, rows: number, sums: number, squares: number): void;
  /**
   * Local normalisation to i16, ridges positive. `means` (Q6) and `gains` (Q4) are i32 planes at the block corners:
   * `columns + 1` by `rows + 1`, between which both are interpolated bilinearly.
   */
  normalise(
    source: number,
    sourceStride: number,
    columns: number,
    rows: number,
    means: number,
    gains: number,
    target: number,
    targetStride: number,
  ): void;
  /**
   * Binomial smoothing (1 2 1 in both directions) of an i16 plane of values up to ±8,000 into another of the same stride;
   * `columns` is a multiple of 8.
   */
  soften(source: number, stride: number, columns: number, rows: number, target: number): void;
  /** Structure tensor of an i16 plane in 8 × 8 blocks: Σgx²−gy², Σ2gxgy and Σgx²+gy² of Sobel gradients, into f32. */
  gradientMoments(
    source: number,
    stride: number,
    columns: number,
    rows: number,
    differences: number,
    products: number,
    energies: number,
  ): void;
  /**
   * Even and odd response of a tap list for tiles of 8 × 4 px. `tiles`: i32 triples (element offset of the tile's first
   * pixel, byte pointer to taps, number of taps). A tap: i32 element offset, i16 even weight, i16 odd weight (Q15), of
   * one half-plane; the other half follows by symmetry. Sums saturate.
   */
  filterTiles(source: number, stride: number, tiles: number, count: number, even: number, odd: number): void;
  /** Phase of (even, odd) in 256ths of a turn, u8, with an arctangent table of 257 bytes. `length` elements. */
  phases(even: number, odd: number, arctangents: number, target: number, length: number): void;
  /**
   * The points of a phase plane around which the phase turns once. `orientations`: a byte a tile of 8 × 4 px, its
   * orientation step (of 32), 255 where there is no phase. Writes i32 triples (x, y, −1 or +1) of at most `limit` points
   * and returns how many. Phases of tiles whose normals point apart are mirrored before they are compared.
   */
  dislocations(
    phases: number,
    stride: number,
    columns: number,
    rows: number,
    orientations: number,
    target: number,
    limit: number,
  ): number;
  /** Sign of an i16 plane as bits, 32 pixels a word from the lowest bit: 1 where the value is above zero. */
  binarise(source: number, stride: number, words: number, rows: number, target: number, targetWords: number): void;
  /**
   * Thins a bit plane of `words` 32-bit words a row to lines of one pixel, in place (Guo and Hall 1989, two sub-iterations).
   * `words` is a multiple of 4. `scratch` has the same size. The first and last row, and the first and last word of a row, must be empty.
   */
  thin(plane: number, scratch: number, words: number, rows: number): void;
}

/** Pixels around every plane that a kernel may read: the largest filter's radius, rounded up to a v128 of i16. */
export const PLANE_BORDER_PX = 16;
