import { TILE_HEIGHT_PX, TILE_WIDTH_PX } from './gabor-bank.ts';
import { FILTER_PERIODS_PX, ORIENTATION_STEPS } from '../parameters.ts';
import { orientationAt, type OrientationField } from './orientation.ts';
import type { PeriodField } from './period.ts';
import type { FilterTaps } from './gabor-bank.ts';
import type { Plane, WorkingArea } from './working-area.ts';

/** The enhanced image: the ridges' wave as its even and odd part, i16, zero outside the finger. */
export interface EnhancedPlanes {
  readonly even: Plane;
  readonly odd: Plane;
  /** Filter orientation of each tile of 8 × 4 px in steps of π/32; `NO_TILE` where nothing was filtered. */
  readonly tileOrientations: Uint8Array;
  readonly tileColumns: number;
}

export const NO_TILE = 255;

/** The period step nearest to a period on a logarithmic scale. */
function periodStep(periodPx: number): number {
  let best = 0;
  for (let step = 1; step < FILTER_PERIODS_PX.length; step += 1) {
    if (
      Math.abs(Math.log(FILTER_PERIODS_PX[step] / periodPx)) < Math.abs(Math.log(FILTER_PERIODS_PX[best] / periodPx))
    ) {
      best = step;
    }
  }
  return best;
}

/** Lays the bank's taps into memory with this plane's stride; returns the byte pointer of each filter. */
function layTaps(bank: readonly FilterTaps[], stride: number, area: WorkingArea): Int32Array {
  const pointers = new Int32Array(bank.length);
  for (const [index, taps] of bank.entries()) {
    const pointer = area.take(taps.dx.length * 8);
    pointers[index] = pointer;
    for (let tap = 0; tap < taps.dx.length; tap += 1) {
      area.views.i32[(pointer >> 2) + tap * 2] = taps.dy[tap] * stride + taps.dx[tap];
      area.views.i16[(pointer >> 1) + tap * 4 + 2] = taps.even[tap];
      area.views.i16[(pointer >> 1) + tap * 4 + 3] = taps.odd[tap];
    }
  }
  return pointers;
}

/** Filters each tile of the finger with the Gabor pair of its own orientation and period. */
export function enhance(
  source: Plane,
  mask: Uint8Array,
  field: OrientationField,
  periods: PeriodField,
  bank: readonly FilterTaps[],
  area: WorkingArea,
): EnhancedPlanes {
  const even = area.plane(source.columns, source.rows, 2);
  const odd = area.plane(source.columns, source.rows, 2);
  const tileColumns = source.columns / TILE_WIDTH_PX;
  const tileRows = source.rows / TILE_HEIGHT_PX;
  const tileOrientations = area.bytes(tileColumns * tileRows).fill(NO_TILE);
  const pointers = layTaps(bank, source.stride, area);
  const periodSteps = Uint8Array.from(periods.periods, periodStep);
  const tiles = area.take(tileColumns * tileRows * 12);
  let at = tiles >> 2;
  for (let tile = 0; tile < tileColumns * tileRows; tile += 1) {
    const column = tile % tileColumns;
    const row = Math.floor(tile / tileColumns);
    if (mask[(row >> 1) * field.columns + column] === 0) continue;
    const angle = orientationAt(field, column * TILE_WIDTH_PX + 3.5, row * TILE_HEIGHT_PX + 1.5);
    const step = Math.round((angle / Math.PI) * ORIENTATION_STEPS) % ORIENTATION_STEPS;
    const filter = step * FILTER_PERIODS_PX.length + periodSteps[(row >> 2) * periods.columns + (column >> 1)];
    tileOrientations[tile] = step;
    area.views.i32[at] = row * TILE_HEIGHT_PX * source.stride + column * TILE_WIDTH_PX;
    area.views.i32[at + 1] = pointers[filter];
    area.views.i32[at + 2] = bank[filter].dx.length;
    at += 3;
  }
  area.kernels.filterTiles(source.pointer, source.stride, tiles, (at - (tiles >> 2)) / 3, even.pointer, odd.pointer);
  return { even, odd, tileOrientations, tileColumns };
}
