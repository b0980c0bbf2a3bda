import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { app, powerMonitor, safeStorage } from 'electron';
import { readMachinePolicy, readSettingsFile } from '../../config/read-machine-policy.ts';
import { isKeyFileAccepted } from '../../config/key-file-accepted.ts';
import { dataFolder } from '../../operations/machine-places.ts';
import { chooseSealer, type KeyStore } from '../../sealing/choose-sealer.ts';
import type { Platform, PlatformEvent } from '../../station/platform.ts';
import { systemClock, systemRandomness } from '../../station/system-clock.ts';
import { openTechnicalLog } from '../../station/technical-log.ts';

/** The platform that Electron gives: sealing by the operating system, and the computer's own events. */
export async function createElectronPlatform(): Promise<Platform> {
  const own = app.getPath('userData');
  const { env: environment, platform: system } = process;
  const data = await dataFolder({ system, environment, isPackaged: app.isPackaged, own });
  const folders = { data, logs: path.join(data, 'logs') };
  await mkdir(folders.logs, { recursive: true, mode: 0o700 });
  const machinePolicy = await readMachinePolicy();
  const { seal, unseal } = chooseSealer(keyStore, data, isKeyFileAccepted(machinePolicy));
  return {
    version: app.getVersion(),
    folders,
    machinePolicy,
    settingsFile: await readSettingsFile(data),
    clock: systemClock,
    randomness: systemRandomness,
    log: await openTechnicalLog(folders.logs),
    seal,
    unseal,
    onEvent: followComputer,
    fetch: globalThis.fetch,
  };
}

const keyStore: KeyStore = {
  isSafe: isSealingSafe,
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (sealed) => safeStorage.decryptString(Buffer.from(sealed)),
};

/** On Linux without a key ring Electron offers `basic_text`, whose password is public. */
function isSealingSafe(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

function followComputer(listener: (event: PlatformEvent) => void): () => void {
  const locked = (): void => listener('screen-locked');
  const suspending = (): void => listener('suspending');
  const shuttingDown = (): void => listener('shutting-down');
  powerMonitor.on('lock-screen', locked);
  powerMonitor.on('suspend', suspending);
  powerMonitor.on('shutdown', shuttingDown);
  return () => {
    powerMonitor.off('lock-screen', locked);
    powerMonitor.off('suspend', suspending);
    powerMonitor.off('shutdown', shuttingDown);
  };
}
