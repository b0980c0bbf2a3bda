import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Knex } from 'knex';
import { waitingMigrations } from './migrations/migrate.ts';
import type { Migration } from './migrations/migration.ts';

/** The folder of copies, beside the database. The daily copies lie there too. */
export const COPIES_FOLDER = 'backups';
/** Copies that were made before an upgrade, by the migration that came next: `before-0004-scanners.sqlite`. */
export const UPGRADE_COPY_NAME = /^before-\d{4}-[a-z0-9-]+\.sqlite$/;

/**
 * Copies a database whole before its schema is changed, and answers the copy's path; null where nothing will be changed,
 * or where there is nothing yet that could be lost. A copy that cannot be made (a full disk) stops the upgrade: the file
 * is then as the earlier version left it.
 * @throws StorageFault `storage.newer-schema`, or what the driver throws
 */
export async function copyBeforeMigrating(
  connection: Knex,
  filePath: string,
  migrations: readonly Migration[],
): Promise<string | null> {
  const { made, waiting } = await waitingMigrations(connection, migrations);
  const [next] = waiting;
  if (made === 0 || next === undefined) return null;
  const folder = join(dirname(filePath), COPIES_FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const copy = join(folder, `before-${next.name}.sqlite`);
  const draft = `${copy}.new`;
  await rm(draft, { force: true });
  // Made empty first, so that the copy is never readable by others, not even while it grows.
  await (await open(draft, 'wx', 0o600)).close();
  await connection.raw('VACUUM INTO ?', [draft]);
  await rename(draft, copy);
  return copy;
}
