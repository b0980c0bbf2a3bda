import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_DATABASES } from '../../../../electron/config/database-settings.ts';
import type { DatabasesSettings } from '../../../../electron/contract/databases.ts';
import { createCertificateAuthority } from '../../../gateway/certificates/certificate-authority.ts';
import { startTestStation, type TestStation } from '../../../support/test-station.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Nothing listens there: the address is of a port that is reserved. */
const ADDRESS = 'https://127.0.0.1:1/ridgeway';

let folder: string;
let files: Readonly<Record<'certificateFile' | 'keyFile' | 'authorityFile' | 'otherKey', string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ridgeway-databases-'));
  const now = Date.now();
  const validity = { validFromMs: now - DAY_MS, validUntilMs: now + 12 * DAY_MS + DAY_MS / 2 };
  const authority = createCertificateAuthority('A test', now - DAY_MS, now + 400 * DAY_MS);
  const issue = () => authority.issue({ commonName: 'desk-1', addresses: [], use: 'client', ...validity });
  const own = issue();
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  files = {
    certificateFile: await write('station.pem', own.certificatePem),
    keyFile: await write('station.key', own.keyPem),
    authorityFile: await write('authority.pem', authority.certificatePem),
    otherKey: await write('other.key', issue().keyPem),
  };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function gateway(changes: Partial<DatabasesSettings['immigration']> = {}): DatabasesSettings {
  const { authorityFile, certificateFile, keyFile } = files;
  const immigration = {
    provider: 'gateway' as const,
    gatewayAddress: ADDRESS,
    certificateFile,
    keyFile,
    authorityFile,
  };
  return { ...DEFAULT_DATABASES, immigration: { ...immigration, ...changes } };
}

async function administratorOf(station: TestStation) {
  return (await station.signIn('administrator')).client;
}

describe('where the databases of a station are', () => {
  let station: TestStation;
  let administrator: Awaited<ReturnType<typeof administratorOf>>;
  beforeAll(async () => {
    station = await startTestStation({ withGalleries: false });
    administrator = await administratorOf(station);
  });
  afterAll(() => station[Symbol.asyncDispose]());

  test('a new station searches its galleries', async () => {
    const view = await administrator.databases.view({});

    expect(view.settings).toEqual(DEFAULT_DATABASES);
    expect(view.fixedByPolicy).toEqual([]);
    expect(view.police).toEqual({ kind: 'unavailable', reason: 'gallery-missing' });
  });

  test.each([
    ['a gateway without an address', { gatewayAddress: null }, 'settings.invalid'],
    ['a file that is not there', { keyFile: '/nowhere/station.key' }, 'gateway.files-unreadable'],
    ['a certificate that is none', () => ({ certificateFile: files.keyFile }), 'gateway.certificate-unreadable'],
    ['a key that is none', () => ({ keyFile: files.certificateFile }), 'gateway.key-unreadable'],
    ['the key of another certificate', () => ({ keyFile: files.otherKey }), 'gateway.key-of-another-certificate'],
  ] as const)('%s is refused by its code, and nothing changes', async (_what, changes, code) => {
    const before = await administrator.databases.view({});
    const wanted = gateway(typeof changes === 'function' ? changes() : changes);

    await expect(administrator.databases.change(wanted)).rejects.toMatchObject({ data: { code } });

    expect(await administrator.databases.view({})).toEqual(before);
  });

  test('a gateway is used from then on, and is known not to be there once it was asked', async () => {
    const view = await administrator.databases.change(gateway());
    expect(view.settings.immigration.provider).toBe('gateway');

    const tested = await administrator.databases.test({ database: 'immigration' });

    expect(tested.immigration).toEqual({ kind: 'unavailable', reason: 'gateway-unreachable' });
    expect(tested.police).toEqual({ kind: 'unavailable', reason: 'gallery-missing' });
  });

  test('nothing of a key or a certificate is in what the page is given, paths apart', async () => {
    const text = JSON.stringify(await administrator.databases.view({}));

    expect(text).toContain(files.keyFile);
    expect(text).not.toMatch(/BEGIN|PRIVATE|CERTIFICATE/);
  });

  test('the choice is in the log by the names of its settings, and by no value', async () => {
    const { client: auditor } = await station.signIn('auditor');

    const events = await auditor.audit.search({ checkReference: null, beforeSequence: null, limit: 100 });

    const changed = events.filter(({ code }) => code === 'settings-changed');
    expect(JSON.stringify(changed)).toContain('databases.immigration.provider');
    expect(JSON.stringify(changed)).not.toContain(folder);
  });

  test('an address without TLS is no address', async () => {
    const call = administrator.databases.change(gateway({ gatewayAddress: 'http://127.0.0.1:1/' }));

    await expect(call).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

test('a gateway whose key has gone is not set up after a restart, and the station starts all the same', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'ridgeway-restart-'));
  try {
    const keyFile = join(dataFolder, 'station.key');
    await copyFile(files.keyFile, keyFile);
    await using first = await startTestStation({ dataFolder, withGalleries: false });
    await (await administratorOf(first)).databases.change(gateway({ keyFile }));
    await first.station.close();
    await rm(keyFile);

    await using second = await startTestStation({ dataFolder, withGalleries: false });

    const status = await second.connect().client.station.status({});
    expect(status.immigration).toEqual({ kind: 'unavailable', reason: 'gateway-not-set-up' });
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
});

test('what the machine policy fixes is shown as fixed and cannot be changed, the rest can', async () => {
  const { authorityFile, certificateFile, keyFile } = files;
  const immigration = { provider: 'gateway', gatewayAddress: ADDRESS, certificateFile, authorityFile };
  const machinePolicy = { databases: { immigration } };
  await using station = await startTestStation({ platform: { machinePolicy }, withGalleries: false });
  const administrator = await administratorOf(station);
  const view = await administrator.databases.view({});
  expect(view.fixedByPolicy.toSorted()).toEqual([
    'immigration.authorityFile',
    'immigration.certificateFile',
    'immigration.gatewayAddress',
    'immigration.provider',
  ]);
  // The key's path was left to the administrator: until it is there the gateway is not set up, and the station works.
  expect(view.immigration).toEqual({ kind: 'unavailable', reason: 'gateway-not-set-up' });

  const elsewhere = gateway({ gatewayAddress: 'https://127.0.0.1:2/' });
  await expect(administrator.databases.change(elsewhere)).rejects.toMatchObject({
    data: { code: 'settings.fixed-by-policy' },
  });
  const changed = await administrator.databases.change(gateway());

  expect(changed.settings.immigration.keyFile).toBe(keyFile);
});
