import { TILE_HEIGHT_PX, TILE_WIDTH_PX } from './gabor-bank.ts';
import type { MinutiaCandidate } from './candidate.ts';
import type { EnhancedPlanes } from './enhance.ts';
import { ORIENTATION_STEPS } from '../parameters.ts';
import { orientationAt, type OrientationField } from './orientation.ts';
import type { WorkingArea } from './working-area.ts';

/** How far ahead of a minutia its own ridge or valley is looked for, pixels at 500 ppi. */
const KIND_PROBE_PX = 7;

/** The arctangent of 0 to 1 in 257 steps, in 256ths of a turn. */
export const ARCTANGENTS: Uint8Array = Uint8Array.from({ length: 257 }, (_, index) =>
  Math.round((Math.atan(index / 256) / (2 * Math.PI)) * 256),
);

/** The phase of every pixel of the enhanced image, u8 in 256ths of a turn, in a plane of the same stride. */
export function phasePlane(planes: EnhancedPlanes, area: WorkingArea): number {
  const table = area.take(ARCTANGENTS.length);
  area.views.u8.set(ARCTANGENTS, table);
  const { even, odd } = planes;
  const length = even.stride * even.rows;
  const target = area.take(length);
  area.kernels.phases(even.pointer, odd.pointer, table, target, length);
  return target;
}

/** Most dislocations that are looked at; a full fingertip has 100, noise has thousands. */
const MAXIMUM_DISLOCATIONS = 4096;

/**
 * Minutiae as dislocations of the ridges' wave: points around which its phase turns once. The sense of the turn tells on
 * which side the extra ridge or valley lies. Needs neither threshold nor thinning (Larkin and Fletcher 2007).
 */
export function phaseMinutiae(
  planes: EnhancedPlanes,
  phases: number,
  field: OrientationField,
  area: WorkingArea,
): MinutiaCandidate[] {
  const { even, plan } = planes;
  const { u8, i32 } = area.views;
  const orientations = area.take(plan.orientations.length);
  u8.set(plan.orientations, orientations);
  const list = area.take(MAXIMUM_DISLOCATIONS * 12);
  const { stride, columns, rows } = even;
  const count = area.kernels.dislocations(phases, stride, columns, rows, orientations, list, MAXIMUM_DISLOCATIONS);
  return Array.from({ length: count }, (_, index) => {
    const [x, y, turns] = i32.subarray((list >> 2) + index * 3, (list >> 2) + index * 3 + 3);
    const tile = Math.floor(y / TILE_HEIGHT_PX) * plan.tileColumns + Math.floor(x / TILE_WIDTH_PX);
    const fieldAngle = orientationAt(field, x + 1, y + 1);
    // The field's angle is known but for half a turn, the tile's phase was measured against the tile's own.
    const isTurned = Math.cos(fieldAngle - (plan.orientations[tile] * Math.PI) / ORIENTATION_STEPS) < 0;
    const angleRad = (fieldAngle + (turns > 0 !== isTurned ? 0 : Math.PI)) % (2 * Math.PI);
    const probeX = Math.round(x + 0.5 + KIND_PROBE_PX * Math.cos(angleRad));
    const probeY = Math.round(y + 0.5 + KIND_PROBE_PX * Math.sin(angleRad));
    const probe = Math.max(0, Math.min(rows - 1, probeY)) * stride + Math.max(0, Math.min(columns - 1, probeX));
    const endingness = Math.cos((u8[phases + probe] / 128) * Math.PI);
    return { xPx: x + 0.5, yPx: y + 0.5, angleRad, endingness, quality: 0.5 };
  });
}
