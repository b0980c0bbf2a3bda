/** Largest number of minutiae in a template, the best by quality. A full fingertip shows 40–100. */
export const MAXIMUM_TEMPLATE_MINUTIAE = 128;

/** Bytes of a template's fixed head. Source: docs/matcher.md, "The template". */
export const TEMPLATE_HEAD_BYTES = 16;

/** Bytes of one minutia in a template. */
export const TEMPLATE_MINUTIA_BYTES = 6;

/** Side of one cell of the template's orientation map, pixels at 500 ppi (0.81 mm, under two ridges). */
export const MAP_CELL_PX = 16;

/** Largest number of orientation cells in a template: a print of 768 × 1,024 px, more than a roll of a thumb. */
export const MAXIMUM_MAP_CELLS = 3072;

/** Bytes that the largest template takes: head, minutiae and orientation map. */
export const MAXIMUM_TEMPLATE_BYTES =
  TEMPLATE_HEAD_BYTES + MAXIMUM_TEMPLATE_MINUTIAE * TEMPLATE_MINUTIA_BYTES + MAXIMUM_MAP_CELLS;

/** Filter orientations over half a turn (5.6° apart). */
export const ORIENTATION_STEPS = 32;

/** Ridge periods that filters are made for, pixels at 500 ppi: steps of 12 % from a child's finger to a wide thumb. */
export const FILTER_PERIODS_PX: readonly number[] = [5, 5.6, 6.3, 7, 7.9, 8.8, 9.9, 11.1, 12.4, 13.9];

/** Standard deviations of a filter's envelope: along the ridge in pixels at 500 ppi, across it in periods. */
export interface FilterWidth {
  readonly alongPx: number;
  readonly acrossPeriods: number;
}

/** The filters whose phase is read: wide enough to bridge flaws. Tuned on the development sets. */
export const PHASE_FILTER: FilterWidth = { alongPx: 4.5, acrossPeriods: 0.4 };

/** The filters whose skeleton is read: narrow, so that they err elsewhere. */
export const SKELETON_FILTER: FilterWidth = { alongPx: 3, acrossPeriods: 0.3 };

/** Local standard deviation that normalisation aims at, in its own units. */
export const NORMALISED_DEVIATION = 2048;

/** Standard deviation of the window for local mean and contrast, blocks of 8 px. */
export const NORMALISATION_SIGMA_BLOCKS = 1.6;

/** A block is finger when its contrast exceeds this share of the image's strongest contrast (90th percentile). */
export const FOREGROUND_CONTRAST_SHARE = 0.25;

/** Least contrast of a finger, grey levels (standard deviation). Below it there are no ridges to see. */
export const FOREGROUND_CONTRAST_LEVELS = 5;

/** Radius of the neighbourhood that a minutia's descriptor covers, pixels at 500 ppi. Source: Cappelli et al. 2010. */
export const CYLINDER_RADIUS_PX = 70;

/** Cells along the diameter of a descriptor's base, and sections of a turn in its height. Source: Cappelli et al. 2010. */
export const CYLINDER_BASE_CELLS = 8;
export const CYLINDER_SECTIONS = 6;

/** Spread of a neighbour over the base, pixels at 500 ppi, and over the height, radians. Source: Cappelli et al. 2010. */
export const CYLINDER_SPREAD_PX = 28 / 3;
export const CYLINDER_SPREAD_RAD = (2 * Math.PI) / 9;
