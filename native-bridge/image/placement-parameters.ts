/** Contrast (standard deviation of a cell, grey levels) from which a cell is taken to show ridges. Ridges of full contrast reach 127. */
export const RIDGE_DEVIATION = 14;
/** Contrast from which ridges count as fair, good and very good (grades 2, 3 and 4), grey levels. */
export const GRADE_DEVIATIONS = [24, 36, 48] as const;
/** A cell counts as changed since the glass was empty from this change of mean or of contrast, grey levels. */
export const CHANGED_GREY = 10;
/** Ridged area from which something on the glass is a finger, mm²: a quarter of a fingertip pressed lightly. */
export const FINGER_AREA_MM2 = 45;
/** Ridged area below which the officer is told to press harder, mm²: about half of a rolled-off fingertip. */
export const SMALL_AREA_MM2 = 110;
/** Ridged area that earns full marks in the preview, mm²: a fingertip laid flat is about 13 × 17 mm. */
export const FULL_AREA_MM2 = 180;
/** Ridged area beyond which a dark print is pressed too hard, mm². */
export const LARGE_AREA_MM2 = 380;
/** Mean grey of the ridged cells above which skin is dry, when the contrast is poor too. */
export const DRY_GREY = 190;
/** Mean grey of the ridged cells, those on the rim of the finger included, below which skin is wet. */
export const WET_GREY = 90;
/** Mean contrast of the ridged cells below which dryness is spoken of, grey levels. */
export const POOR_DEVIATION = 34;
/** Distance of the middle of the finger from the middle of the glass from which it is worth moving, mm. */
export const OFF_CENTRE_MM = 4;
/** Ridged area from which something that was there before any finger came is worth wiping off, mm². */
export const RESIDUE_AREA_MM2 = 30;
/** Mean contrast of what lies on the glass at the start from which it is a finger and not a trace of one, grey levels. */
export const FIRM_DEVIATION = 30;
