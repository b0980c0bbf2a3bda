import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAuditLog } from '../../../electron/audit/audit-log.ts';
import { backupFolder, COPIES_KEPT, createBackupDesk } from '../../../electron/station/desks/backup-desk.ts';
import { systemClock } from '../../../electron/station/system-clock.ts';
import { openForReading } from '../../../electron/storage/database.ts';
import { handClock, temporaryDatabase, temporaryFolder } from '../../support/counts/temporary-database.ts';
import { heldClock, type HeldClock } from '../../support/held-clock.ts';
import { startTestStation, type TestStation } from '../../support/test-station.ts';

const DAY_MS = 24 * 60 * 60_000;
const TEN_MINUTES_MS = 10 * 60_000;

describe('a station that works', () => {
  let folder: string;
  let clock: HeldClock;
  let station: TestStation;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ridgeway-backup-'));
    clock = heldClock();
    station = await startTestStation({ clock, withGalleries: false, dataFolder: folder });
  });
  afterEach(async () => {
    await station[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const copies = async (): Promise<string[]> =>
    (await readdir(backupFolder(folder)).catch(() => [])).filter((name) => name.endsWith('.sqlite')).toSorted();

  async function copyOfTheDay(): Promise<string> {
    // Noon, so that ten minutes later is the same day.
    clock.set(Math.ceil(clock.now() / DAY_MS) * DAY_MS + DAY_MS / 2);
    const name = `ridgeway-${new Date(clock.now()).toISOString().slice(0, 10)}.sqlite`;
    clock.advance(TEN_MINUTES_MS);
    await vi.waitFor(async () => expect(await copies()).toContain(name), { timeout: 20_000 });
    return join(backupFolder(folder), name);
  }

  test('copies its database each day, whole, with a log that says so', async () => {
    const copy = await copyOfTheDay();

    await using database = await openForReading(copy);
    const audit = createAuditLog(database, systemClock);
    expect(await database.findDamage()).toBeNull();
    expect(await audit.verify()).toMatchObject({ kind: 'whole' });
    expect((await audit.search({ limit: 1 }))[0]?.code).toBe('backup-made');
  });

  test('makes copies that only their owner may read, and that hold no personal text in the clear', async () => {
    const copy = await copyOfTheDay();

    expect((await readFile(copy)).includes('Sam Archer')).toBe(false);
    const { mode } = await stat(copy);
    expect(mode & 0o077).toBe(0);
  });
});

test('the copies of a week are kept, one a day, and a copy that a kill cut short is made anew', async () => {
  await using folder = await temporaryFolder();
  await using temporary = await temporaryDatabase();
  const clock = handClock('2026-03-01T12:00:00.000Z');
  const desk = createBackupDesk({
    database: temporary.database,
    audit: createAuditLog(temporary.database, clock),
    clock: { now: () => clock.now(), after: () => () => {} },
    log: { note: () => {}, fault: () => {} },
    dataFolder: folder.path,
    isBusy: () => false,
  });
  await mkdir(backupFolder(folder.path));
  await writeFile(join(backupFolder(folder.path), 'ridgeway-2026-03-01.sqlite.new'), 'half a copy');

  const made: boolean[] = [];
  for (let day = 0; day < COPIES_KEPT + 2; day += 1) {
    made.push(await desk.apply(), await desk.apply());
    clock.advance(DAY_MS);
  }

  expect(made).toEqual(Array.from({ length: COPIES_KEPT + 2 }, () => [true, false]).flat());
  expect((await readdir(backupFolder(folder.path))).toSorted()).toEqual(
    [3, 4, 5, 6, 7, 8, 9].map((day) => `ridgeway-2026-03-0${day}.sqlite`),
  );
});
