import { copyFile, open, rename, stat } from 'node:fs/promises';
import { createAuditLog } from '../audit/audit-log.ts';
import type { Verification } from '../audit/verify-log.ts';
import { verifyLog } from '../audit/verify-log.ts';
import { createAuditStore } from './audit-store.ts';
import { openDatabase, openForReading } from './database.ts';
import { StorageFault } from './storage-fault.ts';

/** What was restored, and where the database that it replaced now lies; null when there was none. */
export interface Restoration {
  readonly events: number;
  readonly keptAs: string | null;
}

/** Reads a copy through: the file is whole and so is its audit log. @throws StorageFault `storage.corrupted` */
export async function requireSoundCopy(copyPath: string): Promise<Extract<Verification, { kind: 'whole' }>> {
  await using copy = await openForReading(copyPath);
  const damage = await copy.findDamage();
  if (damage !== null) throw new StorageFault('storage.corrupted', { damage });
  const verification = await verifyLog(createAuditStore(copy));
  if (verification.kind === 'whole') return verification;
  throw new StorageFault('storage.corrupted', {
    firstBadEvent: verification.firstBadSequence,
    reason: verification.reason,
  });
}

/** The database is moved aside with what lies beside it, never removed: a restore that was a mistake can be undone. */
async function setAside(filePath: string, nowMs: number): Promise<string | null> {
  if ((await stat(filePath).catch(() => null)) === null) return null;
  // Opened once, so that a station that is running is noticed and a write-ahead log is taken in.
  await (await openDatabase({ filePath })).close();
  const keptAs = `${filePath}.before-${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`;
  await rename(filePath, keptAs);
  for (const suffix of ['-wal', '-shm']) {
    await rename(`${filePath}${suffix}`, `${keptAs}${suffix}`).catch(() => undefined);
  }
  return keptAs;
}

/**
 * Puts a copy in the place of the station's database: the copy is verified first, the present file is kept, and the log says
 * that it was done. Months that were delivered since the copy are noticed by the collector and go on with later revisions.
 * @throws StorageFault in-use, corrupted, not-a-database, missing
 */
export async function restoreDatabase(copyPath: string, filePath: string, nowMs: number): Promise<Restoration> {
  const { events } = await requireSoundCopy(copyPath);
  const keptAs = await setAside(filePath, nowMs);
  const incoming = `${filePath}.incoming`;
  await copyFile(copyPath, incoming);
  {
    await using file = await open(incoming, 'r+');
    await file.chmod(0o600);
    await file.sync();
  }
  await rename(incoming, filePath);
  await using database = await openDatabase({ filePath });
  const log = createAuditLog(database, { now: () => nowMs });
  await log.append({ code: 'database-restored', actor: null, reference: null, details: { events } });
  return { events, keptAs };
}
