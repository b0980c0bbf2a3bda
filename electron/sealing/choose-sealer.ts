import { createKeyFileSealer, isSealedByKeyFile, type Sealer } from './key-file-seal.ts';
import { SealingFault } from './sealing-fault.ts';

/** The operating system's key store, as Electron's safeStorage offers it. */
export interface KeyStore {
  /** False where there is none, or where it would seal with a password that everybody knows. */
  isSafe(): boolean;
  encrypt(text: string): Uint8Array;
  decrypt(sealed: Uint8Array): string;
}

/** What a secret is sealed with, and by. */
export interface ChosenSealer extends Sealer {
  readonly kind: 'key-store' | 'key-file' | 'none';
}

/** A seal holds text for the key store; bytes are carried as hexadecimal digits. Only keys of our own are sealed. */
const SEALED_AS = 'hex';

/**
 * The key store where it is safe; else a key file where the force's policy accepts one; else nothing is sealed. What was
 * sealed is unsealed by what sealed it, so a key store that appears later takes nothing away. Reason: docs/decisions/0017.
 */
export function chooseSealer(store: KeyStore, keyFolder: string, isKeyFileAccepted: boolean): ChosenSealer {
  const keyFile = createKeyFileSealer(keyFolder);
  const isStoreSafe = store.isSafe();
  const kind = isStoreSafe ? 'key-store' : isKeyFileAccepted ? 'key-file' : 'none';

  async function sealByStore(secret: Uint8Array): Promise<Uint8Array> {
    return store.encrypt(Buffer.from(secret).toString(SEALED_AS));
  }

  async function unsealByStore(sealed: Uint8Array): Promise<Uint8Array> {
    if (!isStoreSafe) throw new SealingFault('sealing.no-key-store');
    try {
      return Buffer.from(store.decrypt(sealed), SEALED_AS);
    } catch (cause) {
      throw new SealingFault('sealing.not-of-this-computer', {}, { cause });
    }
  }

  async function refuse(): Promise<never> {
    throw new SealingFault('sealing.no-key-store');
  }

  return {
    kind,
    seal: kind === 'key-store' ? sealByStore : kind === 'key-file' ? (secret) => keyFile.seal(secret) : refuse,
    unseal: (sealed) => (isSealedByKeyFile(sealed) ? keyFile.unseal(sealed) : unsealByStore(sealed)),
  };
}
