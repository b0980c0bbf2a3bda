import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DatabaseName } from '../../../electron/contract/checks.ts';
import type { GalleriesView, GalleryImport } from '../../../electron/contract/galleries.ts';
import { placeOfInstalled, readInstalledGallery } from '../../../electron/galleries/installed-gallery.ts';
import { rawPublicKey } from '../../../electron/galleries/raw-keys.ts';
import { installedPaths } from '../../../electron/station/galleries/gallery-paths.ts';
import { systemClock } from '../../../electron/station/system-clock.ts';
import { createMatcherPool } from '../../../native-bridge/matcher/matcher-pool.ts';
import {
  DAY,
  importAs,
  makeSigner,
  makeStationKey,
  never,
  NOW,
  statisticalPeople,
  unseal,
  writeAuthorityFile,
} from '../../support/galleries/authority.ts';
import { sharedCopy } from '../../support/matcher/shared-bytes.ts';
import { templateOfPerson } from '../../support/matcher/statistical-gallery.ts';
import { startTestStation, type StationClient, type TestStation } from '../../support/test-station.ts';

const authority = makeSigner();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ridgeway-desk-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A station without galleries at `NOW` plus what `shift` says, whose administrator is signed in and trusts the authority. */
async function stationWithTrust(dataFolder: string) {
  const time = { shiftMs: NOW - systemClock.now() };
  const clock = { ...systemClock, now: () => systemClock.now() + time.shiftMs };
  const station = await startTestStation({ dataFolder, withGalleries: false, clock });
  await station.station.galleriesSettled;
  const { client } = await station.signIn('administrator');
  const { settings, stationKey } = await client.galleries.view({});
  await client.galleries.changeSettings({ ...settings, policeKeys: authority.publicKey });
  return { station, client, time, stations: [Buffer.from(stationKey, 'hex')] };
}

async function settled(client: StationClient, database: DatabaseName = 'police'): Promise<GalleryImport> {
  for await (const view of await client.galleries.watch({})) {
    const { lastImport } = view[database];
    if (lastImport.kind !== 'running' && lastImport.kind !== 'none') return lastImport;
  }
  throw new Error('the view ended');
}

async function imported(client: StationClient, path: string, isOlderAccepted = false): Promise<GalleryImport> {
  await client.galleries.importFile({ database: 'police', path, isOlderAccepted });
  return settled(client);
}

/** The codes of the log; on a station that was started again the auditor has a password already. */
async function eventCodes(station: TestStation, isStartedAgain = false): Promise<string[]> {
  const { client } = isStartedAgain ? station.connect() : await station.signIn('auditor');
  if (isStartedAgain) await client.session.signIn({ userName: 'auditor', password: 'plain blue umbrella' });
  const rows = await client.audit.search({ checkReference: null, beforeSequence: null, limit: 100 });
  return rows.map(({ code }) => code);
}

