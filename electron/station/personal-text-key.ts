import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PERSONAL_TEXT_KEY_BYTES } from '../storage/personal-text.ts';
import type { Platform } from './platform.ts';

const FILE_NAME = 'personal-text.key';

/** The key of personal text: sealed by the platform in the data folder, drawn at the first start. */
export async function loadPersonalTextKey(platform: Platform): Promise<Uint8Array> {
  const filePath = join(platform.folders.data, FILE_NAME);
  const sealed = await readFile(filePath).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (sealed !== null) return platform.unseal(sealed);
  const key = platform.randomness.bytes(PERSONAL_TEXT_KEY_BYTES);
  const draft = `${filePath}.new`;
  await writeFile(draft, await platform.seal(key), { mode: 0o600, flush: true });
  await rename(draft, filePath);
  return key;
}
