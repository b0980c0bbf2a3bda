import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { REFUSED } from './errors.ts';
import { boundedRecord, machineCode, MAXIMUM_ROWS, moment } from './limits.ts';

/** One event of the log as the auditor reads it: codes and figures, no personal text. */
export const auditRow = z.strictObject({
  sequence: z.number().int().min(1),
  at: moment,
  code: machineCode,
  /** The operation of DPA 2018 s62 that the event is, or null. */
  operation: z.enum(['collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure']).nullable(),
  /** Who: a user name, or null for the station itself. */
  actor: machineCode.nullable(),
  checkReference: machineCode.nullable(),
  details: boundedRecord(z.string().max(60), z.union([z.string().max(300), z.number(), z.boolean(), z.null()])),
});
export type AuditRow = z.infer<typeof auditRow>;

/** What the log is found to be; `reading` comes any number of times before, and says how far it is. */
export const verification = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('reading'),
    events: z.number().int().min(0),
    of: z.number().int().min(0),
  }),
  z.strictObject({ kind: z.literal('whole'), events: z.number().int().min(0) }),
  z.strictObject({ kind: z.literal('broken'), firstBadSequence: z.number().int().min(1), reason: machineCode }),
]);

export type Verification = z.infer<typeof verification>;

/** A copy of the log that was written on this computer, and whether the log was whole when it was. */
export const writtenExport = z.strictObject({
  folder: machineCode,
  files: z.number().int().min(1),
  events: z.number().int().min(0),
  isWhole: z.boolean(),
});
export type WrittenExport = z.infer<typeof writtenExport>;

const procedure = oc.errors(REFUSED);
/** From this moment on, and up to but without that one; absent where there is no bound. */
const period = { from: moment.optional(), to: moment.optional() };

export const auditContract = {
  search: procedure
    .input(
      z.strictObject({
        checkReference: machineCode.nullable(),
        beforeSequence: z.number().int().min(1).nullable(),
        code: machineCode.optional(),
        ...period,
        limit: z.number().int().min(1).max(MAXIMUM_ROWS),
      }),
    )
    .output(z.array(auditRow).max(MAXIMUM_ROWS)),
  verify: procedure.input(z.strictObject({})).output(eventIterator(verification)),
  /** Verifies the log and writes its events of a period into the station's folder of exports. */
  exportLog: procedure.input(z.strictObject(period)).output(writtenExport),
};
