import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ImageFault } from './image-fault.ts';

/** Endings of the files that a folder of images is searched for. */
const IMAGE_ENDINGS = new Set(['.png', '.tif', '.tiff', '.bmp', '.pgm']);

/**
 * Lists the image files of a folder (not of the folders inside it) as full paths, in the order in which a person counts:
 * `2_1` before `10_1`.
 * @throws ImageFault `image.unreadable` when the folder cannot be listed, `image.folder-empty` when it holds no image file
 */
export async function listImageFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new ImageFault('image.unreadable', { reason }, { cause });
  });
  const names = entries
    .filter((entry) => !entry.isDirectory() && IMAGE_ENDINGS.has(path.extname(entry.name).toLowerCase()))
    .map((entry) => entry.name);
  if (names.length === 0) throw new ImageFault('image.folder-empty', { entries: entries.length });
  const byNumber = new Intl.Collator('en', { numeric: true });
  // The second comparison keeps the order the same for names that the first calls equal (`1` and `01`).
  names.sort((one, other) => byNumber.compare(one, other) || (one < other ? -1 : 1));
  return names.map((name) => path.join(folder, name));
}
