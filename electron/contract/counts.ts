import { oc } from '@orpc/contract';
import { z } from 'zod';
import { REFUSED } from './errors.ts';
import { machineCode, MAXIMUM_ROWS } from './limits.ts';

/** A calendar month of Europe/London, `YYYY-MM`. */
export const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
  .max(7);

/** One published number, or the fact that it was held back. */
export const publishedCount = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), value: z.number().int().min(0) }),
  z.strictObject({ kind: z.literal('suppressed') }),
]);
export type PublishedCount = z.infer<typeof publishedCount>;

/** One row of the month table: what was counted, by a code that the locales put into words. */
export const countRow = z.strictObject({ month, cell: machineCode, count: publishedCount });
export type CountRow = z.infer<typeof countRow>;

export const countsTable = z.strictObject({
  /** Numbers from 1 up to below this are suppressed. */
  threshold: z.number().int().min(0).max(1_000),
  rows: z.array(countRow).max(MAXIMUM_ROWS * 20),
});

export const countsContract = {
  byMonth: oc
    .errors(REFUSED)
    .input(z.strictObject({ from: month, to: month }))
    .output(countsTable),
};
