import { app } from 'electron';
import { parsePolicy } from '../../config/load-config.ts';
import type { Platform } from '../../station/platform.ts';
import { startUpdates } from '../../updates/updates.ts';

/** Follows the policy's word about updates; without one the updater is not even loaded. Answers how to stop. */
export function followUpdates({ clock, folders, log, machinePolicy }: Platform): Promise<() => void> {
  const { env: environment, execPath: executable, platform: system } = process;
  return startUpdates({
    allowed: parsePolicy(machinePolicy).updates,
    installation: { system, environment, isPackaged: app.isPackaged, executable },
    load: async () => (await import('electron-updater')).default.autoUpdater,
    dataFolder: folders.data,
    clock,
    log,
  });
}
