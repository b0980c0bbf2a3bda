import { spawnSync } from 'node:child_process';
import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import knex from 'knex';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ConfigFault } from '../../../electron/config/load-config.ts';
import { testDisk } from '../../../electron/self-test/disk-part.ts';
import { PART_NAMES, selfTest, type PartName } from '../../../electron/self-test/self-test.ts';
import type { Devices, Platform } from '../../../electron/station/platform.ts';
import { systemClock, systemRandomness } from '../../../electron/station/system-clock.ts';
import { openDatabase } from '../../../electron/storage/database.ts';
import { createMatcherPool } from '../../../native-bridge/matcher/matcher-pool.ts';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';
import type { ScannerListing } from '../../../native-bridge/scanner/scanner.ts';
import type { MatcherPool } from '../../../native-bridge/matcher/matcher.ts';

const DAY_MS = 24 * 60 * 60_000;
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

const READER: ScannerListing = {
  path: 'a',
  vendorId: 1,
  productId: 1,
  productName: 'reader',
  serialNumber: '1',
  isSimulated: false,
  profileId: 'a-profile',
  refusal: null,
};

let folder: string;
let matcher: MatcherPool;

beforeAll(() => {
  matcher = createMatcherPool({ threads: 1 });
});
afterAll(() => matcher[Symbol.asyncDispose]());
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-self-test-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function platformWith(machinePolicy: unknown = null, data: string = folder): Platform {
  return {
    version: '1.2.3',
    folders: { data, logs: data },
    machinePolicy,
    clock: systemClock,
    randomness: systemRandomness,
    log: { note: () => {}, fault: () => {} },
    seal: async (secret) => secret.map((byte) => byte ^ 0x5a),
    unseal: async (sealed) => sealed.map((byte) => byte ^ 0x5a),
    onEvent: () => () => {},
    fetch: globalThis.fetch,
  };
}

function devicesWith(list: Devices['scanners']['list'], pool: MatcherPool = matcher): Devices {
  const scanners = { list, open: () => Promise.reject(new Error('nothing is opened by a self-test')) };
  return { scanners, matcher: pool, trainingGalleries: null, trainingHand: null };
}

/** Made anew each time: the pool is there only once the tests run. */
const sound = (): Devices => devicesWith(async () => [READER]);

/** A matcher that finds whoever it is told to, to show that the self-test does not take its word. */
function matcherThatFinds(reference: string, score: number): MatcherPool {
  return {
    extract: (...words) => matcher.extract(...words),
    examinePair: (...words) => matcher.examinePair(...words),
    openGallery: (...words) => matcher.openGallery(...words),
    startIndexing: (threads) => matcher.startIndexing(threads),
    search: async () => [{ reference, score }],
    [Symbol.asyncDispose]: async () => {},
  };
}

test('a new station with a reader is sound, and says what is not there yet', { timeout: 120_000 }, async () => {
  const report = await selfTest(platformWith(), sound());

  expect(Object.keys(report.parts)).toEqual(PART_NAMES);
  expect(report).toMatchObject({
    version: '1.2.3',
    isSound: true,
    parts: {
      version: { kind: 'sound', figures: { version: '1.2.3', node: process.versions.node, electron: 'none' } },
      policy: { kind: 'absent', why: 'no-policy' },
      sealing: { kind: 'sound' },
      disk: { kind: 'sound' },
      database: { kind: 'absent', why: 'not-made-yet' },
      police: { kind: 'absent', why: 'no-gallery' },
      immigration: { kind: 'absent', why: 'no-gallery' },
      certificates: { kind: 'absent', why: 'no-certificate' },
      scanner: { kind: 'sound', figures: { listed: 1, usable: 1, simulated: 0 } },
      matcher: { kind: 'sound' },
    },
  });
});

