import type { Clock } from '../../../electron/station/platform.ts';
import { systemClock } from '../../../electron/station/system-clock.ts';

/** A clock that runs so many times faster than the computer's: waits between attempts are walked through, not sat out. */
export function quickClock(times: number): Clock {
  const startedAt = systemClock.now();
  return {
    now: () => startedAt + (systemClock.now() - startedAt) * times,
    after: (delayMs, callback) => systemClock.after(delayMs / times, callback),
  };
}
