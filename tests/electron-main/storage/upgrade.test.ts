import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import knex from 'knex';
import type { Knex } from 'knex';
import { describe, expect, test } from 'vitest';
import { createAuditLog } from '../../../electron/audit/audit-log.ts';
import { backupFolder, COPIES_KEPT, createBackupDesk } from '../../../electron/station/desks/backup-desk.ts';
import { UPGRADE_COPY_NAME } from '../../../electron/storage/copy-before-migrating.ts';
import { openDatabase, openForReading } from '../../../electron/storage/database.ts';
import { migrate } from '../../../electron/storage/migrations/migrate.ts';
import { MIGRATIONS } from '../../../electron/storage/migrations/migration-list.ts';
import { temporaryDatabase, temporaryFolder } from '../../support/counts/temporary-database.ts';

/** Ridgeway's mark in SQLite's application_id. Source: electron/storage/database.ts. */
const APPLICATION_ID = 0x5257_4159;

/** What a station of each schema may have written, by the table that came with it. */
const WRITTEN: Readonly<Record<string, (connection: Knex) => Promise<unknown>>> = {
  user: (connection) =>
    connection('user').insert({
      id: 'u1',
      user_name: 'ann',
      display_name: 'Ann',
      role: 'officer',
      password_hash: 'h',
      must_change_password: 0,
    }),
  identity_check: (connection) =>
    connection('identity_check').insert({
      id: 'c1',
      reference: '2026-000001',
      officer_id: 'u1',
      state: 'closed',
      opened_at: '2026-01-01T00:00:00.000Z',
    }),
  audit_event: (connection) =>
    connection('audit_event').insert({ sequence: 1, event: '{"code":"station-started"}', hash: Buffer.alloc(32) }),
  count_cell: (connection) => connection('count_cell').insert({ month: '2026-01', cell: 'check', tally: 7 }),
};

