import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { checkView, databaseName, fingerPosition, fingerSlot } from './checks.ts';
import { REFUSED } from './errors.ts';
import { ethnicityCode } from './ethnicity.ts';
import { groundsDraft, groundsQuestion } from './grounds-draft.ts';
import { groundsRecord, spokenWord } from './grounds.ts';
import { freeText, identifier } from './limits.ts';

const procedure = oc.errors(REFUSED);
const ofCheck = z.strictObject({ checkId: identifier });
const underGrant = z.strictObject({ checkId: identifier, grantId: identifier });
const ofDatabase = z.strictObject({ checkId: identifier, database: databaseName });

/** The officer's journey, in the order in which it is walked. */
export const checksContract = {
  /** Opens a check; its time to live starts. */
  begin: procedure.input(z.strictObject({})).output(checkView),
  /** The signed-in officer's open check, or null. */
  current: procedure.input(z.strictObject({})).output(checkView.nullable()),
  /** Follows one check: the present view first, then one at each change, until it is closed. */
  watch: procedure.input(ofCheck).output(eventIterator(checkView)),
  /** Takes up an interrupted check again; where prints were, a new grant is issued and they are taken anew. */
  resume: procedure.input(ofCheck).output(checkView),
  /**
   * Keeps the answers so far, in memory. `answered` names the question that the officer went on from: an answer that alone
   * rules the power out is refused, and the refusal recorded, at once.
   */
  keepDraft: procedure
    .input(z.strictObject({ checkId: identifier, draft: groundsDraft, answered: groundsQuestion.nullable() }))
    .output(checkView),
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
  /** Waits on for a database that is outstanding; one that could not be asked is asked again by itself. */
  keepWaiting: procedure.input(ofDatabase).output(checkView),
  /** Asks an outstanding database again, with the same prints and under the same grant. */
  tryAgain: procedure
    .input(z.strictObject({ checkId: identifier, grantId: identifier, database: databaseName }))
    .output(checkView),
  /** Goes on without an outstanding database. Where the other has answered, the prints are erased at once. */
  goOnWithout: procedure.input(ofDatabase).output(checkView),
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
  /** The slip of a closed check is being printed: handing it out is an audit event. */
  noteSlip: procedure.input(ofCheck).output(checkView),
  /** Ends a check before its answers: the person declined, or the officer gave it up. */
  end: procedure
    .input(z.strictObject({ checkId: identifier, why: z.enum(['declined', 'abandoned']) }))
    .output(checkView),
};
