import type { AuditLog } from '../audit/audit-log.ts';
import { inconsistencyOf } from '../domain/counts/consistency.ts';
import { cellName, CELL_NAMES } from '../domain/counts/count-cell.ts';
import { cellsOf } from '../domain/counts/ended-check.ts';
import type { EndedCheck } from '../domain/counts/ended-check.ts';
import { isMonth, monthOf } from '../domain/counts/month.ts';
import type { Month } from '../domain/counts/month.ts';
import { createCheckStore } from '../storage/check-store.ts';
import { createCountStore } from '../storage/count-store.ts';
import type { StationDatabase } from '../storage/database.ts';
import { createOutboxStore } from '../storage/outbox-store.ts';
import { CountsFault } from './counts-fault.ts';

/** A check that has ended, with the identifier by which it is claimed. The identifier goes no further than the claim. */
export interface CheckToCount extends Omit<EndedCheck, 'ground'> {
  /** Null when no ground was made out: then no power was used and nothing is counted. */
  readonly ground: EndedCheck['ground'] | null;
  readonly checkId: string;
  readonly reference: string;
  /** Milliseconds since 1970-01-01 UTC. The month is that of the end, so that a closed month can gain no check. */
  readonly endedAtMs: number;
}

/** One correction of an administrator's: the difference that it makes to one cell of one month. */
export interface CountCorrection {
  readonly month: Month;
  readonly cell: string;
  readonly difference: number;
  readonly reason: 'entered-twice' | 'entered-wrongly' | 'training-check' | 'database-restored';
}

/** Where counts are made. */
export interface Tally {
  /**
   * Adds the check to the counts of the month of its end, with the outbox row and the audit event, all in one
   * transaction. A check counts once, however often this is called: the claim is a mark on the check's own row, and the
   * counts hold no row of the check's that could be joined to it.
   * @returns true when it was counted now
   */
  recordEndedCheck(check: CheckToCount): Promise<boolean>;
  /** Corrects counts by entries of their own. @throws CountsFault `counts.correction-refused` when the month would no longer add up */
  correct(corrections: readonly CountCorrection[], actor: string): Promise<void>;
}

/** Makes the tally over one open database. */
export function createTally(database: StationDatabase, auditLog: AuditLog): Tally {
  const checks = createCheckStore(database);
  const counts = createCountStore(database);
  const outbox = createOutboxStore(database);
  return {
    recordEndedCheck: (check) =>
      database.transaction(async () => {
        const { ground } = check;
        if (ground === null || !(await checks.claimCount(check.checkId))) return false;
        const month = monthOf(check.endedAtMs);
        await counts.addOne(month, cellsOf({ ...check, ground }).map(cellName));
        await outbox.touch(month);
        await auditLog.append({ code: 'count-recorded', actor: null, reference: check.reference, details: { month } });
        return true;
      }),
    correct: (corrections, actor) =>
      database.transaction(async () => {
        for (const { month, cell, difference } of corrections) {
          const isKnown = isMonth(month) && CELL_NAMES.includes(cell) && Number.isSafeInteger(difference);
          if (!isKnown || difference === 0) throw new CountsFault('counts.correction-refused', { difference });
        }
        await counts.addCorrections(corrections);
        for (const month of new Set(corrections.map((correction) => correction.month))) {
          const rows = await counts.between(month, month);
          const wrong = inconsistencyOf(Object.fromEntries(rows.map(({ cell, total }) => [cell, total])));
          if (wrong !== null) throw new CountsFault('counts.correction-refused', { inconsistency: wrong });
          await outbox.touch(month);
          const reason = corrections.find((correction) => correction.month === month)?.reason ?? 'entered-wrongly';
          await auditLog.append({ code: 'count-corrected', actor, reference: null, details: { month, reason } });
        }
      }),
  };
}
