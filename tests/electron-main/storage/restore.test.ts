import { spawnSync } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAuditLog } from '../../../electron/audit/audit-log.ts';
import { openDatabase } from '../../../electron/storage/database.ts';
import { createSettingsStore } from '../../../electron/storage/settings-store.ts';
import { temporaryFolder } from '../../support/counts/temporary-database.ts';
import { eventsOfCheck, tamper, writeLog } from '../../support/counts/written-log.ts';

const command = (...words: string[]) =>
  spawnSync(process.execPath, ['electron/storage/cli/main.ts', ...words], { encoding: 'utf8' });

async function settingOf(filePath: string, key: string): Promise<string | null> {
  await using database = await openDatabase({ filePath });
  return await createSettingsStore(database).read(key);
}

async function writeSetting(filePath: string, key: string, json: string): Promise<void> {
  await using database = await openDatabase({ filePath });
  await createSettingsStore(database).write(key, json);
}

test('a copy is made, checked, and put back; what it replaced is kept, and the log says so', async () => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(folder.path, eventsOfCheck(1));
  const copy = join(folder.path, 'copy.db');
  await writeSetting(filePath, 'key', '"at the copy"');

  expect(JSON.parse(command('backup', filePath, copy).stdout)).toEqual({ copy, events: 11 });
  await writeSetting(filePath, 'key', '"later"');
  const restored = JSON.parse(command('restore', copy, filePath).stdout) as { events: number; keptAs: string };

  expect((await stat(filePath)).mode & 0o777).toBe(0o600);
  expect(await settingOf(filePath, 'key')).toBe('"at the copy"');
  expect(await settingOf(restored.keptAs, 'key')).toBe('"later"');
  await using database = await openDatabase({ filePath });
  const log = createAuditLog(database, { now: () => 0 });
  expect((await log.search({ limit: 1 }))[0]).toMatchObject({ code: 'database-restored', details: { events: 11 } });
  expect(await log.verify()).toMatchObject({ kind: 'whole' });
});

test('a copy whose log was altered is refused and the present database stays in its place', async () => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(folder.path, eventsOfCheck(1));
  const copy = await writeLog(folder.path, eventsOfCheck(2), 'copy.db');
  await tamper(copy, (c) => c('audit_event').where('sequence', 4).delete());
  const before = await readFile(filePath);

  const refused = command('restore', copy, filePath);

  expect([refused.status, refused.stderr.trim()]).toEqual([
    1,
    'storage.corrupted {"firstBadEvent":4,"reason":"sequence"}',
  ]);
  expect((await readFile(filePath)).equals(before)).toBe(true);
  expect((await readdir(folder.path)).filter((name) => name.includes('before'))).toEqual([]);
});

test('nothing is restored over a database that a station has open', async () => {
  await using folder = await temporaryFolder();
  const copy = await writeLog(folder.path, eventsOfCheck(2), 'copy.db');
  const filePath = join(folder.path, 'station.db');
  await using database = await openDatabase({ filePath });

  expect(command('restore', copy, filePath).stderr).toContain('storage.in-use');

  await createSettingsStore(database).write('still', '"works"');
});

test.each([
  [[], 2, 'usage'],
  [['backup', 'one'], 2, 'usage'],
  [['check', 'package.json'], 1, 'storage.not-a-database'],
  [['restore', '/nowhere/copy.db', '/nowhere/station.db'], 1, 'storage.missing'],
])('the command %j ends with %i and names what is wrong', (words, status, said) => {
  const made = command(...words);

  expect(made.status).toBe(status);
  expect(made.stderr).toContain(said);
});

test('a copy is never written over a file that is there', async () => {
  await using folder = await temporaryFolder();
  const filePath = await writeLog(folder.path, eventsOfCheck(1));
  const precious = join(folder.path, 'precious.txt');
  await writeFile(precious, 'precious');

  expect(command('backup', filePath, precious).stderr).toContain('storage.conflict');

  expect(await readFile(precious, 'utf8')).toBe('precious');
});
