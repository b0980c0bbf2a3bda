import { spawnSync } from 'node:child_process';
import { chmod, open, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import knex from 'knex';
import { expect, test } from 'vitest';
import { openDatabase, openForReading } from '../../../electron/storage/database.ts';
import { createSettingsStore } from '../../../electron/storage/settings-store.ts';
import { storageFaultFrom } from '../../../electron/storage/storage-fault.ts';
import { temporaryDatabase, temporaryFolder } from '../../support/counts/temporary-database.ts';

const code = (value: string) => expect.objectContaining({ code: value });

test('a new database is readable by its owner only and its migrations report their progress', async () => {
  await using folder = await temporaryFolder();
  const filePath = join(folder.path, 'new', 'station.db');
  const seen: string[] = [];

  await using _database = await openDatabase({
    filePath,
    onProgress: ({ done, total }) => seen.push(`${done}/${total}`),
  });

  expect((await stat(filePath)).mode & 0o777).toBe(0o600);
  expect((await stat(`${filePath}-wal`)).mode & 0o777).toBe(0o600);
  expect(seen.at(0)).toBe(`1/${seen.length}`);
  expect(seen.at(-1)).toBe(`${seen.length}/${seen.length}`);
});

test('a text file is refused as not a database and keeps its bytes', async () => {
  await using folder = await temporaryFolder();
  const filePath = join(folder.path, 'station.db');
  await writeFile(filePath, 'a shopping list, long enough to be read as a header');

  await expect(openDatabase({ filePath })).rejects.toEqual(code('storage.not-a-database'));

  expect(await readFile(filePath, 'utf8')).toContain('shopping');
});

test("another program's SQLite database is refused and not migrated", async () => {
  await using folder = await temporaryFolder();
  const filePath = join(folder.path, 'other.db');
  const other = knex({ client: 'sqlite3', connection: { filename: filePath }, useNullAsDefault: true });
  await other.raw('CREATE TABLE recipe (name TEXT)');
  await other.destroy();

  await expect(openDatabase({ filePath })).rejects.toEqual(code('storage.not-a-database'));

  const again = knex({ client: 'sqlite3', connection: { filename: filePath }, useNullAsDefault: true });
  const tables: unknown[] = await again.raw('SELECT name FROM sqlite_schema');
  await again.destroy();
  expect(tables).toEqual([{ name: 'recipe' }]);
});

test('a second station on the same file is refused while the first one works on', async () => {
  await using temporary = await temporaryDatabase();
  const { filePath } = temporary.database;

  await expect(openDatabase({ filePath })).rejects.toEqual(code('storage.in-use'));

  await createSettingsStore(temporary.database).write('still', '"works"');
});

test('another process on the same file is refused too, even after this one has tried to open it twice', async () => {
  await using temporary = await temporaryDatabase();
  await openDatabase({ filePath: temporary.database.filePath }).catch(() => undefined);
  const script = `import { openDatabase } from ${JSON.stringify(new URL('../../../electron/storage/database.ts', import.meta.url).href)};
    await openDatabase({ filePath: ${JSON.stringify(temporary.database.filePath)} }).catch((error) => { console.log(error.code); });`;

  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });

  expect(stdout.trim()).toBe('storage.in-use');
});

test('a database whose middle was overwritten is refused as corrupted and left as it is', async () => {
  await using folder = await temporaryFolder();
  const filePath = join(folder.path, 'station.db');
  {
    await using database = await openDatabase({ filePath });
    const settings = createSettingsStore(database);
    for (let index = 0; index < 400; index += 1) await settings.write(`key-${index}`, JSON.stringify('x'.repeat(200)));
  }
  const { size } = await stat(filePath);
  await using file = await open(filePath, 'r+');
  await file.write(Buffer.alloc(size / 2, 0xa5), 0, Math.floor(size / 2), 8192);

  await expect(openDatabase({ filePath })).rejects.toEqual(code('storage.corrupted'));

  expect((await stat(filePath)).size).toBe(size);
});

test('a database that was cut short is refused as corrupted', async () => {
  await using folder = await temporaryFolder();
  const filePath = join(folder.path, 'station.db');
  await (await openDatabase({ filePath })).close();
  await truncate(filePath, 10_000);

  await expect(openDatabase({ filePath })).rejects.toEqual(code('storage.corrupted'));
});

test('a database of a later version of the station is refused', async () => {
  await using folder = await temporaryFolder();
  const filePath = join(folder.path, 'station.db');
  {
    await using database = await openDatabase({ filePath });
    await database.run((connection) =>
      connection('schema_migration').insert({ name: '9999-from-the-future', batch: 9, migration_time: 0 }),
    );
  }

  await expect(openDatabase({ filePath })).rejects.toEqual(code('storage.newer-schema'));
});

test('a full disk refuses the write, and what was written before is kept', async () => {
  await using temporary = await temporaryDatabase();
  const settings = createSettingsStore(temporary.database);
  await settings.write('before', '1');
  await temporary.database.run((connection) => connection.raw('PRAGMA max_page_count = 40'));

  const tooMuch = settings.write('after', JSON.stringify('x'.repeat(1_000_000)));

  await expect(tooMuch).rejects.toEqual(code('storage.disk-full'));
  expect(await settings.read('before')).toBe('1');
  expect(await settings.read('after')).toBeNull();
});

