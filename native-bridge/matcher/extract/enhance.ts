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
  readonly plan: TilePlan;
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

/** The filters as the kernels read them, for one stride: pointers are relative to the first tap. */
interface TapLayout {
  readonly bytes: Uint8Array;
  readonly pointers: Int32Array;
}

/** A bank with its layouts, which are made once for each stride that occurs. */
export class TapStore {
  readonly bank: readonly FilterTaps[];
  readonly #layouts = new Map<number, TapLayout>();

  constructor(bank: readonly FilterTaps[]) {
    this.bank = bank;
  }

  layout(stride: number): TapLayout {
    const known = this.#layouts.get(stride);
    if (known !== undefined) return known;
    const pointers = new Int32Array(this.bank.length);
    let end = 0;
    for (const [index, taps] of this.bank.entries()) {
      pointers[index] = end;
      end += taps.dx.length * 8;
    }
    const view = new DataView(new ArrayBuffer(end));
    for (const [index, taps] of this.bank.entries()) {
      for (let tap = 0; tap < taps.dx.length; tap += 1) {
        const at = pointers[index] + tap * 8;
        view.setInt32(at, taps.dy[tap] * stride + taps.dx[tap], true);
        view.setInt16(at + 4, taps.even[tap], true);
        view.setInt16(at + 6, taps.odd[tap], true);
      }
    }
    const layout = { bytes: new Uint8Array(view.buffer), pointers };
    this.#layouts.set(stride, layout);
    return layout;
  }
}

/** Which filter each tile of 8 × 4 px takes. */
export interface TilePlan {
  readonly tileColumns: number;
  /** Orientation step of each tile, or `NO_TILE`. */
  readonly orientations: Uint8Array;
  /** Number of the filter in the bank, for tiles that have one. */
  readonly filters: Uint16Array;
}

/** Chooses the filter of each tile of the finger by the orientation in its middle and the period of its cell. */
export function planTiles(source: Plane, mask: Uint8Array, field: OrientationField, periods: PeriodField): TilePlan {
  const tileColumns = source.columns / TILE_WIDTH_PX;
  const tiles = (tileColumns * source.rows) / TILE_HEIGHT_PX;
  const orientations = new Uint8Array(tiles).fill(NO_TILE);
  const filters = new Uint16Array(tiles);
  const periodSteps = Uint8Array.from(periods.periods, periodStep);
  for (let tile = 0; tile < tiles; tile += 1) {
    const column = tile % tileColumns;
    const row = Math.floor(tile / tileColumns);
    if (mask[(row >> 1) * field.columns + column] === 0) continue;
    const angle = orientationAt(field, column * TILE_WIDTH_PX + 3.5, row * TILE_HEIGHT_PX + 1.5);
    const step = Math.round((angle / Math.PI) * ORIENTATION_STEPS) % ORIENTATION_STEPS;
    orientations[tile] = step;
    filters[tile] = step * FILTER_PERIODS_PX.length + periodSteps[(row >> 2) * periods.columns + (column >> 1)];
  }
  return { tileColumns, orientations, filters };
}

/** Filters each tile of the plan with its Gabor pair from `taps`. */
export function enhance(source: Plane, plan: TilePlan, taps: TapStore, area: WorkingArea): EnhancedPlanes {
  const even = area.plane(source.columns, source.rows, 2);
  const odd = area.plane(source.columns, source.rows, 2);
  const { bytes, pointers } = taps.layout(source.stride);
  const firstTap = area.take(bytes.length);
  area.views.u8.set(bytes, firstTap);
  const { i32 } = area.views;
  const tiles = area.take(plan.orientations.length * 12);
  let at = tiles >> 2;
  for (let tile = 0; tile < plan.orientations.length; tile += 1) {
    if (plan.orientations[tile] === NO_TILE) continue;
    const column = tile % plan.tileColumns;
    const row = Math.floor(tile / plan.tileColumns);
    i32[at] = row * TILE_HEIGHT_PX * source.stride + column * TILE_WIDTH_PX;
    i32[at + 1] = firstTap + pointers[plan.filters[tile]];
    i32[at + 2] = taps.bank[plan.filters[tile]].dx.length;
    at += 3;
  }
  area.kernels.filterTiles(source.pointer, source.stride, tiles, (at - (tiles >> 2)) / 3, even.pointer, odd.pointer);
  return { even, odd, plan };
}
