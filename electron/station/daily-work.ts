import { createBackupDesk, type BackupOptions } from './desks/backup-desk.ts';
import { createRetentionDesk, type RetentionOptions } from './desks/retention-desk.ts';

/** What the station does by itself as the days go by: it removes what is no longer kept, and copies its database. */
export interface DailyWork {
  /** Stops both and waits for what is under way. */
  stop(): Promise<void>;
}

/** Applies the retention once, then begins both. @throws StorageFault */
export async function startDailyWork(options: RetentionOptions & BackupOptions): Promise<DailyWork> {
  const retention = await createRetentionDesk(options);
  const backup = createBackupDesk(options);
  return {
    async stop() {
      retention.stop();
      await backup.stop();
    },
  };
}