const isRoot = process.getuid?.() === 0;
test.skipIf(!isRoot)(
  'a database that this user may not write is refused as read-only (needs root to change user)',
  async () => {
    await using folder = await temporaryFolder();
    const filePath = join(folder.path, 'station.db');
    await (await openDatabase({ filePath })).close();
    await chmod(filePath, 0o444);
    await chmod(folder.path, 0o555);
    const url = JSON.stringify(new URL('../../../electron/storage/database.ts', import.meta.url).href);
    // Everything is loaded before the user changes: the project may lie where only root can read.
    const script = `const { openDatabase } = await import(${url});
      await (await openDatabase({ filePath: ${JSON.stringify(join(folder.path, 'warm.db'))} })).close();
      process.setuid(65534);
      await openDatabase({ filePath: ${JSON.stringify(filePath)} }).catch((error) => { console.log(error.code); });`;

    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });

    expect(stdout.trim()).toBe('storage.read-only');
  },
);

test.each([
  ['SQLITE_READONLY', 'storage.read-only'],
  ['SQLITE_CANTOPEN', 'storage.read-only'],
  ['SQLITE_CORRUPT', 'storage.corrupted'],
  ['SQLITE_IOERR', 'storage.failed'],
])("the driver's %s becomes %s without its message", (driverCode, expected) => {
  const fault = storageFaultFrom(Object.assign(new Error(`${driverCode}: secret value`), { code: driverCode }));

  expect(fault).toEqual(code(expected));
  expect(fault.message).not.toContain('secret');
});

test('a transaction that throws keeps nothing of what was written inside, nested calls included', async () => {
  await using temporary = await temporaryDatabase();
  const { database } = temporary;
  const settings = createSettingsStore(database);

  const failing = database.transaction(async () => {
    await settings.write('one', '1');
    await database.transaction(() => settings.write('two', '2'));
    throw new RangeError('stop');
  });

  await expect(failing).rejects.toThrow(RangeError);
  expect([await settings.read('one'), await settings.read('two')]).toEqual([null, null]);
});

test('calls from elsewhere wait for an open transaction instead of joining it', async () => {
  await using temporary = await temporaryDatabase();
  const { database } = temporary;
  const settings = createSettingsStore(database);
  const order: string[] = [];

  const inside = database.transaction(async () => {
    await settings.write('one', '1');
    order.push('inside');
  });
  const outside = settings.read('one').then((value) => order.push(`outside saw ${value}`));
  await Promise.all([inside, outside]);

  expect(order).toEqual(['inside', 'outside saw 1']);
});

test('work that a transaction left behind uses the database and does not fail on the closed transaction', async () => {
  await using temporary = await temporaryDatabase();
  const { database } = temporary;
  const settings = createSettingsStore(database);
  const gate = Promise.withResolvers<void>();
  let late: Promise<string | null> = Promise.resolve(null);

  await database.transaction(async () => {
    await settings.write('one', '1');
    late = gate.promise.then(() => settings.read('one'));
  });
  gate.resolve();

  expect(await late).toBe('1');
});

test('a backup is a whole database with the same rows and is never written over an existing file', async () => {
  await using temporary = await temporaryDatabase();
  const settings = createSettingsStore(temporary.database);
  await settings.write('one', '1');
  const copy = `${temporary.database.filePath}.backup`;

  await temporary.database.backUpTo(copy);

  await expect(temporary.database.backUpTo(copy)).rejects.toEqual(code('storage.conflict'));
  await using opened = await openDatabase({ filePath: copy });
  expect(await createSettingsStore(opened).read('one')).toBe('1');
});

test('what was overwritten is neither in the file nor in its write-ahead log after a checkpoint', async () => {
  await using temporary = await temporaryDatabase();
  const settings = createSettingsStore(temporary.database);
  await settings.write('name', '"MARKER-5f2c91"');
  await settings.write('name', '"gone"');
  await temporary.database.checkpoint();

  const bytes = await readFile(temporary.database.filePath, 'latin1');
  const log = await readFile(`${temporary.database.filePath}-wal`, 'latin1').catch(() => '');

  expect(bytes.includes('MARKER-5f2c91') || log.includes('MARKER-5f2c91')).toBe(false);
});

test('opening for reading leaves the file as it is and refuses a write', async () => {
  await using folder = await temporaryFolder();
  const filePath = join(folder.path, 'station.db');
  await (await openDatabase({ filePath })).close();
  const before = await readFile(filePath);
  {
    await using reading = await openForReading(filePath);
    await expect(createSettingsStore(reading).write('a', '1')).rejects.toEqual(code('storage.read-only'));
  }

  expect((await readFile(filePath)).equals(before)).toBe(true);
});

test('a file that is not there is named as missing by the offline tools', async () => {
  await expect(openForReading('/nowhere/station.db')).rejects.toEqual(code('storage.missing'));
});
