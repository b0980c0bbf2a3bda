import type { AuditLog } from '../../audit/audit-log.ts';
import { personalTextDueBefore } from '../../domain/retention/personal-text-due.ts';
import type { CheckStore } from '../../storage/check-store.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { Clock, TechnicalLog } from '../platform.ts';

/** How often it is looked whether personal text is due, milliseconds: an hour. Ours; a period is counted in days. */
const LOOK_EVERY_MS = 60 * 60_000;

export interface RetentionOptions {
  readonly database: StationDatabase;
  readonly checks: CheckStore;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: TechnicalLog;
  readonly retentionDays: () => number;
}

/** Removes personal text whose time has come: at the start, and every hour. */
export interface RetentionDesk {
  /** Removes what is due now, in one transaction with its audit event; how many checks it was. @throws StorageFault */
  apply(): Promise<number>;
  stop(): void;
}

/** Makes the desk and applies the retention once. @throws StorageFault */
export async function createRetentionDesk(options: RetentionOptions): Promise<RetentionDesk> {
  const { audit, checks, clock, database, log } = options;
  let cancel = () => {};

  async function apply(): Promise<number> {
    const before = new Date(personalTextDueBefore(clock.now(), options.retentionDays())).toISOString();
    const removed = await database.transaction(async () => {
      const total = await checks.eraseGroundsEndedBefore(before);
      if (total > 0) {
        await audit.append({ code: 'retention-applied', actor: null, reference: null, details: { checks: total } });
      }
      return total;
    });
    // What was removed must not stay behind in the write-ahead log.
    if (removed > 0) await database.checkpoint();
    return removed;
  }

  function lookAgain(): void {
    cancel = clock.after(LOOK_EVERY_MS, () => {
      apply()
        .catch((fault: unknown) => log.fault('retention', fault))
        .finally(lookAgain);
    });
  }

  await apply();
  lookAgain();
  return { apply, stop: () => cancel() };
}
