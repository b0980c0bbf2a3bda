import { randomUUID } from 'node:crypto';
import { open, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { PartResult } from './part-result.ts';

/** Free space below which the station warns, bytes: room for a year of log and counts many times over. */
const LEAST_FREE_BYTES = 200_000_000;

/** Bytes that the account may still write at a folder. */
async function freeBytesAt(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Every folder can be written to, proved by writing, and the first has room. `freeBytesOf` is given by tests alone. */
export async function testDisk(
  folders: readonly [string, ...string[]],
  freeBytesOf: (folder: string) => Promise<number> = freeBytesAt,
): Promise<PartResult> {
  for (const [index, folder] of folders.entries()) {
    const draft = path.join(folder, `self-test-${randomUUID()}`);
    try {
      // A permission that the system states is not one that it grants: on Windows only a file tells.
      await using file = await open(draft, 'wx', 0o600);
      await file.writeFile('self-test');
    } catch (fault) {
      const code: unknown = fault instanceof Error ? Reflect.get(fault, 'code') : null;
      return {
        kind: 'broken',
        code: code === 'ENOSPC' ? 'disk.full' : 'disk.not-writable',
        figures: { folder: index === 0 ? 'data' : 'logs', reason: typeof code === 'string' ? code : 'unknown' },
      };
    } finally {
      // A folder that is none cannot hold it either, and has been told already.
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }
  const figures = { freeBytes: await freeBytesOf(folders[0]), leastBytes: LEAST_FREE_BYTES };
  return figures.freeBytes < LEAST_FREE_BYTES
    ? { kind: 'broken', code: 'disk.full', figures }
    : { kind: 'sound', figures };
}
