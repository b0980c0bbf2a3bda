import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { link, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SealingFault } from './sealing-fault.ts';

/** Seals short secrets for one computer. */
export interface Sealer {
  readonly seal: (secret: Uint8Array) => Promise<Uint8Array>;
  /** @throws SealingFault `sealing.not-of-this-computer` for what was sealed elsewhere, or altered */
  readonly unseal: (sealed: Uint8Array) => Promise<Uint8Array>;
}

const KEY_FILE = 'seal.key';
/** AES-256-GCM with a nonce of 96 and a tag of 128 bits. Source: NIST SP 800-38D. */
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** In front of everything that a key file sealed, so that it is told from what a key store sealed. */
const MARK = Buffer.from('RWKF1');

/** True for what `createKeyFileSealer` sealed, on whatever computer. */
export function isSealedByKeyFile(sealed: Uint8Array): boolean {
  return Buffer.from(sealed).subarray(0, MARK.length).equals(MARK);
}

/**
 * Seals with a key of 256 bits in the file `seal.key` of a folder, which only its owner may read; the file is drawn when
 * something is first sealed. Whoever can read the folder as its owner can unseal: see docs/decisions/0017.
 */
export function createKeyFileSealer(folder: string): Sealer {
  const filePath = join(folder, KEY_FILE);
  return {
    async seal(secret) {
      const key = (await readKey(filePath)) ?? (await drawKey(filePath));
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(MARK);
      return Buffer.concat([MARK, nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
    },
    async unseal(sealed) {
      const key = await readKey(filePath);
      if (key === null) throw new SealingFault('sealing.key-file-unreadable', { reason: 'missing' });
      const body = isSealedByKeyFile(sealed) ? sealed.subarray(MARK.length) : null;
      if (body === null || body.length < NONCE_BYTES + TAG_BYTES)
        throw new SealingFault('sealing.not-of-this-computer');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, NONCE_BYTES));
        decipher.setAAD(MARK);
        decipher.setAuthTag(body.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      } catch (cause) {
        throw new SealingFault('sealing.not-of-this-computer', {}, { cause });
      }
    },
  };
}

/** The key, or null when there is no file. A file of another length is never replaced: it may be a damaged key. */
async function readKey(filePath: string): Promise<Buffer | null> {
  const found = await readFile(filePath).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return null;
    throw new SealingFault('sealing.key-file-unreadable', { reason: fault.code ?? 'unknown' }, { cause: fault });
  });
  if (found === null || found.length === KEY_BYTES) return found;
  throw new SealingFault('sealing.key-file-unreadable', { reason: 'length', bytes: found.length });
}

/** Written whole before it has its name: two that draw at once end with one key, that of the first. */
async function drawKey(filePath: string): Promise<Buffer> {
  const draft = `${filePath}.${randomBytes(8).toString('hex')}`;
  try {
    await using file = await open(draft, 'wx', 0o600);
    await file.writeFile(randomBytes(KEY_BYTES));
    await file.sync();
    await link(draft, filePath).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EEXIST') throw fault;
    });
  } finally {
    await rm(draft, { force: true });
  }
  const key = await readKey(filePath);
  if (key === null) throw new SealingFault('sealing.key-file-unreadable', { reason: 'missing' });
  return key;
}