describe("the administrator's galleries", () => {
  test('an import makes the database ready, says whose it is and how old, and stands in the log', async () => {
    await using dir = await ownFolder();
    const { client, station, stations } = await stationWithTrust(dir.path);
    await using _ = station;
    const path = join(dir.path, 'police.rwgallery');
    await writeAuthorityFile(path, { authority: authority.privateKey, stations });

    expect(await imported(client, path)).toMatchObject({ kind: 'done', people: 40 });

    const view = await client.galleries.view({});
    expect(view.police.state).toMatchObject({ kind: 'in-use', ageDays: 1, isOld: false, daysLeft: 29 });
    expect(view.immigration.state).toEqual({ kind: 'none' });
    const status = await client.station.status({});
    expect(status.police).toMatchObject({ kind: 'ready', origin: 'An authority of the tests', people: 40 });
    expect(status.immigration).toEqual({ kind: 'unavailable', reason: 'gallery-missing' });
    expect(await eventCodes(station)).toContain('gallery-imported');
  });

  test('a gallery is there again after a restart, warned of when it is old, and given up the moment it expires', async () => {
    await using dir = await ownFolder();
    const path = join(dir.path, 'police.rwgallery');
    {
      const { client, station, stations } = await stationWithTrust(dir.path);
      await using _ = station;
      await writeAuthorityFile(path, { authority: authority.privateKey, stations, expiresAt: after(60) });
      await imported(client, path);
    }
    const { client, station, time } = await restarted(dir.path);
    await using _ = station;
    time.shiftMs += 45 * DAY;
    expect((await signedIn(station)).police.state).toMatchObject({ kind: 'in-use', ageDays: 46, isOld: true });
    time.shiftMs += 15 * DAY - 3_600_000;
    expect((await client.station.status({})).police.kind).toBe('ready');
    time.shiftMs += 2 * 3_600_000;
    expect((await client.station.status({})).police).toEqual({ kind: 'unavailable', reason: 'gallery-expired' });
  });

  test('a station that starts with an expired gallery does not bring it into memory, and the log says so', async () => {
    await using dir = await ownFolder();
    const path = join(dir.path, 'police.rwgallery');
    {
      const { client, station, stations } = await stationWithTrust(dir.path);
      await using _ = station;
      await writeAuthorityFile(path, { authority: authority.privateKey, stations });
      await imported(client, path);
      await eventCodes(station);
    }
    const { station } = await restarted(dir.path, 40 * DAY);
    await using _ = station;
    expect((await signedIn(station)).police.state).toMatchObject({ kind: 'refused', reason: 'expired' });
    expect(await eventCodes(station, true)).toContain('gallery-refused');
  });

  test('a gallery whose authority is no longer trusted is given up at once', async () => {
    await using dir = await ownFolder();
    const { client, station, stations } = await stationWithTrust(dir.path);
    await using _ = station;
    const path = join(dir.path, 'police.rwgallery');
    await writeAuthorityFile(path, { authority: authority.privateKey, stations });
    await imported(client, path);
    const { settings } = await client.galleries.view({});

    const view = await client.galleries.changeSettings({ ...settings, policeKeys: '', immigrationKeys: '' });

    expect(view.police.state).toMatchObject({ kind: 'refused', reason: 'untrusted-key' });
    expect((await client.station.status({})).police.kind).toBe('unavailable');
  });

  test('an older extract is refused until the administrator accepts it, and the newer stays in use meanwhile', async () => {
    await using dir = await ownFolder();
    const { client, station, stations } = await stationWithTrust(dir.path);
    await using _ = station;
    const own = { authority: authority.privateKey, stations };
    const [newer, older] = [join(dir.path, 'newer.rwgallery'), join(dir.path, 'older.rwgallery')];
    await writeAuthorityFile(newer, own);
    await writeAuthorityFile(older, { ...own, extractedAt: after(-9), people: statisticalPeople(12) });
    await imported(client, newer);

    expect(await imported(client, older)).toMatchObject({ kind: 'refused', reason: 'older' });
    expect((await client.station.status({})).police).toMatchObject({ people: 40 });
    expect(await imported(client, older, true)).toMatchObject({ kind: 'done', people: 12 });
  });

  test('a removed gallery is gone from the disk and from use; what is not there cannot be removed', async () => {
    await using dir = await ownFolder();
    const { client, station, stations } = await stationWithTrust(dir.path);
    await using _ = station;
    const path = join(dir.path, 'police.rwgallery');
    await writeAuthorityFile(path, { authority: authority.privateKey, stations });
    await imported(client, path);

    const view = await client.galleries.remove({ database: 'police' });

    expect(view.police.state).toEqual({ kind: 'none' });
    expect(await readdir(dir.path)).not.toContain('police.extract');
    expect((await client.station.status({})).police).toEqual({ kind: 'unavailable', reason: 'gallery-missing' });
    const again = client.galleries.remove({ database: 'police' });
    await expect(again).rejects.toMatchObject({ data: { code: 'gallery.none' } });
  });

  test('a cancelled import leaves what was there and nothing else; a second one waits for the first', async () => {
    await using dir = await ownFolder();
    const { client, station, stations } = await stationWithTrust(dir.path);
    await using _ = station;
    const path = join(dir.path, 'police.rwgallery');
    const people = statisticalPeople(3_000);
    await writeAuthorityFile(path, { authority: authority.privateKey, stations, people });
    await client.galleries.importFile({ database: 'police', path, isOlderAccepted: false });
    const second = client.galleries.importFile({ database: 'police', path, isOlderAccepted: false });
    await expect(second).rejects.toMatchObject({ data: { code: 'gallery.import-running' } });

    await client.galleries.cancelImport({ database: 'police' });

    expect((await settled(client)).kind).toBe('cancelled');
    expect((await readdir(dir.path)).filter((name) => name.includes('extract'))).toEqual([]);
  });

  test.each(['police.rwgallery', '\\\\server\\share\\a.rwgallery', '//server/a.rwgallery', '/etc/passwd', ' '])(
    'the path %s is refused before anything is opened',
    async (path) => {
      await using dir = await ownFolder();
      const { client, station } = await stationWithTrust(dir.path);
      await using _ = station;
      const call = client.galleries.importFile({ database: 'police', path, isOlderAccepted: false });
      await expect(call).rejects.toMatchObject({ data: { code: 'gallery.path' } });
    },
  );
});

