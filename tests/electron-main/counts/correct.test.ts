import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCountStore } from '../../../electron/storage/count-store.ts';
import { openDatabase } from '../../../electron/storage/database.ts';
import { createUserStore } from '../../../electron/storage/user-store.ts';
import { countingStation, TEST_OFFICER } from '../../support/counts/counting-station.ts';
import { handClock, temporaryFolder } from '../../support/counts/temporary-database.ts';

const CELLS = ['check=-1', 'ground/6B(a)=-1', 'outcome/declined=-1'];

async function stationFile(folder: string): Promise<string> {
  const filePath = join(folder, 'station.db');
  await using database = await openDatabase({ filePath });
  const station = await countingStation(database, handClock('2026-03-01T09:00:00Z'));
  for (let index = 0; index < 2; index += 1) {
    await station.count({ endedAt: '2026-03-01T09:00:00Z', answers: null, ending: 'declined', msToAnswers: null });
  }
  const users = createUserStore(database);
  const officer = await users.byId(TEST_OFFICER);
  if (officer === null) throw new Error('the station has no officer');
  await users.add({ ...officer, id: '7f1c3f0a-7a51-4c0e-9f29-3b2f4a7f6d10', userName: 'admin', role: 'administrator' });
  return filePath;
}

async function checksOf(filePath: string): Promise<number | undefined> {
  await using database = await openDatabase({ filePath });
  const rows = await createCountStore(database).between('2026-03', '2026-03');
  return rows.find(({ cell }) => cell === 'check')?.total;
}

const correct = (filePath: string, user: string, reason: string, cells: readonly string[]) =>
  spawnSync(
    process.execPath,
    [
      'electron/counts/cli/main.ts',
      'correct',
      '--db',
      filePath,
      '--month',
      '2026-03',
      '--user',
      user,
      '--reason',
      reason,
      ...cells,
    ],
    { encoding: 'utf8' },
  );

test('an administrator takes a training check out of the counts by entries of their own', async () => {
  await using folder = await temporaryFolder();
  const filePath = await stationFile(folder.path);

  const made = correct(filePath, 'admin', 'training-check', CELLS);

  expect([made.stderr, made.status]).toEqual(['', 0]);
  expect(JSON.parse(made.stdout)).toEqual({ month: '2026-03', entries: 3 });
  expect(await checksOf(filePath)).toBe(1);
});

test.each([
  ['officer', 'training-check', CELLS, 1, 'not-an-administrator'],
  ['admin', 'training-check', ['check=-1'], 1, 'grounds'],
  ['admin', 'no-reason', CELLS, 2, 'usage'],
  ['admin', 'training-check', [], 2, 'usage'],
  ['admin', 'training-check', ['check=many'], 2, 'usage'],
])('a correction by %s for %s of %j is refused and nothing changes', async (user, reason, cells, status, said) => {
  await using folder = await temporaryFolder();
  const filePath = await stationFile(folder.path);

  const made = correct(filePath, user, reason, cells);

  expect([made.status, made.stderr.includes(said)]).toEqual([status, true]);
  expect(await checksOf(filePath)).toBe(2);
});
