import { oc } from '@orpc/contract';
import { z } from 'zod';
import { REFUSED } from './errors.ts';
import { machineCode, MAXIMUM_ROWS, moment } from './limits.ts';

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

/** How far the push of monthly counts is. */
export const pushStatus = z.strictObject({
  isSwitchedOn: z.boolean(),
  isRunning: z.boolean(),
  waitingMonths: z.array(month).max(MAXIMUM_ROWS),
  lastDelivered: z.strictObject({ month, at: moment }).nullable(),
  lastRefusal: z.strictObject({ month, at: moment, reason: machineCode }).nullable(),
});
export type PushStatus = z.infer<typeof pushStatus>;

/** A transparency pack that was written on this computer. */
export const writtenPack = z.strictObject({
  folder: machineCode,
  files: z.number().int().min(1),
  suppressedCells: z.number().int().min(0),
});
export type WrittenPack = z.infer<typeof writtenPack>;

const procedure = oc.errors(REFUSED);
const nothing = z.strictObject({});

export const countsContract = {
  pushStatus: procedure.input(nothing).output(pushStatus),
  /** Delivers what waits, now. */
  pushNow: procedure.input(nothing).output(pushStatus),
  /** Writes the publication of closed months, both included, into the station's folder of publications. */
  makePack: procedure.input(z.strictObject({ from: month, to: month })).output(writtenPack),
  byMonth: procedure.input(z.strictObject({ from: month, to: month })).output(countsTable),
};
