import { closeSync } from 'node:fs';

/** The files of open galleries: each is closed, and its key zeroed, when nothing uses its gallery any more, or when the pool is closed. */
export interface OpenFiles extends Disposable {
  /** Closes `file` once `owner` is garbage: nobody who could still read it is left then. */
  keep(file: number, owner: object, key?: SharedArrayBuffer): void;
}

/** Begins to look after files. */
export function createOpenFiles(): OpenFiles {
  const files = new Map<number, SharedArrayBuffer | undefined>();
  const close = (file: number): void => {
    if (!files.has(file)) return;
    const key = files.get(file);
    files.delete(file);
    if (key !== undefined) new Uint8Array(key).fill(0);
    closeSync(file);
  };
  const registry = new FinalizationRegistry(close);
  return {
    keep(file, owner, key) {
      files.set(file, key);
      registry.register(owner, file);
    },
    [Symbol.dispose]() {
      for (const file of files.keys()) close(file);
    },
  };
}
