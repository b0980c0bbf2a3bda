import { closeSync } from 'node:fs';

/** The files of open galleries: each is closed when nothing uses its gallery any more, or when the pool is closed. */
export interface OpenFiles extends Disposable {
  /** Closes `file` once `owner` is garbage: nobody who could still read it is left then. */
  keep(file: number, owner: object): void;
}

/** Begins to look after files. */
export function createOpenFiles(): OpenFiles {
  const files = new Set<number>();
  const close = (file: number): void => {
    if (files.delete(file)) closeSync(file);
  };
  const registry = new FinalizationRegistry(close);
  return {
    keep(file, owner) {
      files.add(file);
      registry.register(owner, file);
    },
    [Symbol.dispose]() {
      for (const file of files) close(file);
    },
  };
}
