import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Platform } from '../station/platform.ts';
import { openForReading, type StationDatabase } from '../storage/database.ts';
import { MIGRATIONS } from '../storage/migrations/migration-list.ts';
import { waitingMigrations } from '../storage/migrations/migrate.ts';
import { StorageFault } from '../storage/storage-fault.ts';
import type { PartResult } from './part-result.ts';

/** What keeps the file from being looked into, and is no fault. */
type Withheld = { readonly kind: 'absent'; readonly why: 'not-made-yet' | 'in-use-by-a-station' };

/** The database is Ridgeway's own and SQLite finds no damage in it. */
export async function testDatabase({ folders }: Platform): Promise<PartResult> {
  const opened = await openOf(folders.data);
  if ('why' in opened) return opened;
  await using database = opened;
  const findings: readonly { quick_check: string }[] = await database.run((connection) =>
    connection.raw('PRAGMA quick_check'),
  );
  if (findings.length === 1 && findings[0]?.quick_check === 'ok') return { kind: 'sound', figures: {} };
  return { kind: 'broken', code: 'storage.corrupted', figures: { findings: findings.length } };
}

/** The versions that are installed, and whether the database was written by a later one. */
export async function testVersion({ folders, version }: Platform): Promise<PartResult> {
  // Electron's types promise its version everywhere; in plain Node there is none.
  const { electron, node }: NodeJS.Dict<string> = process.versions;
  const figures = { version, node: node ?? 'none', electron: electron ?? 'none', schema: MIGRATIONS.length };
  // What is wrong with the file itself is the other part's to say.
  const opened = await openOf(folders.data).catch(() => null);
  if (opened === null || 'why' in opened) return { kind: 'sound', figures };
  await using database = opened;
  try {
    const { made } = await database.run((connection) => waitingMigrations(connection, MIGRATIONS));
    return { kind: 'sound', figures: { ...figures, schemaOfDatabase: made } };
  } catch (fault) {
    if (!(fault instanceof StorageFault) || fault.code !== 'storage.newer-schema') throw fault;
    return { kind: 'broken', code: 'version.older-than-the-database', figures: { ...figures, ...fault.figures } };
  }
}

/** A running station holds the file and has checked it at its own start. */
async function openOf(dataFolder: string): Promise<StationDatabase | Withheld> {
  const filePath = path.join(dataFolder, 'ridgeway.sqlite');
  const isThere = await access(filePath).then(
    () => true,
    () => false,
  );
  if (!isThere) return { kind: 'absent', why: 'not-made-yet' };
  return openForReading(filePath).catch((fault: unknown): Withheld => {
    if (fault instanceof StorageFault && fault.code === 'storage.in-use') {
      return { kind: 'absent', why: 'in-use-by-a-station' };
    }
    throw fault;
  });
}
