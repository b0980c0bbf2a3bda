import type { PreviewFrame } from '../scanner/preview-frame.ts';
import type { PlacementHint, PlacementMap } from '../scanner/scanner.ts';
import {
  CHANGED_GREY,
  DRY_GREY,
  FINGER_AREA_MM2,
  FULL_AREA_MM2,
  GRADE_DEVIATIONS,
  LARGE_AREA_MM2,
  OFF_CENTRE_MM,
  POOR_DEVIATION,
  RIDGE_DEVIATION,
  SMALL_AREA_MM2,
  WET_GREY,
} from './placement-parameters.ts';

/** Size of the glass, mm. */
export interface SensingArea {
  readonly widthMm: number;
  readonly heightMm: number;
}

/** What one preview frame says of the finger on the glass. */
export interface Placement {
  readonly map: PlacementMap;
  /** 0–100: how much ridge of how good a contrast lies on the glass. A guide for the best moment, not the image's quality. */
  readonly quality: number;
  readonly hint: PlacementHint;
  /** Area of the cells that show ridges, mm². */
  readonly ridgedAreaMm2: number;
  /** Mean contrast of these cells, grey levels; 0 when there is none. */
  readonly contrast: number;
  readonly isFinger: boolean;
}

/** Sums over the cells that show ridges. */
interface RidgedCells {
  readonly count: number;
  readonly mean: number;
  readonly deviation: number;
  readonly middleColumn: number;
  readonly middleRow: number;
  readonly touches: {
    readonly top: boolean;
    readonly bottom: boolean;
    readonly left: boolean;
    readonly right: boolean;
  };
}

/**
 * Reads a preview frame: where the finger lies, how good its ridges are, and what the officer should do.
 * @param before the glass before the finger came; what has not changed since is dirt. Null: nothing is known
 */
export function assessPlacement(frame: PreviewFrame, before: PreviewFrame | null, area: SensingArea): Placement {
  const { columns, rows } = frame;
  const cells = Array.from({ length: columns * rows }, (_, cell) => gradeOf(frame, before, cell));
  const cellWidthMm = area.widthMm / columns;
  const cellHeightMm = area.heightMm / rows;
  const ridged = sumUp(frame, cells);
  const ridgedAreaMm2 = ridged.count * cellWidthMm * cellHeightMm;
  const grades = cells.reduce((sum, grade) => sum + grade, 0);
  const quality = Math.min(100, Math.round((25 * grades * cellWidthMm * cellHeightMm) / FULL_AREA_MM2));
  const isFinger = ridgedAreaMm2 >= FINGER_AREA_MM2;
  return {
    map: { columns, rows, cells },
    quality,
    hint: isFinger ? hintOf(ridged, ridgedAreaMm2, columns, rows, cellWidthMm, cellHeightMm) : 'place-finger',
    ridgedAreaMm2,
    contrast: ridged.deviation,
    isFinger,
  };
}

function gradeOf(frame: PreviewFrame, before: PreviewFrame | null, cell: number): number {
  const deviation = frame.deviation[cell] ?? 0;
  if (deviation < RIDGE_DEVIATION) return 0;
  if (before !== null) {
    const meanChange = Math.abs((frame.mean[cell] ?? 0) - (before.mean[cell] ?? 0));
    const deviationChange = Math.abs(deviation - (before.deviation[cell] ?? 0));
    if (Math.max(meanChange, deviationChange) < CHANGED_GREY) return 0;
  }
  return 1 + GRADE_DEVIATIONS.filter((threshold) => deviation >= threshold).length;
}

function sumUp(frame: PreviewFrame, cells: readonly number[]): RidgedCells {
  const { columns, rows } = frame;
  let [count, mean, deviation, column, row] = [0, 0, 0, 0, 0];
  const touches = { top: false, bottom: false, left: false, right: false };
  cells.forEach((grade, cell) => {
    if (grade === 0) return;
    const atColumn = cell % columns;
    const atRow = Math.floor(cell / columns);
    count += 1;
    mean += frame.mean[cell] ?? 0;
    deviation += frame.deviation[cell] ?? 0;
    column += atColumn + 0.5;
    row += atRow + 0.5;
    touches.top ||= atRow === 0;
    touches.bottom ||= atRow === rows - 1;
    touches.left ||= atColumn === 0;
    touches.right ||= atColumn === columns - 1;
  });
  const share = 1 / Math.max(1, count);
  return {
    count,
    mean: mean * share,
    deviation: deviation * share,
    middleColumn: column * share,
    middleRow: row * share,
    touches,
  };
}

/** A finger is asked to move only when it runs over an edge of the glass: off centre but whole is as good as any. */
function hintOf(
  ridged: RidgedCells,
  ridgedAreaMm2: number,
  columns: number,
  rows: number,
  cellWidthMm: number,
  cellHeightMm: number,
): PlacementHint {
  const { touches } = ridged;
  const toRightMm = (ridged.middleColumn - columns / 2) * cellWidthMm;
  const downMm = (ridged.middleRow - rows / 2) * cellHeightMm;
  if (touches.bottom && !touches.top && downMm > OFF_CENTRE_MM) return 'move-up';
  if (touches.top && !touches.bottom && downMm < -OFF_CENTRE_MM) return 'move-down';
  if (touches.right && !touches.left && toRightMm > OFF_CENTRE_MM) return 'move-left';
  if (touches.left && !touches.right && toRightMm < -OFF_CENTRE_MM) return 'move-right';
  if (ridged.deviation < POOR_DEVIATION && ridged.mean > DRY_GREY) return 'too-dry';
  if (ridged.mean < WET_GREY) return ridgedAreaMm2 > LARGE_AREA_MM2 ? 'press-lighter' : 'too-wet';
  if (ridgedAreaMm2 < SMALL_AREA_MM2) return 'press-harder';
  return 'hold-still';
}
