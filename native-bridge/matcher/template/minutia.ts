/** What a minutia is: where a ridge ends, where it forks, or one whose kind the image does not settle. */
export type MinutiaKind = 'ending' | 'bifurcation' | 'unsettled';

/**
 * One minutia. Coordinates are pixels at 500 ppi from the image's top left, x right and y down. `angleRad` (0 to 2π) turns
 * from x towards y, clockwise as seen: from an ending into its ridge, from a bifurcation in between its two branches.
 */
export interface Minutia {
  readonly xPx: number;
  readonly yPx: number;
  readonly angleRad: number;
  readonly kind: MinutiaKind;
  /** 0–1, how sure the detectors are. */
  readonly quality: number;
}

/** Ridge orientation in cells of `MAP_CELL_PX`; the first cell's top left lies at (`leftCell`, `topCell`) cells. */
export interface OrientationMap {
  readonly leftCell: number;
  readonly topCell: number;
  readonly columns: number;
  readonly rows: number;
  /** One byte a cell, row by row: 0 is background, 1–254 the orientation in steps of π/254, from x towards y. */
  readonly cells: Uint8Array;
}

/** A finger as the comparer sees it. */
export interface FingerTemplate {
  /** The image's size at 500 ppi. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** 0–100. */
  readonly quality: number;
  readonly minutiae: readonly Minutia[];
  readonly orientation: OrientationMap;
}
