import { FIELD_LIMIT, MASTER_COLUMNS, MASTER_ROWS, PIXELS_PER_CELL } from './parameters.ts';

/**
 * Height of the ridges of a master at a place of the finger (pixels at 500 ppi from its middle), about −1 to 1: a cubic
 * B-spline over the cells, which is smooth enough to show no cells at any resolution. 0 outside the master.
 */
export function sampleRidges(ridges: Int16Array, x: number, y: number): number {
  const column = x / PIXELS_PER_CELL + MASTER_COLUMNS / 2;
  const row = y / PIXELS_PER_CELL + MASTER_ROWS / 2;
  const i = Math.floor(column);
  const j = Math.floor(row);
  if (i < 1 || j < 1 || i >= MASTER_COLUMNS - 2 || j >= MASTER_ROWS - 2) return 0;
  const t = column - i;
  const tt = t * t;
  const a3 = tt * t;
  const a0 = 1 - 3 * t + 3 * tt - a3;
  const a1 = 4 - 6 * tt + 3 * a3;
  const a2 = 1 + 3 * t + 3 * tt - 3 * a3;
  const s = row - j;
  const ss = s * s;
  const b3 = ss * s;
  const b0 = 1 - 3 * s + 3 * ss - b3;
  const b1 = 4 - 6 * ss + 3 * b3;
  const b2 = 1 + 3 * s + 3 * ss - 3 * b3;
  const k0 = (j - 1) * MASTER_COLUMNS + i - 1;
  const k1 = k0 + MASTER_COLUMNS;
  const k2 = k1 + MASTER_COLUMNS;
  const k3 = k2 + MASTER_COLUMNS;
  const sum =
    b0 * (a0 * ridges[k0] + a1 * ridges[k0 + 1] + a2 * ridges[k0 + 2] + a3 * ridges[k0 + 3]) +
    b1 * (a0 * ridges[k1] + a1 * ridges[k1 + 1] + a2 * ridges[k1 + 2] + a3 * ridges[k1 + 3]) +
    b2 * (a0 * ridges[k2] + a1 * ridges[k2 + 1] + a2 * ridges[k2 + 2] + a3 * ridges[k2 + 3]) +
    b3 * (a0 * ridges[k3] + a1 * ridges[k3 + 1] + a2 * ridges[k3 + 2] + a3 * ridges[k3 + 3]);
  // The spline's weights sum to 36; it leaves 0.6 to 0.7 of a wave of a ridge's period, which the last factor gives back.
  return (sum / (36 * FIELD_LIMIT)) * 1.35;
}
