import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { HIGH_SPEED_PROFILE } from '../../../../native-bridge/scanner/built-in-profiles.ts';
import { parseDeviceProfile, writeDeviceProfile } from '../../../../native-bridge/scanner/device-profile.ts';
import { createHidSource } from '../../../../native-bridge/scanner/hid-source.ts';
import { createImportedProfiles } from '../../../../native-bridge/scanner/imported-profiles.ts';
import { startTestStation, type StationClient, type TestStation } from '../../../support/test-station.ts';

const MINE = {
  ...HIGH_SPEED_PROFILE,
  profileId: 'desk-reader-2',
  name: 'Desk reader 2',
  productId: 0x0042,
  triedOn: [],
};

function refusal(code: string) {
  return expect.objectContaining({ code: 'REFUSED', data: { code } });
}

let station: TestStation;
let client: StationClient;
// One station for all: each test leaves it as it found it.
beforeAll(async () => {
  station = await startTestStation({ withGalleries: false });
  client = (await station.signIn('administrator')).client;
});
afterEach(async () => {
  for (const { importedAt, profileId } of await client.scanners.profiles({})) {
    if (importedAt !== null) await client.scanners.removeProfile({ profileId });
  }
});
afterAll(() => station[Symbol.asyncDispose]());

const importText = (text: string) => client.scanners.importProfile({ text });
const importChanged = (changes: object) => importText(JSON.stringify({ ...MINE, ...changes }));