describe('each broken part fails in its own way, and the others are tested all the same', () => {
  async function testPart(name: PartName, platform: Platform, devices: Devices = sound()) {
    const { isSound, parts } = await selfTest(platform, devices, [name]);
    expect(isSound).toBe(false);
    return parts[name];
  }

  test('a policy with a field that is wrong, by its path', async () => {
    expect(await testPart('policy', platformWith({ settings: { idleLockMinutes: 0 } }))).toMatchObject({
      code: 'config.policy-invalid',
      figures: { path: 'settings.idleLockMinutes' },
    });
  });

  test('a policy that cannot be read, and a settings file with a field that nobody knows', async () => {
    const unreadable = new ConfigFault('config.policy-unreadable', { place: 'policy.json', reason: 'not-json' });

    expect(await testPart('policy', platformWith(unreadable))).toMatchObject({
      code: 'config.policy-unreadable',
      figures: { place: 'policy.json' },
    });
    expect(await testPart('policy', { ...platformWith(), settingsFile: { settings: { x: 1 } } })).toMatchObject({
      code: 'config.file-invalid',
      figures: { path: 'settings.x' },
    });
  });

  test('a data folder that is not there, or that is none', async () => {
    expect(await testPart('disk', platformWith(null, path.join(folder, 'none')))).toMatchObject({
      code: 'disk.not-writable',
      figures: { folder: 'data', reason: 'ENOENT' },
    });
    await writeFile(path.join(folder, 'file'), '');
    expect(await testPart('disk', platformWith(null, path.join(folder, 'file')))).toMatchObject({
      figures: { reason: 'ENOTDIR' },
    });
  });

  test('a log folder that cannot be written to, by its name', async () => {
    expect(await testDisk([folder, path.join(folder, 'none')])).toMatchObject({
      code: 'disk.not-writable',
      figures: { folder: 'logs' },
    });
  });

  test('a disk with little room left; what was written to try it is gone', async () => {
    expect(await testDisk([folder], async () => 199_999_999)).toMatchObject({
      code: 'disk.full',
      figures: { freeBytes: 199_999_999, leastBytes: 200_000_000 },
    });
    expect(await testDisk([folder], async () => 200_000_000)).toMatchObject({ kind: 'sound' });
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ['loses what it sealed', async () => new Uint8Array(3), 'sealing.loses-the-secret'],
    [
      'has no key store',
      () => Promise.reject(Object.assign(new Error('x'), { code: 'sealing.no-key-store' })),
      'sealing.no-key-store',
    ],
  ] as const)('an account that %s', async (_what, unseal, code) => {
    expect(await testPart('sealing', { ...platformWith(), unseal })).toMatchObject({ code });
  });

  test('an account whose seals show the secret', async () => {
    const open = async (bytes: Uint8Array): Promise<Uint8Array> => bytes;

    expect(await testPart('sealing', { ...platformWith(), seal: open, unseal: open })).toMatchObject({
      code: 'sealing.shows-the-secret',
    });
  });

  test('a database file that is none', async () => {
    await writeFile(path.join(folder, 'ridgeway.sqlite'), 'something else');

    expect(await testPart('database', platformWith())).toMatchObject({ code: 'storage.not-a-database' });
  });

  test('a database with damage in it', async () => {
    const filePath = path.join(folder, 'ridgeway.sqlite');
    await (await openDatabase({ filePath })).close();
    const file = await open(filePath, 'r+');
    const { size } = await file.stat();
    // The head of every page after the first: what SQLite reads to know what the page is.
    for (let at = 4_096; at < size; at += 4_096) await file.write(Buffer.alloc(64, 0xff), 0, 64, at);
    await file.close();

    expect(await testPart('database', platformWith())).toMatchObject({ code: 'storage.corrupted' });
  });

  test('a database that a later version wrote, which is the fault of the version and not of the file', async () => {
    const filePath = path.join(folder, 'ridgeway.sqlite');
    await (await openDatabase({ filePath })).close();
    const later = knex({ client: 'sqlite3', connection: { filename: filePath }, useNullAsDefault: true });
    await later('schema_migration').insert({ name: '9999-later', batch: 9, migration_time: new Date() });
    await later.destroy();

    expect(await testPart('version', platformWith())).toMatchObject({
      code: 'version.older-than-the-database',
      figures: { unknownMigrations: 1 },
    });
    expect(await selfTest(platformWith(), sound(), ['database'])).toMatchObject({ isSound: true });
  });

  test('a gallery file that is none', async () => {
    await writeFile(path.join(folder, 'police.gallery'), 'something else');

    expect(await testPart('police', platformWith())).toMatchObject({ code: expect.stringMatching(/^gallery\./) });
  });

  test.each(['certificateFile', 'authorityFile'])('a %s that cannot be read, or is none', async (field) => {
    const file = path.join(folder, 'x.pem');
    const platform = platformWith({ upstreamConnection: { [field]: file } });

    expect(await testPart('certificates', platform)).toMatchObject({
      code: 'certificate.unreadable',
      figures: { where: `upstreamConnection.${field}`, reason: 'ENOENT' },
    });
    await writeFile(file, '-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n');
    expect(await testPart('certificates', platform)).toMatchObject({ figures: { reason: 'not-pem' } });
  });

  describe.skipIf(!hasOpenssl)(`a certificate${hasOpenssl ? '' : ' (skipped: openssl is not on this machine)'}`, () => {
    const files = () => ({ certificateFile: path.join(folder, 'a.pem'), keyFile: path.join(folder, 'a.key') });

    function makeCertificate(name: string): void {
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
      const words = ['req', '-x509', '-days', '10', '-subj', `/CN=${name}`, ...key, '-out', `${name}.pem`];
      expect(spawnSync('openssl', words, { cwd: folder }).status).toBe(0);
    }

    function platformAfter(days: number, connection: object): Platform {
      const clock = { ...systemClock, now: () => Date.now() + days * DAY_MS };
      return { ...platformWith({ upstreamConnection: connection }), clock };
    }

    test('that is valid today and has its own key is sound, with the days that it has left', async () => {
      makeCertificate('a');

      expect(await selfTest(platformAfter(1, files()), sound(), ['certificates'])).toMatchObject({
        parts: { certificates: { kind: 'sound', figures: { certificates: 1, daysLeft: 8 } } },
      });
    });

    test.each([
      ['that has run out', 11, 'certificate.expired'],
      ['whose time has not come', -1, 'certificate.not-yet-valid'],
    ])('%s', async (_what, days, code) => {
      makeCertificate('a');

      expect(await testPart('certificates', platformAfter(days, files()))).toMatchObject({
        code,
        figures: { where: 'upstreamConnection.certificateFile' },
      });
    });

    test('with the key of another, or with a key that is none', async () => {
      makeCertificate('a');
      makeCertificate('b');
      const others = { ...files(), keyFile: path.join(folder, 'b.key') };

      expect(await testPart('certificates', platformAfter(0, others))).toMatchObject({
        code: 'certificate.key-of-another',
      });
      await writeFile(others.keyFile, 'no key');
      expect(await testPart('certificates', platformAfter(0, others))).toMatchObject({
        code: 'certificate.unreadable',
        figures: { where: 'upstreamConnection.keyFile', reason: 'not-pem' },
      });
    });
  });

  test('no reader that could be used', async () => {
    const devices = devicesWith(async () => [{ ...READER, refusal: 'no-permission' }]);

    expect(await testPart('scanner', platformWith(), devices)).toMatchObject({
      code: 'scanner.not-found',
      figures: { listed: 1, usable: 0 },
    });
  });

  test('a driver that cannot be loaded, and the part after it is tested', async () => {
    const devices = devicesWith(() => Promise.reject(new ScannerFault('scanner.driver-missing')));

    const { parts } = await selfTest(platformWith(), devices, ['scanner', 'policy']);

    expect(parts).toMatchObject({
      scanner: { kind: 'broken', code: 'scanner.driver-missing' },
      policy: { kind: 'absent', why: 'no-policy' },
    });
  });

  test('a matcher that does not find whom it must', { timeout: 60_000 }, async () => {
    const devices = devicesWith(async () => [READER], matcherThatFinds('SELF-TEST-3', 99));

    expect(await testPart('matcher', platformWith(), devices)).toMatchObject({ code: 'matcher.known-print-not-found' });
  });

  test('a matcher that finds whoever is searched', { timeout: 60_000 }, async () => {
    const devices = devicesWith(async () => [READER], matcherThatFinds('SELF-TEST-2', 99));

    expect(await testPart('matcher', platformWith(), devices)).toMatchObject({ code: 'matcher.stranger-found' });
  });
});

test('a part that never ends is broken, and the next one is tested', async () => {
  const devices = devicesWith(() => new Promise(() => {}));

  const { parts } = await selfTest(platformWith(), devices, ['scanner', 'policy'], 20);

  expect(parts).toMatchObject({
    scanner: { kind: 'broken', code: 'self-test.part-timed-out', figures: { deadlineMs: 20 } },
    policy: { kind: 'absent' },
  });
});

test('a database that a station holds is no fault', async () => {
  await using held = await openDatabase({ filePath: path.join(folder, 'ridgeway.sqlite') });

  const { parts } = await selfTest(platformWith(), sound(), ['database', 'version']);

  expect(held.filePath).toContain('ridgeway.sqlite');
  expect(parts).toMatchObject({
    database: { kind: 'absent', why: 'in-use-by-a-station' },
    version: { kind: 'sound' },
  });
});
