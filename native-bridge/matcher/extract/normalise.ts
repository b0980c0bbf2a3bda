import { NORMALISED_DEVIATION } from '../parameters.ts';
import { percentile } from './block-grid.ts';
import type { BlockWindow } from './block-window.ts';
import type { BlockStatistics } from './segment.ts';
import type { Plane, WorkingArea } from './working-area.ts';

/** Contrast below this share of the image's strongest is not raised any further, lest noise look like ridges. */
const LEAST_CONTRAST_SHARE = 0.2;

/** The i16 plane of a window of the image with mean 0 and local deviation `NORMALISED_DEVIATION`, ridges positive. */
export function normalisedPlane(
  source: Plane,
  statistics: BlockStatistics,
  window: BlockWindow,
  area: WorkingArea,
): Plane {
  const corners = (window.columns + 1) * (window.rows + 1);
  const means = area.take(corners * 4);
  const gains = area.take(corners * 4);
  const floor = Math.max(2, percentile(statistics.deviations, 0.9) * LEAST_CONTRAST_SHARE);
  for (let corner = 0; corner < corners; corner += 1) {
    const column = window.left + (corner % (window.columns + 1));
    const row = window.top + Math.floor(corner / (window.columns + 1));
    let mean = 0;
    let deviation = 0;
    for (const [x, y] of [
      [column - 1, row - 1],
      [column, row - 1],
      [column - 1, row],
      [column, row],
    ] as const) {
      const block =
        Math.max(0, Math.min(statistics.rows - 1, y)) * statistics.columns +
        Math.max(0, Math.min(statistics.columns - 1, x));
      mean += statistics.means[block] / 4;
      deviation += statistics.deviations[block] / 4;
    }
    area.views.i32[(means >> 2) + corner] = Math.round(mean * 64);
    area.views.i32[(gains >> 2) + corner] = Math.round((NORMALISED_DEVIATION / Math.max(floor, deviation)) * 16);
  }
  const target = area.plane(window.columns * 8, window.rows * 8, 2);
  area.kernels.normalise(
    source.pointer + window.top * 8 * source.stride + window.left * 8,
    source.stride,
    window.columns,
    window.rows,
    means,
    gains,
    target.pointer,
    target.stride,
  );
  return target;
}
