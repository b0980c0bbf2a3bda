import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { checkView, fingerPosition, fingerSlot } from './checks.ts';
import { REFUSED } from './errors.ts';
import { ethnicityCode } from './ethnicity.ts';
import { groundsRecord, spokenWord } from './grounds.ts';
import { freeText, identifier } from './limits.ts';

const procedure = oc.errors(REFUSED);
const ofCheck = z.strictObject({ checkId: identifier });
const underGrant = z.strictObject({ checkId: identifier, grantId: identifier });

/** The officer's journey, in the order in which it is walked. */
export const checksContract = {
  /** Opens a check; its time to live starts. */
  begin: procedure.input(z.strictObject({})).output(checkView),
  /** The signed-in officer's open check, or null. */
  current: procedure.input(z.strictObject({})).output(checkView.nullable()),
  /** Follows one check: the present view first, then one at each change, until it is closed. */
  watch: procedure.input(ofCheck).output(eventIterator(checkView)),
  /** States the grounds. Only when they suffice does the check go on; a refusal is kept in the audit log. */
  recordGrounds: procedure.input(z.strictObject({ checkId: identifier, grounds: groundsRecord })).output(checkView),
  /** Confirms that one of the words was spoken; the station sets the time. */
  confirmSpoken: procedure.input(z.strictObject({ checkId: identifier, word: spokenWord })).output(checkView),
  /** All words spoken: the station issues the grant for this check. */
  proceedToCapture: procedure.input(ofCheck).output(checkView),
  /** Opens the scanner under the grant and takes one finger; answers when the capture has begun. */
  capture: procedure
    .input(z.strictObject({ checkId: identifier, grantId: identifier, slot: fingerSlot, position: fingerPosition }))
    .output(checkView),
  /** Stops a running capture; the finger is wanted again. */
  cancelCapture: procedure.input(underGrant).output(checkView),
  /** Marks a finger as missing or bandaged, or wanted again. */
  markFinger: procedure
    .input(
      z.strictObject({
        checkId: identifier,
        grantId: identifier,
        slot: fingerSlot,
        condition: z.enum(['missing', 'bandaged', 'wanted']),
      }),
    )
    .output(checkView),
  /** Searches both databases. A capture below the threshold needs the reason for which it is accepted. */
  search: procedure
    .input(z.strictObject({ checkId: identifier, grantId: identifier, whyBelowThreshold: freeText.nullable() }))
    .output(checkView),
  /** The officer looks at the results; consulting them is an audit event. */
  viewResults: procedure.input(ofCheck).output(checkView),
  /**
   * States the person's ethnicity for the monthly counts, where the force records it. It is counted when the check ends
   * and kept nowhere else.
   */
  stateEthnicity: procedure
    .input(z.strictObject({ checkId: identifier, selfDefined: ethnicityCode, officerDefined: ethnicityCode }))
    .output(checkView),
  /** Ends a check whose results were seen. */
  close: procedure.input(ofCheck).output(checkView),
  /** Ends a check before its answers: the person declined, or the officer gave it up. */
  end: procedure
    .input(z.strictObject({ checkId: identifier, why: z.enum(['declined', 'abandoned']) }))
    .output(checkView),
};
