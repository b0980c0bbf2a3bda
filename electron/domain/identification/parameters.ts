/**
 * How far above the match threshold a candidate is called "very strong": 2 on the scale of −log10 FMR, a hundred times
 * rarer among strangers than the threshold asks. Ours; the words are never percentages.
 */
export const VERY_STRONG_MARGIN = 2;

/**
 * How far the best candidate must lead the next record before one of several that pass is called *the* match: 2 on the
 * same scale. Ours: below it, which record is the person's is for the officer to find out.
 */
export const CLEAR_LEAD = 2;

/** Most candidates that one answer lists. Source: the contract's `databaseAnswer`. */
export const MAXIMUM_CANDIDATES = 10;
