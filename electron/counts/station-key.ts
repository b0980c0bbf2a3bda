import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Platform } from '../station/platform.ts';
import type { SettingsStore } from '../storage/settings-store.ts';
import { CountsFault } from './counts-fault.ts';
import { countDocument, documentText } from './count-document.ts';
import type { CountDocument, SignedDocument } from './count-document.ts';

const SETTING = 'counts.station-key';
const hex = z.string().regex(/^([0-9a-f]{2})+$/);
const storedKey = z.strictObject({ publicKey: hex, sealedPrivateKey: hex });

/** The station's own key: it signs what goes upstream, and its public half is what a collector enrols. */
export interface StationKey {
  readonly keyId: string;
  /** SPKI in DER, hexadecimal. */
  readonly publicKey: string;
  sign(document: CountDocument): SignedDocument;
}

/** The first 16 bytes of the SHA-256 of a public key in SPKI, hexadecimal. */
export function keyIdOf(publicKeySpki: Uint8Array): string {
  return createHash('sha256').update(publicKeySpki).digest('hex').slice(0, 32);
}

/** True when the signature is that key's over that document. `publicKey` is SPKI in DER, hexadecimal. */
export function isSignedBy(publicKey: string, signed: SignedDocument): boolean {
  const spki = Buffer.from(publicKey, 'hex');
  if (keyIdOf(spki) !== signed.keyId) return false;
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(documentText(signed.document)), key, Buffer.from(signed.signature, 'hex'));
}

/** Makes a signer from an Ed25519 private key. */
export function signerOf(privateKey: KeyObject): StationKey {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const keyId = keyIdOf(spki);
  return {
    keyId,
    publicKey: spki.toString('hex'),
    sign(document) {
      const checked = countDocument.parse(document);
      const signature = sign(null, Buffer.from(documentText(checked)), privateKey).toString('hex');
      return { document: checked, keyId, signature };
    },
  };
}

/**
 * Reads the station's key, or makes one at the first use. The private half is kept sealed by the platform.
 * @throws CountsFault `counts.key-unreadable` when it cannot be unsealed on this computer
 */
export async function loadStationKey(
  settings: SettingsStore,
  platform: Pick<Platform, 'seal' | 'unseal'>,
): Promise<StationKey> {
  const text = await settings.read(SETTING);
  if (text === null) return makeStationKey(settings, platform);
  try {
    const stored = storedKey.parse(JSON.parse(text));
    const key = Buffer.from(await platform.unseal(Buffer.from(stored.sealedPrivateKey, 'hex')));
    return signerOf(createPrivateKey({ key, format: 'der', type: 'pkcs8' }));
  } catch (error) {
    throw new CountsFault('counts.key-unreadable', {}, { cause: error });
  }
}

async function makeStationKey(settings: SettingsStore, platform: Pick<Platform, 'seal'>): Promise<StationKey> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = signerOf(privateKey);
  const sealed = await platform.seal(privateKey.export({ format: 'der', type: 'pkcs8' }));
  const sealedPrivateKey = Buffer.from(sealed).toString('hex');
  await settings.write(SETTING, JSON.stringify({ publicKey: key.publicKey, sealedPrivateKey }));
  return key;
}
