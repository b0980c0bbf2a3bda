import { oc } from '@orpc/contract';
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

export const verification = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('whole'), events: z.number().int().min(0) }),
  z.strictObject({ kind: z.literal('broken'), firstBadSequence: z.number().int().min(1), reason: machineCode }),
]);

const procedure = oc.errors(REFUSED);

export const auditContract = {
  search: procedure
    .input(
      z.strictObject({
        checkReference: machineCode.nullable(),
        beforeSequence: z.number().int().min(1).nullable(),
        limit: z.number().int().min(1).max(MAXIMUM_ROWS),
      }),
    )
    .output(z.array(auditRow).max(MAXIMUM_ROWS)),
  verify: procedure.input(z.strictObject({})).output(verification),
};
