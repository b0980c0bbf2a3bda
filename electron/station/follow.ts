export interface FollowOptions<T> {
  readonly first: T;
  readonly subscribe: (listener: (value: T) => void) => () => void;
  readonly isLast: (value: T) => boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * The first value, then the newest value after each change, until the last one or the signal. A slow reader skips
 * values instead of piling them up: only the newest is ever kept.
 */
export async function* follow<T>(options: FollowOptions<T>): AsyncGenerator<T, void, void> {
  let newest: { readonly value: T } | null = { value: options.first };
  let wake = () => {};
  const unsubscribe = options.subscribe((value) => {
    newest = { value };
    wake();
  });
  const stop = () => wake();
  options.signal?.addEventListener('abort', stop);
  try {
    while (options.signal?.aborted !== true) {
      if (newest === null) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const { value }: { readonly value: T } = newest;
      newest = null;
      yield value;
      if (options.isLast(value)) return;
    }
  } finally {
    unsubscribe();
    options.signal?.removeEventListener('abort', stop);
  }
}
