/** Numbers from 1 up to below this are never published. Source: common practice for small counts, docs/law.md; a setting. */
export const DEFAULT_THRESHOLD = 5;
/** By how much, at least, a hidden number could also be otherwise for a reader who knows all that is shown. Ours. */
export const LEAST_DOUBT = 1;
/** What it costs to hide a number of a month, of a year, of the whole period: the more readers want it, the dearer. Ours. */
export const LEVEL_WEIGHTS = { month: 1, year: 8, all: 30 } as const;
/** The same by what is counted: all checks and the checks that were searched are what the public asks first. Ours. */
export const COLUMN_WEIGHTS: Readonly<Record<string, number>> = { check: 6, 'outcome/searched': 3 };
/** Of two numbers that cost the same the smaller one is hidden: this share of the cost for each doubling. Ours. */
export const WEIGHT_PER_DOUBLING = 1 / 64;
