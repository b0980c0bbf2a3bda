import type { DatabaseName } from '../../contract/checks.ts';
import type { DatabaseStatus, SearchProvider } from '../../search/search-provider.ts';

/** A provider behind which another can be put: a search that runs goes on with what it began with. */
export interface SwitchedProvider extends SearchProvider {
  /** Puts another provider in the place of the present one, which is closed once its last search has ended. */
  become(next: SearchProvider): void;
}

/** Makes it with a first provider. It owns what it was given, and closes it. */
export function createSwitchedProvider(database: DatabaseName, first: SearchProvider): SwitchedProvider {
  let present = first;
  const running = new Map<SearchProvider, number>();
  const closing = new Set<Promise<void>>();

  function closeUnused(provider: SearchProvider): void {
    if (provider === present || (running.get(provider) ?? 0) > 0) return;
    const closed = Promise.resolve(provider[Symbol.asyncDispose]());
    closing.add(closed);
    // Whoever closes the whole waits for it and learns what went wrong.
    closed.then(
      () => closing.delete(closed),
      () => {},
    );
  }

  return {
    database,
    status: (): DatabaseStatus => present.status(),
    become(next) {
      const before = present;
      present = next;
      closeUnused(before);
    },
    async search(probe, options) {
      const provider = present;
      running.set(provider, (running.get(provider) ?? 0) + 1);
      try {
        return await provider.search(probe, options);
      } finally {
        const left = (running.get(provider) ?? 1) - 1;
        if (left > 0) running.set(provider, left);
        else running.delete(provider);
        closeUnused(provider);
      }
    },
    async [Symbol.asyncDispose]() {
      await present[Symbol.asyncDispose]();
      await Promise.all(closing);
    },
  };
}
