import { TILE_HEIGHT_PX, TILE_WIDTH_PX } from './gabor-bank.ts';
import type { MinutiaCandidate } from './candidate.ts';
import { NO_TILE, type EnhancedPlanes } from './enhance.ts';
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

/** A phase seen with the normal of orientation step `from` turned to that of `reference`: opposite normals mirror it. */
function aligned(phase: number, from: number, reference: number): number {
  return Math.abs(from - reference) > 16 ? -phase : phase;
}

function wrapped(difference: number): number {
  return ((difference + 128) & 255) - 128;
}

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
  const { even, tileOrientations, tileColumns } = planes;
  const { stride, columns, rows } = even;
  const { u8 } = area.views;
  const found: MinutiaCandidate[] = [];
  const tileAt = (x: number, y: number): number =>
    tileOrientations[Math.floor(y / TILE_HEIGHT_PX) * tileColumns + Math.floor(x / TILE_WIDTH_PX)];
  for (let y = 0; y < rows - 1; y += 1) {
    for (let x = 0; x < columns - 1; x += 1) {
      const here = tileAt(x, y);
      if (here === NO_TILE) {
        x |= TILE_WIDTH_PX - 1;
        continue;
      }
      const at = phases + y * stride + x;
      let p00 = u8[at];
      let p10 = u8[at + 1];
      let p01 = u8[at + stride];
      let p11 = u8[at + stride + 1];
      if ((x & 7) === 7 || (y & 3) === 3) {
        const [east, south, southEast] = [tileAt(x + 1, y), tileAt(x, y + 1), tileAt(x + 1, y + 1)];
        if (east === NO_TILE || south === NO_TILE || southEast === NO_TILE) continue;
        p10 = aligned(p10, east, here);
        p01 = aligned(p01, south, here);
        p11 = aligned(p11, southEast, here);
      }
      // Around from x towards y: the sum is one whole turn (256), minus one, or none.
      const turns = wrapped(p10 - p00) + wrapped(p11 - p10) + wrapped(p01 - p11) + wrapped(p00 - p01);
      if (turns === 0) continue;
      const fieldAngle = orientationAt(field, x + 1, y + 1);
      const tileAngle = (here * Math.PI) / 32;
      const isTurned = Math.cos(fieldAngle - tileAngle) < 0;
      const angleRad = (fieldAngle + (turns > 0 !== isTurned ? 0 : Math.PI)) % (2 * Math.PI);
      const probeX = Math.round(x + 0.5 + KIND_PROBE_PX * Math.cos(angleRad));
      const probeY = Math.round(y + 0.5 + KIND_PROBE_PX * Math.sin(angleRad));
      const probe = Math.max(0, Math.min(rows - 1, probeY)) * stride + Math.max(0, Math.min(columns - 1, probeX));
      const endingness = Math.cos((u8[phases + probe] / 128) * Math.PI);
      found.push({ xPx: x + 0.5, yPx: y + 0.5, angleRad, endingness, quality: 0.5 });
    }
  }
  return found;
}