describe('importing a profile', () => {
  test('adds it to those of the station, with its day, and logs who did it', async () => {
    const answer = await importText(writeDeviceProfile(MINE));

    if (answer.kind !== 'imported') throw new Error(JSON.stringify(answer));
    expect(answer).toMatchObject({ profileId: 'desk-reader-2', hasReplaced: false });
    expect(answer.profiles.map(({ profileId }) => profileId)).toEqual([
      'desk-reader-2',
      'ridgeway-high-speed',
      'ridgeway-full-speed',
      'ridgeway-inverted',
    ]);
    expect(answer.profiles[0]?.importedAt).toMatch(/^\d{4}-/);
    const auditor = (await station.signIn('auditor')).client;
    const rows = await auditor.audit.search({ checkReference: null, beforeSequence: null, limit: 50 });
    expect(rows.find(({ code }) => code === 'profile-imported')?.details).toEqual({
      profileId: 'desk-reader-2',
      vendorId: 0x1209,
      productId: 0x0042,
    });
  });

  test('of the same name again takes its place and says so', async () => {
    await importChanged({});

    const answer = await importChanged({ name: 'Desk reader 2, mended' });

    expect(answer).toMatchObject({ kind: 'imported', hasReplaced: true });
    expect((await client.scanners.profiles({}))[0]?.name).toBe('Desk reader 2, mended');
    expect(await client.scanners.profiles({})).toHaveLength(4);
  });

  test.each([
    ['what is no JSON', '{"format": 1,', [{ field: '', problem: 'not-json', bound: null }]],
    [
      'a resolution that no scanner has',
      JSON.stringify({ ...MINE, resolutionPpi: 96 }),
      [{ field: 'resolutionPpi', problem: 'too-small', bound: 250 }],
    ],
    [
      'a missing field, one too many and one of the wrong kind, all three at once',
      JSON.stringify({ ...MINE, usage: undefined, colour: 'red', isMirrored: 'no' }),
      [
        { field: 'usage', problem: 'missing', bound: null },
        { field: 'isMirrored', problem: 'wrong-type', bound: null },
        { field: 'colour', problem: 'unknown-field', bound: null },
      ],
    ],
    [
      'a polarity that is unknown',
      JSON.stringify({ ...MINE, polarity: 'sideways' }),
      [{ field: 'polarity', problem: 'not-allowed', bound: null }],
    ],
    [
      'a way into a list',
      JSON.stringify({ ...MINE, triedOn: ['hardware', 'paper'] }),
      [{ field: 'triedOn.1', problem: 'not-allowed', bound: null }],
    ],
    [
      'the name of one that came with the station',
      JSON.stringify(HIGH_SPEED_PROFILE),
      [{ field: 'profileId', problem: 'ships-with-station', bound: null }],
    ],
    ['a list instead of a profile', '[]', [{ field: '', problem: 'wrong-type', bound: null }]],
  ])('refuses %s, and names the field', async (_what, text, problems) => {
    expect(await importText(text)).toEqual({ kind: 'refused', problems });
    expect(await client.scanners.profiles({})).toHaveLength(3);
  });

  test('names at most ten things that are wrong, and no more than a hundred letters of a field', async () => {
    const nonsense = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${'x'.repeat(150)}${index}`, 1]));

    const answer = await importText(JSON.stringify({ ...MINE, ...nonsense }));

    if (answer.kind !== 'refused') throw new Error(answer.kind);
    expect(answer.problems).toHaveLength(10);
    expect(Math.max(...answer.problems.map(({ field }) => field.length))).toBe(100);
  });

  test('takes no text that is longer than a profile can be', async () => {
    await expect(importText('x'.repeat(10_001))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('makes the next look at the bus find devices that fit it, without a restart', async () => {
    const imported = createImportedProfiles();
    const device = { vendorId: 0x1209, productId: 0x0042, path: '/dev/hidraw0', serialNumber: 'D2-1' };
    const source = createHidSource({
      importedProfiles: () => imported.all(),
      loadBinding: () =>
        Promise.resolve({
          devices: () => Promise.resolve([device]),
          open: () => Promise.reject(new Error('not opened')),
        }),
      mayOpen: () => Promise.resolve(true),
      isHeld: () => Promise.resolve(false),
    });
    await using other = await startTestStation({
      withGalleries: false,
      scanners: () => source,
      importedProfiles: imported,
    });
    const { client: administrator } = await other.signIn('administrator');
    const before = await administrator.scanners.list({});

    await administrator.scanners.importProfile({ text: writeDeviceProfile(MINE) });
    const after = await administrator.scanners.list({});

    expect(before.scanners[0]).toMatchObject({ refusal: 'no-profile', profileId: null });
    expect(after.scanners[0]).toMatchObject({ refusal: 'not-enrolled', profileName: 'Desk reader 2' });
  });
});

describe('a profile of the station', () => {
  test('is exported as a file that can be imported again, its owner’s to read', async () => {
    await importChanged({});

    const { filePath, text } = await client.scanners.exportProfile({ profileId: 'desk-reader-2' });

    expect(parseDeviceProfile(text)).toEqual(MINE);
    expect(filePath).toBe(join(station.dataFolder, 'scanner-profiles', 'desk-reader-2.json'));
    expect(await readFile(filePath, 'utf8')).toBe(text);
  });

  test.each(['../../escape', 'unknown', ''])('called "%s" cannot be exported or removed', async (profileId) => {
    if (profileId === '') {
      await expect(client.scanners.exportProfile({ profileId })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
      return;
    }
    await expect(client.scanners.exportProfile({ profileId })).rejects.toEqual(refusal('scanner.profile-not-found'));
    await expect(client.scanners.removeProfile({ profileId })).rejects.toEqual(refusal('scanner.profile-not-found'));
  });

  test('that was imported can be removed; one that came with the station cannot', async () => {
    await importChanged({});

    const left = await client.scanners.removeProfile({ profileId: 'desk-reader-2' });

    expect(left).toHaveLength(3);
    await expect(client.scanners.removeProfile({ profileId: 'ridgeway-high-speed' })).rejects.toEqual(
      refusal('scanner.profile-not-found'),
    );
  });

  test('that was imported is there after a restart', async () => {
    await using first = await startTestStation({ withGalleries: false });
    const before = (await first.signIn('administrator')).client;
    await before.scanners.importProfile({ text: writeDeviceProfile(MINE) });
    await first.station.close();

    await using again = await startTestStation({ dataFolder: first.dataFolder, withGalleries: false });
    const connection = again.connect().client;
    await connection.session.signIn({ userName: 'admin', password: 'plain blue umbrella' });

    expect((await connection.scanners.profiles({}))[0]).toMatchObject({ profileId: 'desk-reader-2' });
  });
});
