import {
  createCipheriv,
  createDecipheriv,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { GalleryRefused } from './gallery-refused.ts';
import type { Recipient } from './manifest.ts';
import { TAG_BYTES } from './parameters.ts';
import { publicKeyOf, rawPublicKey } from './raw-keys.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
/** A key that wraps is derived for one wrapping and used once, so its nonce can be fixed. */
const NONCE = new Uint8Array(12);
const WRAPS = new TextEncoder().encode('ridgeway gallery content key 1\n');

/** X25519, then HKDF with SHA-256 over both public keys. Sources: RFC 7748, RFC 5869. */
function wrappingKey(own: KeyObject, other: KeyObject, galleryId: string, keys: readonly Uint8Array[]): Buffer {
  const shared = diffieHellman({ privateKey: own, publicKey: other });
  try {
    return Buffer.from(hkdfSync('sha256', shared, Buffer.from(galleryId), Buffer.concat([WRAPS, ...keys]), KEY_BYTES));
  } finally {
    shared.fill(0);
  }
}

/** Wraps a gallery's content key for one station. */
export function wrapContentKey(contentKey: Uint8Array, galleryId: string, stationKey: Uint8Array): Recipient {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  const ephemeral = rawPublicKey(publicKey);
  const key = wrappingKey(privateKey, publicKeyOf('X25519', stationKey), galleryId, [ephemeral, stationKey]);
  const cipher = createCipheriv(CIPHER, key, NONCE);
  cipher.setAAD(Buffer.from(galleryId));
  const wrapped = Buffer.concat([cipher.update(contentKey), cipher.final(), cipher.getAuthTag()]);
  key.fill(0);
  return {
    stationKey: Buffer.from(stationKey).toString('hex'),
    ephemeralKey: ephemeral.toString('hex'),
    wrappedKey: wrapped.toString('hex'),
  };
}

/**
 * The content key of a gallery, when it was wrapped for this station; the caller's to zero.
 * @throws GalleryRefused `not-for-this-station`
 */
export function unwrapContentKey(recipients: readonly Recipient[], galleryId: string, station: KeyObject): Buffer {
  const stationKey = rawPublicKey(station);
  const own = recipients.find((recipient) => recipient.stationKey === stationKey.toString('hex'));
  if (own === undefined) throw new GalleryRefused('not-for-this-station', { recipients: recipients.length });
  const ephemeral = Buffer.from(own.ephemeralKey, 'hex');
  const wrapped = Buffer.from(own.wrappedKey, 'hex');
  try {
    const key = wrappingKey(station, publicKeyOf('X25519', ephemeral), galleryId, [ephemeral, stationKey]);
    const decipher = createDecipheriv(CIPHER, key, NONCE);
    key.fill(0);
    decipher.setAAD(Buffer.from(galleryId));
    decipher.setAuthTag(wrapped.subarray(-TAG_BYTES));
    const contentKey = decipher.update(wrapped.subarray(0, -TAG_BYTES));
    decipher.final();
    return contentKey;
  } catch (cause) {
    throw new GalleryRefused('not-for-this-station', { recipients: recipients.length }, { cause });
  }
}
