import type { Clock } from '../../station/platform.ts';
import { BACKOFF_MS } from './parameters.ts';

/** Waits by the station's clock. @throws the signal's reason when it is aborted */
export async function waitFor(delayMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, reject, resolve } = Promise.withResolvers<void>();
  const onAbort = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  const cancel = clock.after(delayMs, () => resolve());
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await promise;
  } finally {
    cancel();
    signal.removeEventListener('abort', onAbort);
  }
}

/**
 * How long to wait after that many failures in a row, milliseconds: doubling, and by chance between half of it and all, so
 * that stations that lost the gateway together do not come back together.
 */
export function backoffMs(failures: number, random: () => number): number {
  const longest = Math.min(BACKOFF_MS.longest, BACKOFF_MS.first * 2 ** (failures - 1));
  return Math.round(longest * (0.5 + random() / 2));
}
