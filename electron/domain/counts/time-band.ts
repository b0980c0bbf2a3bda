/** How long the two answers took, in bands: a time finer than that could point to one check. */
export const TIME_BANDS = ['under-10-s', '10-to-30-s', '30-to-60-s', '60-to-120-s', 'over-120-s'] as const;
export type TimeBand = (typeof TIME_BANDS)[number];

/** Upper end of each band but the last, milliseconds, exclusive. Source: the times that comparable systems publish, docs/law.md. */
const BAND_ENDS_MS: readonly number[] = [10_000, 30_000, 60_000, 120_000];

/** The band of a time to answer, in milliseconds from the lift of the last finger to the second answer. */
export function timeBandOf(ms: number): TimeBand {
  const index = BAND_ENDS_MS.findIndex((end) => ms < end);
  return TIME_BANDS[index === -1 ? TIME_BANDS.length - 1 : index] ?? 'over-120-s';
}

/** The band in which the median lies, by the number of checks in each band; the lower one of two in the middle, null for none. */
export function medianBand(tally: Readonly<Record<TimeBand, number>>): TimeBand | null {
  const total = TIME_BANDS.reduce((sum, band) => sum + tally[band], 0);
  let seen = 0;
  for (const band of TIME_BANDS) {
    seen += tally[band];
    if (total > 0 && seen * 2 >= total) return band;
  }
  return null;
}

/** A tally of nothing. */
export function noTimes(): Record<TimeBand, number> {
  return { 'under-10-s': 0, '10-to-30-s': 0, '30-to-60-s': 0, '60-to-120-s': 0, 'over-120-s': 0 };
}
