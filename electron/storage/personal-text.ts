import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Randomness } from '../station/platform.ts';
import { StorageFault } from './storage-fault.ts';

/** Key length of AES-256, bytes. Source: FIPS 197. */
export const PERSONAL_TEXT_KEY_BYTES = 32;
/** Nonce length, bytes. Source: NIST SP 800-38D, 8.2.1. */
const NONCE_BYTES = 12;
/** Authentication tag length, bytes. Source: NIST SP 800-38D, 5.2.1.2. */
const TAG_BYTES = 16;
const VERSION = 'v1';

/** Encrypts what officers wrote about a person, before it reaches the database. */
export interface PersonalText {
  /** `belongsTo` binds the text to its row: moved to another row it no longer opens. */
  seal(text: string, belongsTo: string): string;
  /** @throws StorageFault `storage.corrupted` when the text was altered, moved, or sealed with another key */
  open(sealed: string, belongsTo: string): string;
}

/** AES-256-GCM with a random nonce for each text. `key` has `PERSONAL_TEXT_KEY_BYTES` bytes. */
export function createPersonalText(key: Uint8Array, randomness: Randomness): PersonalText {
  return {
    seal(text, belongsTo) {
      const nonce = randomness.bytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      cipher.setAAD(Buffer.from(belongsTo, 'utf8'));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${VERSION}.${Buffer.from(nonce).toString('base64url')}.${body.toString('base64url')}`;
    },
    open(sealed, belongsTo) {
      const [version, nonceText, bodyText] = sealed.split('.');
      if (version !== VERSION || nonceText === undefined || bodyText === undefined) {
        throw new StorageFault('storage.corrupted', { what: 'personal-text' });
      }
      const body = Buffer.from(bodyText, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonceText, 'base64url'));
        decipher.setAAD(Buffer.from(belongsTo, 'utf8'));
        decipher.setAuthTag(body.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(body.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new StorageFault('storage.corrupted', { what: 'personal-text' }, { cause });
      }
    },
  };
}
