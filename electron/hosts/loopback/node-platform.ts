import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createKeyFileSealer } from '../../sealing/key-file-seal.ts';
import type { Platform, PlatformEvent } from '../../station/platform.ts';
import { systemClock, systemRandomness } from '../../station/system-clock.ts';

/** A platform without Electron, with a way to raise its events. */
export interface NodePlatform extends Platform {
  raise(event: PlatformEvent): void;
}

export interface NodePlatformOptions {
  readonly dataFolder: string;
  readonly version: string;
  readonly machinePolicy: unknown;
  readonly settingsFile?: unknown;
  readonly logger: Logger;
}

/** Makes the platform; its folders are made readable by their owner only. */
export async function createNodePlatform(options: NodePlatformOptions): Promise<NodePlatform> {
  const { dataFolder, logger } = options;
  const folders = { data: dataFolder, logs: join(dataFolder, 'logs') };
  await mkdir(folders.data, { recursive: true });
  await chmod(folders.data, 0o700);
  await mkdir(folders.logs, { recursive: true, mode: 0o700 });
  const sealer = createKeyFileSealer(dataFolder);
  const listeners = new Set<(event: PlatformEvent) => void>();
  return {
    version: options.version,
    folders,
    machinePolicy: options.machinePolicy,
    settingsFile: options.settingsFile ?? null,
    clock: systemClock,
    randomness: systemRandomness,
    log: {
      note: (code, figures) => logger.info({ code, ...figures }),
      fault: (code, cause) => logger.error({ code, err: cause }),
    },
    seal: (secret) => sealer.seal(secret),
    unseal: (sealed) => sealer.unseal(sealed),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    fetch: globalThis.fetch,
    raise(event) {
      for (const listener of listeners) listener(event);
    },
  };
}
