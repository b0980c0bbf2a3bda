import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAuditLog } from '../../../electron/audit/audit-log.ts';
import { describeLine } from '../../../electron/diagnostics/describe-log.ts';
import { exportDiagnostics } from '../../../electron/diagnostics/export-diagnostics.ts';
import { WITHHELD } from '../../../electron/diagnostics/withhold.ts';
import type { Devices, Platform } from '../../../electron/station/platform.ts';
import { StorageFault } from '../../../electron/storage/storage-fault.ts';
import { systemClock, systemRandomness } from '../../../electron/station/system-clock.ts';
import { openTechnicalLog } from '../../../electron/station/technical-log.ts';
import { openDatabase } from '../../../electron/storage/database.ts';

/** What must not leave the station, wherever it was planted. */
const PLANTED = [
  'Archer',
  'Gwenllian',
  '2026-000417',
  '12/345678A',
  '123456/01A',
  'CU/7731/26',
  'archer-sam',
  'samarcher',
  'river-lantern-copper',
  'QQ123456C',
  'SN-99-PLANTED',
  'Tredegar',
] as const;
const SENTENCE = `Sam Archer, PNC 12/345678A, CRO 123456/01A, custody CU/7731/26, said Gwenllian of Tredegar QQ123456C`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-diagnostics-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const devices: Devices = {
  scanners: {
    list: async () => [
      {
        path: '/dev/Archer0',
        vendorId: 0x1d6b,
        productId: 0x0104,
        productName: "Sam Archer's reader",
        serialNumber: 'SN-99-PLANTED',
        isSimulated: false,
        profileId: 'archer-sam',
        refusal: null,
      },
    ],
    open: () => Promise.reject(new Error('nothing is opened')),
  },
  plugEvents: null,
  matcher: {
    extract: () => Promise.reject(new Error(SENTENCE)),
    examinePair: () => Promise.resolve('nothing' as const),
    openGallery: () => Promise.reject(new Error(SENTENCE)),
    search: () => Promise.reject(new Error(SENTENCE)),
  } as unknown as Devices['matcher'],
  trainingGalleries: null,
  trainingHand: null,
};

function platform(): Platform {
  return {
    version: '1.2.3',
    folders: { data: folder, logs: path.join(folder, 'logs') },
    machinePolicy: {
      settings: { stationName: 'Desk of Sam Archer', idleLockMinutes: 5 },
      upstreamConnection: { proxyAddress: 'http://archer-sam:river-lantern-copper@proxy.example/' },
    },
    settingsFile: { settings: { forceName: 'Tredegar' } },
    clock: systemClock,
    randomness: systemRandomness,
    log: { note: () => {}, fault: () => {} },
    seal: async (secret) => secret.map((byte) => byte ^ 0x5a),
    unseal: async (sealed) => sealed.map((byte) => byte ^ 0x5a),
    onEvent: () => () => {},
    fetch: globalThis.fetch,
  };
}

/** A database with what a station writes about people, in every table that may hold it. */
async function plantDatabase(): Promise<void> {
  await using database = await openDatabase({ filePath: path.join(folder, 'ridgeway.sqlite') });
  const audit = createAuditLog(database, systemClock);
  await audit.append({ code: 'station-started', actor: null, reference: null, details: { version: '1.2.3' } });
  await database.run((connection) =>
    connection('user').insert({
      id: 'samarcher',
      user_name: 'archer-sam',
      display_name: 'Sam Archer',
      role: 'officer',
      password_hash: 'river-lantern-copper',
      must_change_password: 0,
    }),
  );
  await database.run((connection) =>
    connection('identity_check').insert({
      id: 'CU/7731/26',
      reference: '2026-000417',
      officer_id: 'samarcher',
      state: 'closed',
      opened_at: '2026-01-01T00:00:00.000Z',
      grounds_text: SENTENCE,
    }),
  );
  await database.run((connection) => connection('setting').insert({ key: 'station', json: JSON.stringify(SENTENCE) }));
  await database.run((connection) =>
    connection('audit_event').insert({
      sequence: 2,
      event: JSON.stringify({ code: 'archer-sam', reference: '2026-000417', actor: 'samarcher' }),
      hash: Buffer.alloc(32),
    }),
  );
}

async function plantLog(): Promise<void> {
  const log = await openTechnicalLog(path.join(folder, 'logs'));
  log.note('search.police', { durationMs: 812, reference: '2026-000417', who: 'samarcher', pnc: 12_345_678 });
  log.note('archer-sam', { code: 'x' });
  log.note('scanner.list', { reason: SENTENCE, place: 'Tredegar' });
  log.fault('check.end', new Error(SENTENCE, { cause: new Error('Gwenllian') }));
  log.fault('push', Object.assign(new Error('x'), { code: 'CU/7731/26', figures: { who: 'Archer', bytes: 7 } }));
  log.fault('storage.failed', new StorageFault('storage.corrupted', { findings: 3 }));
  const file = path.join(folder, 'logs', 'ridgeway.1.log');
  await vi.waitFor(async () => expect(await readFile(file, 'utf8')).toContain('storage.corrupted'));
  await writeFile(
    path.join(folder, 'logs', 'older.log'),
    `${SENTENCE}\n{"level":30,"time":1,"code":"${SENTENCE}"}\n[1]\n{`,
  );
}

