import type { AuditLog } from '../../audit/audit-log.ts';
import type { ChainedEvent } from '../../audit/chain.ts';
import type { AnswerKind, DatabaseName } from '../../contract/checks.ts';
import type { CheckStore, StoredCheck } from '../../storage/check-store.ts';
import type { CheckRecords, EndedCheck } from './check-records.ts';
import type { Clock } from '../platform.ts';

/** Most events that one check can have; it ends within two hours and each step is a person's act. */
const MAXIMUM_EVENTS = 5_000;

export interface InterruptedOptions {
  readonly checks: CheckStore;
  readonly records: CheckRecords;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/**
 * Ends the checks that the last process left open when it was killed. Their prints were in its memory alone and went
 * with it: each buffer without a receipt gets one that says so, dated with this start, the earliest moment at which the
 * station can know. The number of checks ended.
 */
export async function endInterruptedChecks(options: InterruptedOptions): Promise<number> {
  const unended = await options.checks.unended();
  for (const check of unended) await endOne(check, options);
  return unended.length;
}

async function endOne(check: StoredCheck, { audit, clock, records }: InterruptedOptions): Promise<void> {
  const owner = { reference: check.reference, officerId: check.officerId };
  const buffers = await audit.buffersWithoutReceipt(check.reference);
  const erasedAt = new Date(clock.now()).toISOString();
  for (const buffer of buffers) {
    await audit.append({
      code: 'print-erased',
      actor: null,
      reference: check.reference,
      details: { ...buffer, erasedAt, why: 'ended-with-the-process' },
    });
  }
  await audit.append({
    code: 'ended-with-the-process',
    actor: null,
    reference: check.reference,
    details: { buffers: buffers.length },
  });
  await records.end({ ...(await knownOf(check, audit)), checkId: check.id, owner, endedAtMs: clock.now() });
}

async function knownOf(
  check: StoredCheck,
  audit: AuditLog,
): Promise<Omit<EndedCheck, 'checkId' | 'owner' | 'endedAtMs'>> {
  const events = await audit.search({ reference: check.reference, limit: MAXIMUM_EVENTS });
  const grounds = events.find((event) => event.code === 'grounds-recorded');
  const { policeAnswer, immigrationAnswer } = check;
  const wereAnswersIn = policeAnswer !== null && immigrationAnswer !== null;
  return {
    ending: wereAnswersIn ? 'answered' : 'ended-with-the-process',
    ground: grounds?.code === 'grounds-recorded' ? grounds.details.ground : null,
    answers: wereAnswersIn ? { police: policeAnswer, immigration: immigrationAnswer } : answersIn(events),
    msFromLiftToAnswers: null,
    werePrintsUnusable: false,
    ethnicity: [],
  };
}

/** What the databases had said when the process ended: one that was asked and had not answered did not. Null: none was asked. */
function answersIn(events: readonly ChainedEvent[]): EndedCheck['answers'] {
  if (!events.some(({ code }) => code === 'search-started')) return null;
  const last = (database: DatabaseName): AnswerKind => {
    const said = events
      .toSorted((one, other) => other.sequence - one.sequence)
      .find((event) => event.code === 'answer-received' && event.details.database === database);
    return said?.code === 'answer-received' ? said.details.answer : 'unavailable';
  };
  return { police: last('police'), immigration: last('immigration') };
}
