import type { KernelViews } from '../kernel-views.ts';

/** Mark of a tile without phase. */
const NO_TILE = 255;
/** Difference of orientation steps beyond which two normals point apart: a quarter turn of 32 steps to the half. */
const OPPOSITE_STEPS = 16;

function aligned(phase: number, step: number, reference: number): number {
  return Math.abs(step - reference) > OPPOSITE_STEPS ? -phase : phase;
}

/** A difference of phases brought to −128 … 127. */
function wrapped(difference: number): number {
  return ((difference + 128) & 255) - 128;
}

/** The reference of `Kernels.dislocations`. */
export function dislocations(
  { u8, i32 }: KernelViews,
  phases: number,
  stride: number,
  columns: number,
  rows: number,
  orientations: number,
  target: number,
  limit: number,
): number {
  const tileColumns = columns >> 3;
  let count = 0;
  for (let y = 0; y < rows - 1; y += 1) {
    const here = orientations + (y >> 2) * tileColumns;
    const below = orientations + ((y + 1) >> 2) * tileColumns;
    for (let x = 0; x < columns - 1; x += 1) {
      const step = u8[here + (x >> 3)];
      const east = u8[here + ((x + 1) >> 3)];
      const south = u8[below + (x >> 3)];
      const southEast = u8[below + ((x + 1) >> 3)];
      if (step === NO_TILE || east === NO_TILE || south === NO_TILE || southEast === NO_TILE) continue;
      const at = phases + y * stride + x;
      const p0 = u8[at];
      const p1 = aligned(u8[at + 1], east, step);
      const p2 = aligned(u8[at + stride + 1], southEast, step);
      const p3 = aligned(u8[at + stride], south, step);
      const turns = wrapped(p1 - p0) + wrapped(p2 - p1) + wrapped(p3 - p2) + wrapped(p0 - p3);
      if (turns === 0 || count === limit) continue;
      const record = (target >> 2) + count * 3;
      i32[record] = x;
      i32[record + 1] = y;
      i32[record + 2] = turns > 0 ? 1 : -1;
      count += 1;
    }
  }
  return count;
}
