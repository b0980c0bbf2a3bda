/** How long one attempt to deliver may take, milliseconds. Ours: a document is below 20 kB, also on a poor line. */
export const DELIVERY_TIMEOUT_MS = 30_000;
/** Attempts within one run; the next run tries again. */
export const ATTEMPTS_IN_A_RUN = 6;
/** The wait before the second attempt, milliseconds; doubled each time, less up to half of it at random. */
export const FIRST_WAIT_MS = 2_000;
/** The longest wait between two attempts of one run, milliseconds. */
export const LONGEST_WAIT_MS = 120_000;
/** From the start of the station to its first run, milliseconds. */
export const FIRST_RUN_AFTER_MS = 30_000;
/** From one run to the next, milliseconds. */
export const RUN_EVERY_MS = 3_600_000;
/** Longest answer of the collector that is read, bytes. */
export const MAXIMUM_ANSWER_BYTES = 4_096;
/** Checkpoints of the audit log that go with one document, newest first. */
export const ANCHORS_WITH_A_DOCUMENT = 20;
