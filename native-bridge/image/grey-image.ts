/** Nominal capture resolution, pixels per inch (19.69 px/mm). Source: ANSI/NIST-ITL 1-2011, class 500. */
export const NOMINAL_RESOLUTION_PPI = 500;

/**
 * An 8-bit grey image: `widthPx × heightPx` bytes, row by row from the top left, ridges dark (0 is black).
 * `pixels` may be a view of shared memory that somebody else owns: a reader never keeps it, copies it or writes to it.
 */
export interface GreyImage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pixels per inch, the same in both directions. */
  readonly resolutionPpi: number;
  readonly pixels: Uint8Array;
}
