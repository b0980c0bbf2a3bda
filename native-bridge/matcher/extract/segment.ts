import { FOREGROUND_CONTRAST_LEVELS, FOREGROUND_CONTRAST_SHARE, NORMALISATION_SIGMA_BLOCKS } from '../parameters.ts';
import { percentile, smoothGrid } from './block-grid.ts';
import type { Plane, WorkingArea } from './working-area.ts';

/** Grey-level statistics in blocks of 8 px, smoothed over a few ridges. */
export interface BlockStatistics {
  readonly columns: number;
  readonly rows: number;
  /** Mean grey level. */
  readonly means: Float32Array;
  /** Standard deviation, grey levels. */
  readonly deviations: Float32Array;
}

/** Local mean and standard deviation of a u8 plane under a Gaussian window of `NORMALISATION_SIGMA_BLOCKS`. */
export function blockStatistics(plane: Plane, area: WorkingArea): BlockStatistics {
  const columns = plane.columns / 8;
  const rows = plane.rows / 8;
  const length = columns * rows;
  const sums = area.take(length * 4);
  const squares = area.take(length * 4);
  area.kernels.blockMoments(plane.pointer, plane.stride, columns, rows, sums, squares);
  const means = area.floats(length);
  const deviations = area.floats(length);
  const weights = area.floats(length);
  const scratch = area.floats(length);
  for (let block = 0; block < length; block += 1) {
    means[block] = area.views.i32[(sums >> 2) + block] / 64;
    deviations[block] = area.views.i32[(squares >> 2) + block] / 64;
  }
  weights.fill(1);
  for (const grid of [means, deviations, weights]) {
    smoothGrid(grid, grid, scratch, columns, rows, NORMALISATION_SIGMA_BLOCKS);
  }
  for (let block = 0; block < length; block += 1) {
    means[block] /= weights[block];
    deviations[block] = Math.sqrt(Math.max(0, deviations[block] / weights[block] - means[block] ** 2));
  }
  return { columns, rows, means, deviations };
}

/** Labels the 4-connected pieces of `mask` that equal `value` and returns the size of each, by label from 1. */
function labelPieces(mask: Uint8Array, value: number, columns: number, rows: number, labels: Int32Array): number[] {
  const sizes = [0];
  const queue: number[] = [];
  labels.fill(0);
  for (let seed = 0; seed < mask.length; seed += 1) {
    if (mask[seed] !== value || labels[seed] !== 0) continue;
    const label = sizes.length;
    let size = 0;
    labels[seed] = label;
    queue.push(seed);
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      size += 1;
      const column = at % columns;
      for (const next of [column > 0 ? at - 1 : -1, column < columns - 1 ? at + 1 : -1, at - columns, at + columns]) {
        if (next >= 0 && next < columns * rows && mask[next] === value && labels[next] === 0) {
          labels[next] = label;
          queue.push(next);
        }
      }
    }
    sizes.push(size);
  }
  return sizes;
}

/** Replaces each block by the majority of its 3 × 3 neighbourhood (or 5 × 5 with `reach` 2), blocks outside being 0. */
export function majority(mask: Uint8Array, columns: number, rows: number, reach: number, needed: number): void {
  const before = Uint8Array.from(mask);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let votes = 0;
      for (let y = Math.max(0, row - reach); y <= Math.min(rows - 1, row + reach); y += 1) {
        for (let x = Math.max(0, column - reach); x <= Math.min(columns - 1, column + reach); x += 1) {
          votes += before[y * columns + x];
        }
      }
      mask[row * columns + column] = votes >= needed ? 1 : 0;
    }
  }
}

/** Keeps the pieces at least `share` as large as the largest, and fills holes below `holeBlocks`. */
export function keepLargePieces(
  mask: Uint8Array,
  columns: number,
  rows: number,
  share: number,
  holeBlocks: number,
): void {
  const labels = new Int32Array(mask.length);
  const sizes = labelPieces(mask, 1, columns, rows, labels);
  const least = Math.max(...sizes) * share;
  for (let at = 0; at < mask.length; at += 1) if (mask[at] === 1 && sizes[labels[at]] < least) mask[at] = 0;
  const holes = labelPieces(mask, 0, columns, rows, labels);
  for (let at = 0; at < mask.length; at += 1) if (mask[at] === 0 && holes[labels[at]] < holeBlocks) mask[at] = 1;
}

/** First guess of where the finger is, by contrast alone: 1 for finger, a byte a block. */
export function segmentByContrast(statistics: BlockStatistics): Uint8Array {
  const { columns, rows, deviations } = statistics;
  const strongest = percentile(deviations, 0.9);
  const threshold = Math.max(FOREGROUND_CONTRAST_LEVELS, strongest * FOREGROUND_CONTRAST_SHARE);
  const mask = Uint8Array.from(deviations, (deviation) => (deviation > threshold ? 1 : 0));
  majority(mask, columns, rows, 1, 5);
  keepLargePieces(mask, columns, rows, 0.2, 40);
  return mask;
}
