import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../electron/storage/database.ts';
import type { StationDatabase } from '../../../electron/storage/database.ts';

/** A folder of its own that is gone when the scope ends. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'ridgeway-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** A new, empty station database in a folder of its own; both are gone when the scope ends. */
export async function temporaryDatabase(): Promise<AsyncDisposable & { readonly database: StationDatabase }> {
  const folder = await temporaryFolder();
  const database = await openDatabase({ filePath: join(folder.path, 'station.db') });
  return {
    database,
    async [Symbol.asyncDispose]() {
      await database.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A clock that is set by hand. */
export interface HandClock {
  now(): number;
  set(moment: string | number): void;
  advance(ms: number): void;
}

/** Makes a clock that stands at that moment until it is told otherwise. */
export function handClock(moment: string | number): HandClock {
  let nowMs = new Date(moment).getTime();
  return {
    now: () => nowMs,
    set(next) {
      nowMs = new Date(next).getTime();
    },
    advance(ms) {
      nowMs += ms;
    },
  };
}
