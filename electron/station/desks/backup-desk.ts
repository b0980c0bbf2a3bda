import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditLog } from '../../audit/audit-log.ts';
import { COPIES_FOLDER, UPGRADE_COPY_NAME } from '../../storage/copy-before-migrating.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { Clock, TechnicalLog } from '../platform.ts';

/** How often it is looked whether today's copy is there, milliseconds: ten minutes, the first time after a start too. Ours. */
const LOOK_EVERY_MS = 10 * 60_000;
/** Copies that are kept. A week: what retention removed is gone from every copy seven days later. Ours. */
export const COPIES_KEPT = 7;
const DAY_MS = 24 * 60 * 60_000;
const COPY_NAME = /^ridgeway-\d{4}-\d{2}-\d{2}\.sqlite$/;

export interface BackupOptions {
  readonly database: StationDatabase;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: TechnicalLog;
  readonly dataFolder: string;
  /** True while prints are held: a copy occupies the database, and erasure must not wait for its receipts. */
  readonly isBusy: () => boolean;
}

/** Makes a copy of the database each day while the station works. */
export interface BackupDesk {
  /** Makes today's copy unless it is there, and removes the oldest beyond those that are kept; true when it made one. */
  apply(): Promise<boolean>;
  /** Stops, and waits for a copy that is being made. */
  stop(): Promise<void>;
}

/** Where the copies of a station lie in its data folder. */
export function backupFolder(dataFolder: string): string {
  return join(dataFolder, COPIES_FOLDER);
}

/** Makes the desk. A start does not wait for its first copy. */
export function createBackupDesk({ audit, clock, database, dataFolder, isBusy, log }: BackupOptions): BackupDesk {
  const folder = backupFolder(dataFolder);
  let cancel = () => {};
  let isStopped = false;
  let running: Promise<unknown> = Promise.resolve();

  async function apply(): Promise<boolean> {
    const name = `ridgeway-${new Date(clock.now()).toISOString().slice(0, 10)}.sqlite`;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await readdir(folder)).includes(name)) return false;
    // Noted first, so that the copy says of itself that it was made; a draft that a kill left behind is begun again.
    await audit.append({ code: 'backup-made', actor: null, reference: null, details: {} });
    const draft = join(folder, `${name}.new`);
    await rm(draft, { force: true });
    await database.backUpTo(draft);
    await rename(draft, join(folder, name));
    const copies = (await readdir(folder)).filter((file) => COPY_NAME.test(file)).toSorted();
    for (const old of copies.slice(0, -COPIES_KEPT)) await rm(join(folder, old));
    await removeOldUpgradeCopies();
    return true;
  }

  /** A copy that was made before an upgrade is kept as long as the others: retention must reach it too. */
  async function removeOldUpgradeCopies(): Promise<void> {
    for (const name of (await readdir(folder)).filter((file) => UPGRADE_COPY_NAME.test(file))) {
      const { mtimeMs } = await stat(join(folder, name));
      if (clock.now() - mtimeMs > COPIES_KEPT * DAY_MS) await rm(join(folder, name));
    }
  }

  function lookLater(): void {
    cancel = clock.after(LOOK_EVERY_MS, () => {
      running = (isBusy() ? Promise.resolve(false) : apply())
        .catch((fault: unknown) => log.fault('backup', fault))
        .then(() => {
          if (!isStopped) lookLater();
        });
    });
  }

  lookLater();
  return {
    apply,
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
  };
}
