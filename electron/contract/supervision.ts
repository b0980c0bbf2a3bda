import { oc } from '@orpc/contract';
import { z } from 'zod';
import { REFUSED } from './errors.ts';
import { machineCode, MAXIMUM_ROWS, moment, shortName } from './limits.ts';

/** An identity check that is going on, as a sergeant sees it: how far it is and since when; nothing about the person. */
export const openCheck = z.strictObject({
  reference: machineCode,
  /** The officer whose check it is. */
  officerName: shortName,
  stage: z.enum(['grounds', 'words', 'capture', 'searching', 'results', 'interrupted']),
  openedAt: moment,
  expiresAt: moment,
});
export type OpenCheck = z.infer<typeof openCheck>;

export const supervisionContract = {
  /** The open checks of this station, oldest first. Looking at them is an event of the audit log. */
  openChecks: oc.errors(REFUSED).input(z.strictObject({})).output(z.array(openCheck).max(MAXIMUM_ROWS)),
};
