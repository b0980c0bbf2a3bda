import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import { type Hit, type NeedleIndex, WINDOW_BYTES } from './needle-index.ts';

const CHUNK_BYTES = 8 * 1024 * 1024;
const OVERLAP_BYTES = 2 * WINDOW_BYTES;

/** What was read of some folders and found there. */
export interface FileFinding {
  readonly files: number;
  readonly hits: readonly (Hit & { readonly file: string })[];
}

/** Reads every file under the folders and says where needles lie in them. */
export function searchFiles(folders: readonly string[], index: NeedleIndex): FileFinding {
  const chunk = new Uint8Array(new ArrayBuffer(CHUNK_BYTES));
  const hits: (Hit & { readonly file: string })[] = [];
  let files = 0;
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      let descriptor: number;
      try {
        descriptor = openSync(file, 'r');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
        throw error;
      }
      files += 1;
      try {
        for (let at = 0; ; at += CHUNK_BYTES - OVERLAP_BYTES) {
          const read = readSync(descriptor, chunk, 0, CHUNK_BYTES, at);
          for (const hit of index.find(chunk, read)) hits.push({ ...hit, at: at + hit.at, file });
          if (read < CHUNK_BYTES) break;
        }
      } finally {
        closeSync(descriptor);
      }
    }
  }
  return { files, hits };
}