async function exported(): Promise<Readonly<Record<string, string>>> {
  const { file } = await exportDiagnostics(platform(), devices);
  const entries = unzipSync(new Uint8Array(await readFile(file)));
  return Object.fromEntries(Object.entries(entries).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

describe('an archive of diagnostics', () => {
  beforeEach(async () => {
    await plantDatabase();
    await plantLog();
  });

  test('holds nothing that was planted in the database, the logs, the settings, the policy or a device', async () => {
    const entries = await exported();

    for (const [name, text] of Object.entries(entries)) {
      // A name of two letters would be found by chance.
      for (const planted of [...PLANTED, folder, hostname().padEnd(6, '!')]) {
        const forms = [
          planted,
          Buffer.from(planted).toString('hex'),
          Buffer.from(planted).toString('base64').slice(0, -3),
        ];
        for (const form of forms) {
          expect([name, planted, text.toLowerCase().includes(form.toLowerCase())]).toEqual([name, planted, false]);
        }
      }
    }
  });

  test('was looked for where it would be found: the same search finds every planted word in the folder itself', async () => {
    const { file } = await exportDiagnostics(platform(), devices);
    await rm(file);
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const all = await Promise.all(files.map((entry) => readFile(path.join(entry.parentPath, entry.name), 'latin1')));
    const inDevices = JSON.stringify(await devices.scanners.list(AbortSignal.timeout(1_000)));
    const sources = [...all, inDevices, JSON.stringify(platform())].join('\n').toLowerCase();

    expect(PLANTED.filter((planted) => !sources.includes(planted.toLowerCase()))).toEqual([]);
  });

  test('still tells what helps: versions, parts, rows, events by code, codes and numbers of the log, places in the program', async () => {
    const entries = await exported();
    const read = (name: string): unknown => JSON.parse(entries[name] ?? '');
    const lines = (entries['log.jsonl'] ?? '')
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));

    expect(Object.keys(entries)).toEqual([
      'README.txt',
      'computer.json',
      'self-test.json',
      'settings.json',
      'database.json',
      'scanners.json',
      'log.jsonl',
    ]);
    expect(read('computer.json')).toMatchObject({ versions: { ridgeway: '1.2.3', node: process.versions.node } });
    expect(read('self-test.json')).toMatchObject({ parts: { policy: { kind: 'sound' }, database: { kind: 'sound' } } });
    expect(read('settings.json')).toEqual({
      policy: { settings: { stationName: '(set)', idleLockMinutes: 5 }, upstreamConnection: { proxyAddress: '(set)' } },
      file: { settings: { forceName: '(set)' } },
    });
    expect(read('database.json')).toMatchObject({
      rows: { user: 1, identity_check: 1 },
      events: { 'station-started': 1 },
    });
    expect(read('scanners.json')).toEqual([
      { device: '1d6b:0104', isSimulated: false, hasProfile: true, refusal: null },
    ]);
    expect(lines).toContainEqual(
      expect.objectContaining({ code: 'search.police', figures: expect.objectContaining({ durationMs: 812 }) }),
    );
    expect(lines).toContainEqual(
      expect.objectContaining({
        code: 'storage.failed',
        fault: {
          type: 'StorageFault',
          code: 'storage.corrupted',
          figures: { findings: 3 },
          frames: expect.arrayContaining([expect.stringMatching(/^diagnostics\.test\.ts:\d+:\d+$/)]),
        },
      }),
    );
  });

  test('is readable by its owner only, has the checksum that was printed, and changes nothing in the folder but itself', async () => {
    // Whoever reads a database in WAL mode leaves two empty files beside it.
    const names = async () =>
      (await readdir(folder, { recursive: true })).filter((name) => !/-(wal|shm)$/.test(name)).toSorted();
    const before = await names();

    const { file, bytes } = await exportDiagnostics(platform(), devices, path.join(folder, 'out', 'd.zip'));

    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(file)).size).toBe(bytes);
    expect(await names()).toEqual([...before, 'out', path.join('out', 'd.zip')].toSorted());
  });
});

test('a station that is new, or whose policy is wrong, has an archive too', async () => {
  const wrong = { ...platform(), machinePolicy: { settings: { 'Sam Archer': 1 } }, settingsFile: null };

  const { file } = await exportDiagnostics(wrong, devices);

  const entries = unzipSync(new Uint8Array(await readFile(file)));
  expect(JSON.parse(strFromU8(entries['settings.json'] ?? new Uint8Array()))).toEqual({
    policy: { fault: 'config.policy-invalid', figures: { path: WITHHELD, reason: 'unrecognized_keys' } },
    file: {},
  });
  expect(JSON.parse(strFromU8(entries['database.json'] ?? new Uint8Array()))).toEqual({
    fault: 'storage.missing',
    figures: {},
  });
});

test('no text that somebody typed comes through a line of the log, whatever field it is in', () => {
  // Capitals and a digit in front, so that what is drawn is no code of ours by chance.
  const typed = fc.string({ minLength: 1, maxLength: 30 }).map((text) => `Z9${text}`);
  fc.assert(
    fc.property(typed, fc.string({ minLength: 1, maxLength: 12 }), (text, name) => {
      const line = JSON.stringify({
        level: 50,
        time: 0,
        code: text,
        msg: text,
        [name === 'level' || name === 'time' ? 'x' : name]: text,
        err: {
          type: text,
          message: text,
          code: text,
          figures: { figure: text },
          stack: `${text}\n    at ${text} (${text})`,
        },
      });
      expect(JSON.stringify(describeLine(line)) ?? '').not.toContain(JSON.stringify(text).slice(1, -1));
    }),
    { numRuns: 300 },
  );
});
