import type { Minutia } from '../template/minutia.ts';
import type { BlockWindow } from './block-window.ts';

/** A minutia as a detector sees it, in pixels of the working window. */
export interface MinutiaCandidate {
  readonly xPx: number;
  readonly yPx: number;
  /** From x towards y, 0 to 2π; see `Minutia`. */
  readonly angleRad: number;
  /** −1 surely a bifurcation … 1 surely an ending. */
  readonly endingness: number;
  /** 0–1. */
  readonly quality: number;
}

/** Beyond this the kind of a minutia counts as settled. */
const SETTLED = 0.3;

/** Candidates as minutiae of the whole image. */
export function minutiaeOf(candidates: readonly MinutiaCandidate[], window: BlockWindow): Minutia[] {
  return candidates.map(({ xPx, yPx, angleRad, endingness, quality }) => ({
    xPx: xPx + window.left * 8,
    yPx: yPx + window.top * 8,
    angleRad,
    kind: endingness > SETTLED ? 'ending' : endingness < -SETTLED ? 'bifurcation' : 'unsettled',
    quality,
  }));
}
