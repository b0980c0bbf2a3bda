import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { SettingsStore } from '../storage/settings-store.ts';
import { GalleryRefused } from './gallery-refused.ts';
import { privateKeyOf, rawPublicKey } from './raw-keys.ts';

const SETTING = 'galleries.station-key';
const hex = z.string().regex(/^([0-9a-f]{2})+$/);
const storedKey = z.strictObject({ publicKey: hex, sealedPrivateKey: hex });

/** Seals short secrets for this computer. */
export interface Sealing {
  seal(secret: Uint8Array): Promise<Uint8Array>;
  unseal(sealed: Uint8Array): Promise<Uint8Array>;
}

/** The station's key for galleries: authorities encrypt for its public half. */
export interface StationGalleryKey {
  /** 64 hexadecimal digits. */
  readonly publicKey: string;
  /** Unseals the private half, for one import. @throws GalleryRefused `station-key` when this computer cannot */
  privateKey(): Promise<KeyObject>;
}

/** Reads the station's key for galleries, or draws one at the first use. The private half lies sealed in the database. */
export async function loadStationGalleryKey(settings: SettingsStore, sealing: Sealing): Promise<StationGalleryKey> {
  const text = await settings.read(SETTING);
  const stored = text === null ? await drawKey(settings, sealing) : storedKey.parse(JSON.parse(text));
  return {
    publicKey: stored.publicKey,
    async privateKey() {
      try {
        const der = await sealing.unseal(Buffer.from(stored.sealedPrivateKey, 'hex'));
        const key = privateKeyOf(der);
        der.fill(0);
        return key;
      } catch (cause) {
        throw new GalleryRefused('station-key', {}, { cause });
      }
    },
  };
}

async function drawKey(settings: SettingsStore, sealing: Sealing): Promise<z.infer<typeof storedKey>> {
  const { privateKey, publicKey } = generateKeyPairSync('x25519');
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  const sealed = await sealing.seal(der);
  der.fill(0);
  const stored = {
    publicKey: rawPublicKey(publicKey).toString('hex'),
    sealedPrivateKey: Buffer.from(sealed).toString('hex'),
  };
  await settings.write(SETTING, JSON.stringify(stored));
  return stored;
}
