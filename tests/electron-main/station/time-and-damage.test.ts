import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAuditLog } from '../../../electron/audit/audit-log.ts';
import { systemClock } from '../../../electron/station/system-clock.ts';
import { openForReading } from '../../../electron/storage/database.ts';
import { temporaryFolder } from '../../support/counts/temporary-database.ts';
import { tamper } from '../../support/counts/written-log.ts';
import { heldClock, type HeldClock } from '../../support/held-clock.ts';
import { reachCapture } from '../../support/officer.ts';
import { sessionOfRole } from '../../support/session-of-role.ts';
import { startTestStation, type TestStation } from '../../support/test-station.ts';

const DAY_MS = 24 * 60 * 60_000;

function clientOf(station: TestStation, role: 'officer' | 'administrator' | 'auditor') {
  const connection = station.station.connect();
  connection.session = sessionOfRole(station.station, role);
  return createRouterClient(station.station.router, { context: { connection } });
}

describe('what an officer wrote about a person', () => {
  let folder: string;
  let clock: HeldClock;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ridgeway-retention-'));
    clock = heldClock();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function endedCheck(station: TestStation): Promise<string> {
    const client = clientOf(station, 'officer');
    const { checkId } = await reachCapture(client);
    await client.checks.end({ checkId, why: 'declined' });
    return checkId;
  }

  async function retentionEvents(station: TestStation): Promise<readonly unknown[]> {
    const rows = await clientOf(station, 'auditor').audit.search({
      checkReference: null,
      beforeSequence: null,
      limit: 500,
    });
    return rows.filter(({ code }) => code === 'retention-applied').map(({ details }) => details['checks']);
  }

  test('is removed once the days that the administrator set are over, and the log says how many checks it was', async () => {
    await using station = await startTestStation({ clock, withGalleries: false, dataFolder: folder });
    const administrator = clientOf(station, 'administrator');
    const { settings } = await administrator.administration.settings({});
    await administrator.administration.changeSettings({ ...settings, personalTextRetentionDays: 10 });
    const checkId = await endedCheck(station);

    clock.advance(9 * DAY_MS);
    expect(await station.records.grounds(checkId)).not.toBeNull();
    clock.advance(2 * DAY_MS);

    await vi.waitFor(async () => expect(await station.records.grounds(checkId)).toBeNull());
    expect(await retentionEvents(station)).toEqual([1]);
  });

  test('is removed by the next start, when the station was off on the day', async () => {
    let checkId: string;
    {
      await using station = await startTestStation({ clock, withGalleries: false, dataFolder: folder });
      checkId = await endedCheck(station);
    }
    clock.advance(91 * DAY_MS);

    await using later = await startTestStation({ clock, withGalleries: false, dataFolder: folder });

    expect(await later.records.grounds(checkId)).toBeNull();
  });

  test('is never legible in the files of the station, before its removal or after', async () => {
    {
      await using station = await startTestStation({ clock, withGalleries: false, dataFolder: folder });
      await endedCheck(station);
      await expectNothingLegible(folder);
      clock.advance(91 * DAY_MS);
      await vi.waitFor(async () => expect(await retentionEvents(station)).toEqual([1]));
    }

    await expectNothingLegible(folder);
  });
});

async function logOf(folder: string): Promise<unknown> {
  await using database = await openForReading(join(folder, 'ridgeway.sqlite'));
  const verified = await createAuditLog(database, systemClock).verify();
  expect(verified.kind).toBe('whole');
  return verified;
}

async function expectNothingLegible(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    expect(bytes.includes('the shop assistant'), entry.name).toBe(false);
    expect(bytes.includes('Sam Archer'), entry.name).toBe(false);
  }
}

describe("the computer's clock", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ridgeway-clock-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('set back behind the log is refused at the start by name, and the data stays as it was', async () => {
    const clock = heldClock();
    await (await startTestStation({ clock, withGalleries: false, dataFolder: folder }))[Symbol.asyncDispose]();
    const before = await logOf(folder);
    clock.set(clock.now() - DAY_MS);

    await expect(startTestStation({ clock, withGalleries: false, dataFolder: folder })).rejects.toMatchObject({
      code: 'station.clock-set-back',
    });

    expect(await logOf(folder)).toEqual(before);
    clock.set(clock.now() + DAY_MS);
    await using station = await startTestStation({ clock, withGalleries: false, dataFolder: folder });
    expect(station.station.firstUsers).toEqual([]);
  });

  test('set back is accepted where the machine policy says so', async () => {
    const clock = heldClock();
    await (await startTestStation({ clock, withGalleries: false, dataFolder: folder }))[Symbol.asyncDispose]();
    clock.set(clock.now() - DAY_MS);

    await using station = await startTestStation({
      clock,
      withGalleries: false,
      dataFolder: folder,
      platform: { machinePolicy: { isEarlierClockAccepted: true } },
    });

    expect(station.station.firstUsers).toEqual([]);
  });

  test('set back while somebody is signed in does not keep the screen open', async () => {
    const clock = heldClock();
    await using station = await startTestStation({ clock, withGalleries: false, dataFolder: folder });
    const connection = station.station.connect();
    connection.session = sessionOfRole(station.station, 'officer');
    clock.set(clock.now() - DAY_MS);

    clock.advance(5_000);
    await vi.waitFor(() => expect(connection.session?.lastCallAtMs).toBeLessThanOrEqual(clock.now()));
    for (let minute = 0; minute < 11; minute += 1) {
      clock.advance(60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }

    await vi.waitFor(() => expect(connection.session?.isLocked).toBe(true));
  });
});

test('a station does not start on an audit log that was altered, and leaves it as it was', async () => {
  await using folder = await temporaryFolder();
  const filePath = join(folder.path, 'ridgeway.sqlite');
  await (await startTestStation({ withGalleries: false, dataFolder: folder.path }))[Symbol.asyncDispose]();
  await tamper(filePath, (c) =>
    c.raw(`UPDATE audit_event SET event = replace(event, 'officer', 'auditor') WHERE sequence = 2`),
  );
  await tamper(filePath, (c) => c('audit_event').where('sequence', 3).delete());

  await expect(startTestStation({ withGalleries: false, dataFolder: folder.path })).rejects.toMatchObject({
    code: 'audit.log-broken',
  });

  await using database = await openForReading(filePath);
  const audit = createAuditLog(database, systemClock);
  expect(await audit.verify()).toMatchObject({ kind: 'broken' });
  expect((await audit.search({ limit: 1 }))[0]?.code).toBe('station-stopped');
});