function connectTo(filePath: string): Knex {
  return knex({
    client: 'sqlite3',
    connection: { filename: filePath },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
}

/** A database as the station of that many migrations left it, with a row in each table that it knew of. */
async function databaseOf(filePath: string, migrations: number): Promise<readonly string[]> {
  const connection = connectTo(filePath);
  await connection.raw(`PRAGMA application_id = ${APPLICATION_ID}`);
  await migrate(connection, MIGRATIONS.slice(0, migrations));
  const tables: string[] = [];
  for (const [table, write] of Object.entries(WRITTEN)) {
    if (!(await connection.schema.hasTable(table))) continue;
    await write(connection);
    tables.push(table);
  }
  await connection.destroy();
  return tables;
}

const earlier = MIGRATIONS.slice(0, -1).map(({ name }, index) => [name, index + 1] as const);

describe('a database that an earlier station wrote', () => {
  test.each(earlier)('up to %s is brought up to date with its rows, after a copy of it', async (_name, migrations) => {
    await using folder = await temporaryFolder();
    const filePath = join(folder.path, 'ridgeway.sqlite');
    const tables = await databaseOf(filePath, migrations);
    const seen: string[] = [];

    {
      await using database = await openDatabase({ filePath, onProgress: ({ name }) => seen.push(name) });
      for (const table of tables) {
        expect(await database.run((connection) => connection(table).count({ rows: '*' }))).toEqual([{ rows: 1 }]);
      }
      expect(await database.findDamage()).toBeNull();
    }

    expect(seen).toEqual(MIGRATIONS.slice(migrations).map(({ name }) => name));
    const copy = join(folder.path, 'backups', `before-${MIGRATIONS[migrations]?.name}.sqlite`);
    expect((await stat(copy)).mode & 0o777).toBe(0o600);
    await using before = await openForReading(copy);
    expect(await before.run((connection) => connection('schema_migration').select('name'))).toHaveLength(migrations);
    for (const table of tables) {
      expect(await before.run((connection) => connection(table).count({ rows: '*' }))).toEqual([{ rows: 1 }]);
    }
  });

  test('is left as it was when the copy cannot be made', async () => {
    await using folder = await temporaryFolder();
    const filePath = join(folder.path, 'ridgeway.sqlite');
    await databaseOf(filePath, 1);
    await writeFile(join(folder.path, 'backups'), 'a file where the folder of copies would be');

    await expect(openDatabase({ filePath })).rejects.toThrow();

    await using database = await openForReading(filePath);
    expect(await database.run((connection) => connection('schema_migration').select('name'))).toHaveLength(1);
  });

  test('is copied anew when an upgrade was broken off before', async () => {
    await using folder = await temporaryFolder();
    const filePath = join(folder.path, 'ridgeway.sqlite');
    await databaseOf(filePath, 1);
    await mkdir(join(folder.path, 'backups'));
    const copy = join(folder.path, 'backups', `before-${MIGRATIONS[1]?.name}.sqlite`);
    for (const cutShort of [copy, `${copy}.new`]) await writeFile(cutShort, 'half a copy');

    await (await openDatabase({ filePath })).close();

    expect(await readdir(join(folder.path, 'backups'))).toEqual([`before-${MIGRATIONS[1]?.name}.sqlite`]);
    await using before = await openForReading(copy);
    expect(await before.findDamage()).toBeNull();
  });
});

test.each([
  ['a new database', false],
  ['one that is up to date', true],
])('%s is not copied', async (_what, isThere) => {
  await using folder = await temporaryFolder();
  const filePath = join(folder.path, 'ridgeway.sqlite');
  if (isThere) await databaseOf(filePath, MIGRATIONS.length);

  await (await openDatabase({ filePath })).close();

  await expect(readdir(join(folder.path, 'backups'))).rejects.toThrow('ENOENT');
});

test('a database that a later station wrote is refused, and not a byte of it is changed', async () => {
  await using folder = await temporaryFolder();
  const filePath = join(folder.path, 'ridgeway.sqlite');
  await databaseOf(filePath, MIGRATIONS.length);
  const later = connectTo(filePath);
  await later('schema_migration').insert({ name: '9999-of-a-later-version', batch: 99, migration_time: new Date() });
  await later.destroy();
  const before = await readFile(filePath);

  await expect(openDatabase({ filePath })).rejects.toMatchObject({
    code: 'storage.newer-schema',
    figures: { unknownMigrations: 1 },
  });

  const wal = await stat(`${filePath}-wal`).then(
    ({ size }) => size,
    () => 0,
  );
  expect(wal).toBe(0);
  // Byte 18 and 19 say that the file may have a write-ahead log: the one thing that taking hold of it changes.
  const after = await readFile(filePath);
  expect(after.subarray(100).equals(before.subarray(100))).toBe(true);
  await expect(readdir(join(folder.path, 'backups'))).rejects.toThrow('ENOENT');
});

test('a copy from before an upgrade goes when the daily copies of its time go', async () => {
  await using folder = await temporaryFolder();
  await using temporary = await temporaryDatabase();
  const nowMs = Date.parse('2026-03-20T12:00:00.000Z');
  const clock = { now: () => nowMs, after: () => () => {} };
  await mkdir(backupFolder(folder.path));
  const dayS = 24 * 60 * 60;
  for (const [name, ageDays] of [
    ['before-0002-old.sqlite', COPIES_KEPT + 1],
    ['before-0003-new.sqlite', 1],
  ] as const) {
    const file = join(backupFolder(folder.path), name);
    await writeFile(file, '');
    await utimes(file, nowMs / 1000 - ageDays * dayS, nowMs / 1000 - ageDays * dayS);
  }

  await createBackupDesk({
    database: temporary.database,
    audit: createAuditLog(temporary.database, clock),
    clock,
    log: { note: () => {}, fault: () => {} },
    dataFolder: folder.path,
    isBusy: () => false,
  }).apply();

  const kept = (await readdir(backupFolder(folder.path))).filter((name) => UPGRADE_COPY_NAME.test(name));
  expect(kept).toEqual(['before-0003-new.sqlite']);
});
