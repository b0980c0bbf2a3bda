/** Milliseconds of a day. Periods of retention are counted in days of 24 hours, so that a change of the clocks moves none. */
const MS_PER_DAY = 24 * 60 * 60 * 1_000;

/**
 * The moment before which a check must have ended for its personal text to be removed at `nowMs`. Data protection: what an
 * officer wrote about a person is kept no longer than the period that the administrator set, DPA 2018 s39 [K].
 */
export function personalTextDueBefore(nowMs: number, retentionDays: number): number {
  return nowMs - retentionDays * MS_PER_DAY;
}
