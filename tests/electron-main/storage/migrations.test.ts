import { join } from 'node:path';
import knex from 'knex';
import type { Knex } from 'knex';
import { expect, test } from 'vitest';
import { firstTables } from '../../../electron/storage/migrations/0001-first-tables.ts';
import { auditLog } from '../../../electron/storage/migrations/0002-audit-log.ts';
import { counts } from '../../../electron/storage/migrations/0003-counts.ts';
import { scanners } from '../../../electron/storage/migrations/0004-scanners.ts';
import { MIGRATIONS } from '../../../electron/storage/migrations/migration-list.ts';
import { migrate, migrateDown } from '../../../electron/storage/migrations/migrate.ts';
import { temporaryDatabase, temporaryFolder } from '../../support/counts/temporary-database.ts';

async function emptyFile(): Promise<AsyncDisposable & { readonly connection: Knex }> {
  const folder = await temporaryFolder();
  const connection = knex({
    client: 'sqlite3',
    connection: { filename: join(folder.path, 'station.db') },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
  return {
    connection,
    async [Symbol.asyncDispose]() {
      await connection.destroy();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const tablesOf = async (connection: Knex): Promise<string[]> => {
  const rows: { name: string }[] = await connection('sqlite_schema')
    .where('type', 'table')
    .whereNot('name', 'like', 'sqlite_%')
    .whereNot('name', 'like', 'schema_migration%')
    .orderBy('name')
    .select('name');
  return rows.map(({ name }) => name);
};

const user = {
  id: 'u',
  user_name: 'ann',
  display_name: 'Ann',
  role: 'officer',
  password_hash: 'h',
  must_change_password: 0,
};

test('0001 makes users and checks from nothing, keeps rows of users, and goes back to nothing', async () => {
  await using file = await emptyFile();

  await migrate(file.connection, [firstTables]);
  await file.connection('user').insert(user);

  expect(await tablesOf(file.connection)).toEqual(['identity_check', 'reference_sequence', 'setting', 'user']);
  await expect(file.connection('user').insert({ ...user, id: 'v', user_name: 'ben', role: 'king' })).rejects.toThrow();
  await migrateDown(file.connection, [firstTables]);
  expect(await tablesOf(file.connection)).toEqual([]);
});

test('0002 adds the audit log to a database with users, and goes back with the users kept', async () => {
  await using file = await emptyFile();
  await migrate(file.connection, [firstTables]);
  await file.connection('user').insert(user);

  await migrate(file.connection, [firstTables, auditLog]);
  await file.connection('audit_event').insert({ sequence: 1, event: '{"code":"x"}', hash: Buffer.alloc(32) });

  expect(await file.connection('audit_event').first('code')).toEqual({ code: 'x' });
  await expect(file.connection('audit_event').delete()).rejects.toThrow('append-only');
  await migrateDown(file.connection, [firstTables, auditLog]);
  expect(await tablesOf(file.connection)).not.toContain('audit_event');
  expect(await file.connection('user').first('id')).toEqual({ id: 'u' });
});

test('0003 adds the counts to a database with a log, and goes back with the log kept', async () => {
  await using file = await emptyFile();
  await migrate(file.connection, [firstTables, auditLog]);
  await file.connection('audit_event').insert({ sequence: 1, event: '{}', hash: Buffer.alloc(32) });

  await migrate(file.connection, [firstTables, auditLog, counts]);
  await file.connection('count_correction').insert({ month: '2026-01', cell: 'check', difference: 1, reason: 'x' });

  await expect(file.connection('count_correction').update({ difference: 2 })).rejects.toThrow('append-only');
  await migrateDown(file.connection, [firstTables, auditLog, counts]);
  expect(await tablesOf(file.connection)).not.toContain('count_cell');
  expect(await file.connection('audit_event').first('sequence')).toEqual({ sequence: 1 });
});

test('0004 adds scanners and how they fared to a database with counts, and goes back with the counts kept', async () => {
  await using file = await emptyFile();
  const before = [firstTables, auditLog, counts];
  await migrate(file.connection, before);
  await file.connection('count_cell').insert({ month: '2026-01', cell: 'check', tally: 7 });
  await file.connection('setting').insert({ key: 'scanner', json: '/dev/hidraw0' });

  await migrate(file.connection, [...before, scanners]);
  const device = { vendor_id: 0x1209, product_id: 1, serial_number: 'RW-1' };
  await file.connection('scanner').insert({ ...device, enrolled_at: '2026-11-22T17:00:00.000Z' });
  const sums = { captures: 3, quality_sum: 200, reports_lost: 0, reports_repeated: 0, faults: 0 };
  await file.connection('scanner_day').insert({ ...device, day: '2026-11-22', ...sums });

  await expect(file.connection('scanner').insert(device)).rejects.toThrow('UNIQUE');
  await expect(file.connection('scanner_day').insert({ ...device, day: '2026-11-22', ...sums })).rejects.toThrow(
    'UNIQUE',
  );
  await migrateDown(file.connection, [...before, scanners]);
  const tables = await tablesOf(file.connection);
  expect(tables.filter((name) => name.startsWith('scanner') || name === 'capture_quality')).toEqual([]);
  expect(await file.connection('count_cell').first('tally')).toEqual({ tally: 7 });
  expect(await file.connection('setting').first('json')).toEqual({ json: '/dev/hidraw0' });
});

test('a migration that was broken off by a kill is made at the next start', async () => {
  await using file = await emptyFile();
  await migrate(file.connection, [firstTables]);
  await file.connection('schema_migration_lock').update({ is_locked: 1 });

  await migrate(file.connection, MIGRATIONS);

  expect(await tablesOf(file.connection)).toContain('count_cell');
});

test('the names of the migrations are numbered without a gap', () => {
  expect(MIGRATIONS.map(({ name }) => Number(name.slice(0, 4)))).toEqual(MIGRATIONS.map((_, index) => index + 1));
});

test('no column of the database can hold nationality, gender, visa status, ethnicity of a check, or what happened afterwards', async () => {
  await using temporary = await temporaryDatabase();
  const columns: { table: string; name: string }[] = await temporary.database.run((connection) =>
    connection.raw(
      `SELECT m.name AS "table", c.name AS name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`,
    ),
  );

  expect(columns.length).toBeGreaterThan(30);
  expect(
    columns.filter(({ name }) =>
      /nation|gender|sex|visa|ethnic|arrest|detention|deport|remov|outcome|print|image|template/i.test(name),
    ),
  ).toEqual([]);
  expect(columns.filter(({ table }) => table === 'count_cell').map(({ name }) => name)).toEqual([
    'month',
    'cell',
    'tally',
  ]);
});
