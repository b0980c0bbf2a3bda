import type { DatabaseName } from '../../contract/checks.ts';
import type { SearchProvider } from '../../search/search-provider.ts';

/** A database whose gateway could not be set up from its settings: it says so, and no search waits for it. */
export function notSetUp(database: DatabaseName): SearchProvider {
  const unavailable = { kind: 'unavailable', reason: 'gateway-not-set-up' } as const;
  return {
    database,
    status: () => unavailable,
    search: () => Promise.resolve(unavailable),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