describe('an installed gallery', () => {
  const stationKey = makeStationKey();
  const file = { authority: authority.privateKey, stations: [rawPublicKey(stationKey)] };
  const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

  test('is the same byte for byte after 1,000 searches', { timeout: 120_000 }, async () => {
    await using dir = await ownFolder();
    await using matcher = createMatcherPool({ threads: 2 });
    const [filePath, targetPath] = [join(dir.path, 'a.rwgallery'), join(dir.path, 'police.extract')];
    await writeAuthorityFile(filePath, { ...file, people: statisticalPeople(3) });
    const { gallery } = await importAs({ filePath, targetPath, signer: authority.publicKey, stationKey, matcher });
    const before = digest(await readFile(targetPath));
    const template = templateOfPerson(2, 2);
    const probe = { position: 2, template: sharedCopy(template), templateBytes: template.length } as const;
    const options = { signal: never, deadlineMs: 60_000, maximumCandidates: 1 };

    let found = 0;
    for (let search = 0; search < 1_000; search += 1) {
      const [first] = await matcher.search(gallery, [probe], options);
      if (first?.reference === 'person-2') found += 1;
    }

    expect(found).toBe(1_000);
    expect(digest(await readFile(targetPath))).toBe(before);
    expect(await readdir(dir.path)).toEqual(['a.rwgallery', 'police.extract']);
  });

  test('shows nobody in the clear, and is refused on another computer or with a byte changed', async () => {
    await using dir = await ownFolder();
    await using matcher = createMatcherPool({ threads: 1 });
    const [filePath, targetPath] = [join(dir.path, 'a.rwgallery'), join(dir.path, 'police.extract')];
    await writeAuthorityFile(filePath, file);
    await importAs({ filePath, targetPath, signer: authority.publicKey, stationKey, matcher });
    const whole = await readFile(targetPath);
    expect(whole.includes('person-1')).toBe(false);
    expect(whole.includes(Buffer.from(templateOfPerson(1, 2).subarray(0, 30)))).toBe(false);

    const trust = { police: [authority.publicKey], immigration: [] };
    const open = async (unsealing: typeof unseal): Promise<unknown> =>
      matcher.openGallery(await placeOfInstalled(await readInstalledGallery(targetPath, trust), unsealing), never);
    await expect(open(unseal)).resolves.toMatchObject({ people: 40 });
    await expect(open(() => Promise.reject(new Error('another computer')))).rejects.toMatchObject({
      reason: 'station-key',
    });
    for (let at = 0; at < whole.length; at += 1_999) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 4;
      await writeFile(targetPath, changed);
      await expect(open(unseal), `byte ${at}`).rejects.toMatchObject({ code: /^gallery\./ });
    }
  });

  test('leaves no template in the memory that an import used', async () => {
    await using dir = await ownFolder();
    const filePath = join(dir.path, 'a.rwgallery');
    await writeAuthorityFile(filePath, file);
    const memories: SharedArrayBuffer[] = [];
    const shards: Uint8Array[] = [];
    await using pool = createMatcherPool({ threads: 1 });
    const matcher: typeof pool = {
      ...pool,
      startIndexing(threads) {
        const indexer = pool.startIndexing(threads);
        return {
          ...indexer,
          async index(people, bytes, signal) {
            memories.push(people);
            const shard = await indexer.index(people, bytes, signal);
            shards.push(shard.bytes);
            return shard;
          },
        };
      },
    };
    await importAs({
      filePath,
      targetPath: join(dir.path, 'p.extract'),
      signer: authority.publicKey,
      stationKey,
      matcher,
    });
    expect([memories.length, shards.length]).toEqual([1, 1]);
    const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
    expect(memories.every((memory) => isZero(new Uint8Array(memory)))).toBe(true);
    expect(shards.every(isZero)).toBe(true);
  });

  test(
    'stays whole when an import that would replace it is killed; the next start clears up',
    { timeout: 60_000 },
    async () => {
      await using dir = await ownFolder();
      const old = join(dir.path, 'old.rwgallery');
      {
        const { client, station, stations } = await stationWithTrust(dir.path);
        await using _ = station;
        await writeAuthorityFile(old, { authority: authority.privateKey, stations });
        await imported(client, old);
        const larger = { authority: authority.privateKey, stations, people: statisticalPeople(3_000) };
        await writeAuthorityFile(join(dir.path, 'new.rwgallery'), larger);
      }
      const targetPath = installedPaths(dir.path).police;
      const before = digest(await readFile(targetPath));
      const cli = fileURLToPath(new URL('../../../electron/galleries/cli/main.ts', import.meta.url));
      const words = ['import', join(dir.path, 'new.rwgallery'), '--database', 'police', '--data', dir.path];
      const child = spawn(process.execPath, [cli, ...words, '--accept-older'], { stdio: 'ignore' });
      const drafts = async (): Promise<string[]> => (await readdir(dir.path)).filter((name) => name.includes('.new'));
      while ((await drafts()).length === 0 && child.exitCode === null) await new Promise(setImmediate);
      child.kill('SIGKILL');
      await once(child, 'exit');
      expect(await drafts()).toHaveLength(1);
      expect(digest(await readFile(targetPath))).toBe(before);

      const { client, station } = await restarted(dir.path);
      await using _ = station;
      expect((await client.station.status({})).police).toMatchObject({ kind: 'ready', people: 40 });
      expect(await drafts()).toEqual([]);
    },
  );
});

const after = (days: number): string => new Date(NOW + days * DAY).toISOString();

async function ownFolder() {
  const path = await mkdtemp(join(folder, 'station-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

async function restarted(dataFolder: string, laterMs = 0) {
  const time = { shiftMs: NOW - systemClock.now() + laterMs };
  const clock = { ...systemClock, now: () => systemClock.now() + time.shiftMs };
  const station = await startTestStation({ dataFolder, withGalleries: false, clock });
  await station.station.galleriesSettled;
  return { station, client: station.connect().client, time };
}

async function signedIn(station: TestStation): Promise<GalleriesView> {
  const { client } = station.connect();
  await client.session.signIn({ userName: 'admin', password: 'plain blue umbrella' });
  return client.galleries.view({});
}
