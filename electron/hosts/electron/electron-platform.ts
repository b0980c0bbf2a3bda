import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { app, powerMonitor, safeStorage } from 'electron';
import type { Platform, PlatformEvent } from '../../station/platform.ts';
import { readMachinePolicy } from '../../config/read-machine-policy.ts';
import { systemClock, systemRandomness } from '../../station/system-clock.ts';
import { openTechnicalLog } from '../../station/technical-log.ts';
import { dataFolder } from './machine-places.ts';

/** What a seal holds is text to safeStorage; bytes are carried as hexadecimal digits. Only keys of our own are sealed. */
const SEALED_AS = 'hex';

/**
 * The platform that Electron gives: sealing by the operating system, and the computer's own events.
 * @throws Error when the operating system has no key store: a key in plain text would be no seal
 */
export async function createElectronPlatform(): Promise<Platform> {
  const data = await dataFolder();
  const folders = { data, logs: path.join(data, 'logs') };
  await mkdir(folders.logs, { recursive: true, mode: 0o700 });
  const log = await openTechnicalLog(folders.logs);
  if (!isSealingSafe()) throw new Error('platform.no-key-store');
  return {
    version: app.getVersion(),
    folders,
    machinePolicy: await readMachinePolicy(),
    clock: systemClock,
    randomness: systemRandomness,
    log,
    seal: async (secret) => safeStorage.encryptString(Buffer.from(secret).toString(SEALED_AS)),
    unseal: async (sealed) => Buffer.from(safeStorage.decryptString(Buffer.from(sealed)), SEALED_AS),
    onEvent: followComputer,
    fetch: globalThis.fetch,
  };
}

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
