import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Platform, PlatformEvent } from '../../station/platform.ts';
import { systemClock, systemRandomness } from '../../station/system-clock.ts';

const SEAL_KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A platform without Electron, with a way to raise its events. */
export interface NodePlatform extends Platform {
  raise(event: PlatformEvent): void;
}

export interface NodePlatformOptions {
  readonly dataFolder: string;
  readonly version: string;
  readonly machinePolicy: unknown;
  readonly logger: Logger;
}

/** The key with which this computer seals secrets where there is no key store: a file that only its owner may read. */
async function loadSealKey(folder: string): Promise<Uint8Array> {
  const filePath = join(folder, 'seal.key');
  const found = await readFile(filePath).catch(() => null);
  if (found !== null && found.length === SEAL_KEY_BYTES) return found;
  const key = randomBytes(SEAL_KEY_BYTES);
  await writeFile(filePath, key, { mode: 0o600, flag: 'wx', flush: true });
  return key;
}

/** Makes the platform; its folders are made readable by their owner only. */
export async function createNodePlatform(options: NodePlatformOptions): Promise<NodePlatform> {
  const { dataFolder, logger } = options;
  const folders = { data: dataFolder, logs: join(dataFolder, 'logs') };
  await mkdir(folders.data, { recursive: true });
  await chmod(folders.data, 0o700);
  await mkdir(folders.logs, { recursive: true, mode: 0o700 });
  const sealKey = await loadSealKey(dataFolder);
  const listeners = new Set<(event: PlatformEvent) => void>();
  return {
    version: options.version,
    folders,
    machinePolicy: options.machinePolicy,
    clock: systemClock,
    randomness: systemRandomness,
    log: {
      note: (code, figures) => logger.info({ code, ...figures }),
      fault: (code, cause) => logger.error({ code, err: cause }),
    },
    async seal(secret) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
      return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
    },
    async unseal(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', sealKey, sealed.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    },
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
