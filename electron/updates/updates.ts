import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { MachinePolicy } from '../config/load-config.ts';
import type { Clock, TechnicalLog } from '../station/platform.ts';

/** As much of electron-updater as is used. */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  autoRunAppAfterInstall: boolean;
  allowDowngrade: boolean;
  allowPrerelease: boolean;
  disableWebInstaller: boolean;
  disableDifferentialDownload: boolean;
  logger: unknown;
  updateConfigPath: string | null;
  checkForUpdates(): Promise<{ readonly updateInfo: { readonly version: string } } | null>;
}

/** How the running program came onto the computer, as far as it decides who replaces it. */
export interface Installation {
  readonly system: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly isPackaged: boolean;
  readonly executable: string;
}

export interface UpdatesOptions {
  /** The policy's own words; undefined where it has none, and then nothing is loaded, asked or written. */
  readonly allowed: MachinePolicy['updates'];
  readonly installation: Installation;
  readonly load: () => Promise<Updater>;
  readonly dataFolder: string;
  readonly clock: Clock;
  readonly log: TechnicalLog;
}

/** How often the force's server is asked, milliseconds: six hours, the first time at the start. Ours. */
const ASK_EVERY_MS = 6 * 60 * 60_000;
const CONFIGURATION_FILE = 'updates.yml';

/**
 * Asks the force's own server for a newer version where the machine policy names one, and has it installed when the station
 * is next closed; never while it is used, and never an older one. Answers how to stop asking.
 */
export async function startUpdates(options: UpdatesOptions): Promise<() => void> {
  const { allowed, clock, dataFolder, installation, load, log } = options;
  if (allowed === undefined) return () => {};
  if (!(await replacesItself(installation))) {
    log.note('update.left-to-packages');
    return () => {};
  }
  const configuration = path.join(dataFolder, CONFIGURATION_FILE);
  // JSON is YAML. The publisher's name is what the installer's signature is held against before it is started.
  const { address, publisherName } = allowed;
  const words = { provider: 'generic', url: address, publisherName: [publisherName] };
  await writeFile(configuration, JSON.stringify({ ...words, updaterCacheDirName: 'ridgeway-updates' }), {
    mode: 0o600,
  });
  const updater = await load();
  Object.assign(updater, {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    autoRunAppAfterInstall: false,
    allowDowngrade: false,
    allowPrerelease: false,
    disableWebInstaller: true,
    // A whole installer is one file with one checksum and one signature.
    disableDifferentialDownload: true,
    logger: null,
    updateConfigPath: configuration,
  } satisfies Partial<Updater>);
  let cancel = () => {};
  let isStopped = false;

  async function ask(): Promise<void> {
    try {
      const answer = await updater.checkForUpdates();
      log.note('update.asked', { version: answer?.updateInfo.version ?? 'none' });
    } catch (fault) {
      log.fault('update.failed', fault);
    }
    if (!isStopped) cancel = clock.after(ASK_EVERY_MS, () => void ask());
  }

  void ask();
  return () => {
    isStopped = true;
    cancel();
  };
}

/**
 * True where the program may replace itself: an AppImage, or a Windows installation of the EXE, which leaves its uninstaller
 * beside the program. What an MSI or a Linux package installed is replaced by whoever installed it: a second installer would
 * put a second program beside the first.
 */
async function replacesItself(installation: Installation): Promise<boolean> {
  const { environment, executable, isPackaged, system } = installation;
  if (!isPackaged) return false;
  if (system === 'linux') return environment['APPIMAGE'] !== undefined;
  if (system !== 'win32') return false;
  const beside = await readdir(path.dirname(executable));
  return beside.some((name) => /^Uninstall .+\.exe$/i.test(name));
}
