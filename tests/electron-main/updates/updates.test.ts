import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NsisUpdater } from 'electron-updater';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parsePolicy } from '../../../electron/config/load-config.ts';
import { startUpdates, type Installation, type Updater } from '../../../electron/updates/updates.ts';
import { heldClock, type HeldClock } from '../../support/held-clock.ts';

const ALLOWED = { address: 'https://updates.force.police.uk/ridgeway/', publisherName: 'A Force' };

let folder: string;
let clock: HeldClock;
let notes: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-updates-'));
  clock = heldClock();
  notes = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const log = {
  note: (code: string, figures?: object) => void notes.push(`${code} ${JSON.stringify(figures ?? {})}`),
  fault: (code: string, cause: unknown) => void notes.push(`${code}: ${String(cause)}`),
};

/** A Windows installation of the EXE, which may replace itself. */
async function installed(): Promise<Installation> {
  await writeFile(path.join(folder, 'Uninstall Ridgeway.exe'), '');
  return { system: 'win32', environment: {}, isPackaged: true, executable: path.join(folder, 'ridgeway.exe') };
}

function fakeUpdater(checkForUpdates: Updater['checkForUpdates']): Updater {
  return {
    autoDownload: false,
    autoInstallOnAppQuit: false,
    autoRunAppAfterInstall: true,
    allowDowngrade: true,
    allowPrerelease: true,
    disableWebInstaller: false,
    disableDifferentialDownload: false,
    logger: console,
    updateConfigPath: null,
    checkForUpdates,
  };
}

async function start(allowed: typeof ALLOWED | undefined, installation: Installation, load: () => Promise<Updater>) {
  return startUpdates({ allowed, installation, load, dataFolder: folder, clock, log });
}

describe('updates are off', () => {
  test('where the policy says nothing of them: no updater is loaded, no file written, nothing asked, ever', async () => {
    const installation = await installed();
    const load = vi.fn();

    await start(parsePolicy({}).updates, installation, load);
    clock.advance(30 * 24 * 60 * 60_000);

    expect(load).not.toHaveBeenCalled();
    expect(await readdir(folder)).toEqual(['Uninstall Ridgeway.exe']);
    expect(notes).toEqual([]);
  });

  test.each([
    ['of an MSI, which leaves no uninstaller', { system: 'win32', environment: {}, isPackaged: true }],
    ['of a deb or an rpm', { system: 'linux', environment: {}, isPackaged: true }],
    ['of the sources', { system: 'linux', environment: { APPIMAGE: '/x' }, isPackaged: false }],
  ] as const)('in a run %s, whatever the policy says', async (_what, installation) => {
    const load = vi.fn();

    await start(ALLOWED, { ...installation, executable: path.join(folder, 'ridgeway.exe') }, load);

    expect(load).not.toHaveBeenCalled();
    expect(notes).toEqual(['update.left-to-packages {}']);
  });
});

describe('where the policy names a server and a publisher', () => {
  test('that server alone is asked, at the start and every six hours, until it is stopped', async () => {
    const check = vi.fn(async () => ({ updateInfo: { version: '1.2.3' } }));
    const updater = fakeUpdater(check);

    const stop = await start(ALLOWED, await installed(), async () => updater);
    await vi.waitFor(() => expect(notes).toEqual(['update.asked {"version":"1.2.3"}']));
    clock.advance(6 * 60 * 60_000);
    await vi.waitFor(() => expect(notes).toHaveLength(2));
    stop();
    clock.advance(12 * 60 * 60_000);

    expect(check).toHaveBeenCalledTimes(2);
    const file = path.join(folder, 'updates.yml');
    expect(updater.updateConfigPath).toBe(file);
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      provider: 'generic',
      url: ALLOWED.address,
      publisherName: [ALLOWED.publisherName],
      updaterCacheDirName: 'ridgeway-updates',
    });
  });

  test('a new version is installed when the station is closed, never an older or a preliminary one, and it starts nothing', async () => {
    const updater = fakeUpdater(async () => null);

    await start(ALLOWED, await installed(), async () => updater);

    expect(updater).toMatchObject({
      autoDownload: true,
      autoInstallOnAppQuit: true,
      autoRunAppAfterInstall: false,
      allowDowngrade: false,
      allowPrerelease: false,
      disableWebInstaller: true,
    });
  });

  test('a server that does not answer is a line of the log, and is asked again', async () => {
    const check = vi.fn(() => Promise.reject(new Error('unreachable')));

    await start(ALLOWED, await installed(), async () => fakeUpdater(check));
    await vi.waitFor(() => expect(notes).toEqual(['update.failed: Error: unreachable']));
    clock.advance(6 * 60 * 60_000);

    await vi.waitFor(() => expect(check).toHaveBeenCalledTimes(2));
  });

  test('the real updater takes these words: it asks for one file of that server, and holds the installer against the publisher', async () => {
    const asked: string[] = [];
    const application = {
      version: '0.1.0',
      name: 'ridgeway',
      isPackaged: true,
      appUpdateConfigPath: path.join(folder, 'none.yml'),
      userDataPath: folder,
      baseCachePath: folder,
      whenReady: async () => {},
      relaunch: () => {},
      quit: () => {},
      onQuit: () => {},
    };
    const updater = new NsisUpdater(null, application);
    const request = async ({
      protocol,
      hostname,
      path: file,
    }: {
      protocol: string;
      hostname: string;
      path: string;
    }) => {
      asked.push(`${protocol}//${hostname}${file.replace(/\?.*/, '')}`);
      return 'version: 0.0.9\nfiles: []\npath: x.exe\nsha512: x\nreleaseDate: "2026-01-01"\n';
    };
    Object.assign(updater, { httpExecutor: { request } });

    await start(ALLOWED, await installed(), async () => updater as unknown as Updater);

    await vi.waitFor(() => expect(notes).toEqual(['update.asked {"version":"0.0.9"}']));
    // The file's name is that of the system the test runs on.
    expect(asked).toEqual([
      expect.stringMatching(/^https:\/\/updates\.force\.police\.uk\/ridgeway\/latest[a-z-]*\.yml$/),
    ]);
    const held = await (updater as unknown as { configOnDisk: { value: Promise<unknown> } }).configOnDisk.value;
    expect(held).toMatchObject({ publisherName: [ALLOWED.publisherName] });
  });
});
