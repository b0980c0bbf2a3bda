import { FILTER_RADIUS, MASTER_COLUMNS, MASTER_ROWS } from '../parameters.ts';
import type { FieldLayout } from './grow-step.ts';

/** Cells left and right of a master: a filter reads 16 from 6 before its centre, and rows start at multiples of 16 bytes. */
const SIDE_CELLS = 16;

/** The layout of every master's field. */
export const MASTER_LAYOUT: FieldLayout = {
  columns: MASTER_COLUMNS,
  rows: MASTER_ROWS,
  stride: MASTER_COLUMNS + 2 * SIDE_CELLS,
  origin: FILTER_RADIUS * (MASTER_COLUMNS + 2 * SIDE_CELLS) + SIDE_CELLS,
  length: (MASTER_ROWS + 2 * FILTER_RADIUS) * (MASTER_COLUMNS + 2 * SIDE_CELLS),
};
