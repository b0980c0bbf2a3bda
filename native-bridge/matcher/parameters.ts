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
