import { CYLINDER_BASE_CELLS, CYLINDER_SECTIONS } from '../parameters.ts';

/** The base cells within the circle, as offsets from its middle in cells; their order is that of the packed values. */
export const BASE_OFFSETS: readonly { readonly u: number; readonly v: number }[] = Array.from(
  { length: CYLINDER_BASE_CELLS ** 2 },
  (_, cell) => ({
    u: (cell % CYLINDER_BASE_CELLS) + 0.5 - CYLINDER_BASE_CELLS / 2,
    v: Math.floor(cell / CYLINDER_BASE_CELLS) + 0.5 - CYLINDER_BASE_CELLS / 2,
  }),
).filter(({ u, v }) => u * u + v * v <= (CYLINDER_BASE_CELLS / 2) ** 2);

/** Values of a cylinder (52 cells × 6 sections), i16. */
export const VALUES = BASE_OFFSETS.length * CYLINDER_SECTIONS;

/** Lanes kept for one number a base cell, i16: whole v128s. */
export const CELL_LANES = Math.ceil(BASE_OFFSETS.length / 8) * 8;

/** Lanes of the ridge orientation under each base cell: the doubled angle's cosine and sine. */
export const FLOW_LANES = BASE_OFFSETS.length * 2;

/**
 * A packed cylinder, i16: the values; the flow (±127); the sum of squares of the values of each base cell divided by 4;
 * 1 for a base cell on or near the finger; 1 for a base cell whose flow is known.
 */
export const FLOW_AT = Math.ceil(VALUES / 8) * 8;
export const SQUARES_AT = FLOW_AT + Math.ceil(FLOW_LANES / 8) * 8;
export const VALIDITY_AT = SQUARES_AT + CELL_LANES;
export const FLOW_VALIDITY_AT = VALIDITY_AT + CELL_LANES;
export const PACKED_LANES = FLOW_VALIDITY_AT + CELL_LANES;
export const PACKED_BYTES = PACKED_LANES * 2;

/** Sums of squares are stored divided by this, so that 6 × 127² fits 16 bits. */
export const SQUARE_SCALE = 4;

/** Length of a flow vector. */
export const FLOW_UNIT = 127;

/** Least number of base cells whose flow is known on both sides, and the agreement taken where there are fewer. */
export const LEAST_FLOW_CELLS = 8;
export const UNKNOWN_FLOW = 0.6;

/** Agreement of the flow below which two cylinders are not compared any further: it spares most of the work. */
export const LEAST_FLOW = 0.6;
