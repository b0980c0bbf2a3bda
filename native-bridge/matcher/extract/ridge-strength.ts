import { NORMALISED_DEVIATION } from '../parameters.ts';
import { smoothGrid } from './block-grid.ts';
import type { EnhancedPlanes } from './enhance.ts';
import { keepLargePieces, majority } from './segment.ts';
import type { WorkingArea } from './working-area.ts';

/** Mean of |even| + |odd| of a wave whose deviation is that of the normalised image: its amplitude times 4/π. */
const FULL_RESPONSE = (NORMALISED_DEVIATION * Math.SQRT2 * 4) / Math.PI;

/** Smoothing of the strengths, blocks. */
const STRENGTH_SIGMA_BLOCKS = 0.8;
/** Least share of the contrast that must be ridges. Tuned on the development sets. */
const LEAST_STRENGTH = 0.3;
/** Pieces of finger smaller than this share of the largest are dropped; holes smaller than this are filled, blocks. */
const LEAST_PIECE_SHARE = 0.1;
const LARGEST_HOLE_BLOCKS = 30;

/** How much of the local contrast is ridges, in blocks of 8 px: 1 for clean ridges, near 0 for noise and background. */
export function ridgeStrengths(planes: EnhancedPlanes, area: WorkingArea): Float32Array {
  const { even, odd } = planes;
  const columns = even.columns / 8;
  const rows = even.rows / 8;
  const { i16 } = area.views;
  const strengths = area.floats(columns * rows);
  for (let block = 0; block < columns * rows; block += 1) {
    const first = Math.floor(block / columns) * 8 * even.stride + (block % columns) * 8;
    let sum = 0;
    for (let y = 0; y < 8; y += 2) {
      for (let x = 0; x < 8; x += 2) {
        const at = first + y * even.stride + x;
        sum += Math.abs(i16[(even.pointer >> 1) + at]) + Math.abs(i16[(odd.pointer >> 1) + at]);
      }
    }
    strengths[block] = sum / 16 / FULL_RESPONSE;
  }
  return smooth(strengths, columns, rows, area);
}

/** Strengths averaged over each block and its neighbours. */
function smooth(strengths: Float32Array, columns: number, rows: number, area: WorkingArea): Float32Array {
  const weights = area.floats(strengths.length).fill(1);
  const scratch = area.floats(strengths.length);
  smoothGrid(strengths, strengths, scratch, columns, rows, STRENGTH_SIGMA_BLOCKS);
  smoothGrid(weights, weights, scratch, columns, rows, STRENGTH_SIGMA_BLOCKS);
  for (let block = 0; block < strengths.length; block += 1) strengths[block] /= weights[block];
  return strengths;
}

/** The finger proper, a byte a block: where contrast comes from ridges, without specks and holes. */
export function ridgeMask(strengths: Float32Array, mask: Uint8Array, columns: number, rows: number): Uint8Array {
  const finger = Uint8Array.from(mask, (block, index) => (block === 1 && strengths[index] > LEAST_STRENGTH ? 1 : 0));
  majority(finger, columns, rows, 1, 5);
  keepLargePieces(finger, columns, rows, LEAST_PIECE_SHARE, LARGEST_HOLE_BLOCKS);
  return finger;
}
