import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { rawPublicKey } from '../raw-keys.ts';
import { CliFault } from './cli-fault.ts';

const HEX_KEY = /^[0-9a-f]{64}$/;

/** Draws an authority's pair of keys: `PATH`, which only its owner may read, and `PATH.pub`. Gives the public one. */
export async function drawAuthorityKey(filePath: string): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const hex = rawPublicKey(publicKey).toString('hex');
  await writeFile(filePath, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  await writeFile(`${filePath}.pub`, `${hex}\n`, { flag: 'wx' });
  return hex;
}

/** Reads an authority's private key, PKCS #8 in PEM. @throws CliFault `gallery.key-file` */
export async function readAuthorityKey(filePath: string): Promise<KeyObject> {
  try {
    const key = createPrivateKey(await readFile(filePath));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new CliFault('gallery.key-file', { file: filePath }, { cause });
  }
  throw new CliFault('gallery.key-file', { file: filePath, expected: 'ed25519' });
}

/** A public key as it is typed: 64 hexadecimal digits, or the path of a file that holds them. @throws CliFault `gallery.key-file` */
export async function readPublicKey(text: string): Promise<string> {
  if (HEX_KEY.test(text)) return text;
  const found = await readFile(text, 'utf8').catch((cause: unknown) => {
    throw new CliFault('gallery.key-file', { file: text }, { cause });
  });
  const line = found.trim();
  if (HEX_KEY.test(line)) return line;
  try {
    return rawPublicKey(createPublicKey(found)).toString('hex');
  } catch (cause) {
    throw new CliFault('gallery.key-file', { file: text }, { cause });
  }
}
