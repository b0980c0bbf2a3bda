/** A minutia as a detector sees it, in pixels of the working window. */
export interface MinutiaCandidate {
  xPx: number;
  yPx: number;
  /** From x towards y, 0 to 2π; see `Minutia`. */
  angleRad: number;
  /** −1 surely a bifurcation … 1 surely an ending. */
  endingness: number;
  /** 0–1. */
  quality: number;
}
