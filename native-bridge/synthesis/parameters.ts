import { NOMINAL_RESOLUTION_PPI } from '../image/grey-image.ts';

/** Resolution at which a master is grown, pixels per inch: a ridge period is 4.5 cells, twice what sampling asks for. */
export const MASTER_RESOLUTION_PPI = 250;
/** Pixels of 500 ppi in a master cell: 2. */
export const PIXELS_PER_CELL = NOMINAL_RESOLUTION_PPI / MASTER_RESOLUTION_PPI;

/** Size of a master, cells of 250 ppi: 15.2 × 22.4 mm, a rolled finger's width. */
export const MASTER_COLUMNS = 152;
export const MASTER_ROWS = 224;

/** Mean ridge period of adult fingers at 500 ppi, pixels, and how fingers differ. Source: 2.2 to 2.6 ridges a millimetre. */
export const RIDGE_PERIOD_PX = { mean: 8.9, deviation: 0.45 } as const;
/** Shortest and longest period anywhere, pixels at 500 ppi. */
export const RIDGE_PERIOD_LIMITS_PX = { minimum: 7.2, maximum: 12.4 } as const;

/** Steps of the filter bank: orientations in half a turn, and periods between the limits. */
export const ORIENTATION_STEPS = 64;
export const PERIOD_STEPS = 12;

/** Cells on each side of a filter's centre: 1.35 periods of 4.5 cells. */
export const FILTER_RADIUS = 6;
/** Width of a filter row in memory: 13 taps and three zeros, two vectors of eight. */
export const FILTER_STRIDE = 16;

/** Largest absolute value of a grown cell: ridges are positive, valleys negative. */
export const FIELD_LIMIT = 2_047;
/** Bits that a filter's sum is shifted by; the bank is scaled for it. */
export const FILTER_SHIFT = 12;
/** What one filtering makes of a sinusoid of its own period and direction: above 1, so that ridges grow until they saturate. */
export const FILTER_GAIN = 1.7;

/** Filterings that a master takes: about ten until ridges from neighbouring seeds have met, the others to settle minutiae. */
export const GROWTH_STEPS = 18;
/** Mean distance between seeds of ridges, cells. */
export const SEED_SPACING_CELLS = 13;
