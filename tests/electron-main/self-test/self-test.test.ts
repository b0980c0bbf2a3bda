import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PART_NAMES, selfTest, type PartName } from '../../../electron/self-test/self-test.ts';
import type { Devices, Platform } from '../../../electron/station/platform.ts';
import { systemClock, systemRandomness } from '../../../electron/station/system-clock.ts';
import { openDatabase } from '../../../electron/storage/database.ts';
import { createMatcherPool } from '../../../native-bridge/matcher/matcher-pool.ts';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';
import type { ScannerListing } from '../../../native-bridge/scanner/scanner.ts';
import type { MatcherPool } from '../../../native-bridge/matcher/matcher.ts';

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
    seal: async (secret) => secret,
    unseal: async (sealed) => sealed,
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
      policy: { kind: 'absent', why: 'no-policy' },
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

  test('a data folder that is not there', async () => {
    expect(await testPart('disk', platformWith(null, path.join(folder, 'none')))).toMatchObject({ code: 'ENOENT' });
  });

  test('a database file that is none', async () => {
    await writeFile(path.join(folder, 'ridgeway.sqlite'), 'something else');

    expect(await testPart('database', platformWith())).toMatchObject({ code: 'storage.not-a-database' });
  });

  test('a gallery file that is none', async () => {
    await writeFile(path.join(folder, 'police.gallery'), 'something else');

    expect(await testPart('police', platformWith())).toMatchObject({ code: expect.stringMatching(/^gallery\./) });
  });

  test('a certificate that cannot be read', async () => {
    const platform = platformWith({ upstreamConnection: { certificateFile: path.join(folder, 'none.pem') } });

    expect(await testPart('certificates', platform)).toMatchObject({ code: 'ENOENT' });
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

test('a database that a station holds is no fault', async () => {
  await using held = await openDatabase({ filePath: path.join(folder, 'ridgeway.sqlite') });

  const { parts } = await selfTest(platformWith(), sound(), ['database']);

  expect(held.filePath).toContain('ridgeway.sqlite');
  expect(parts).toEqual({ database: { kind: 'absent', why: 'in-use-by-a-station' } });
});
