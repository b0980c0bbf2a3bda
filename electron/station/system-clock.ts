import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock, Randomness } from './platform.ts';

/** The computer's own clock, for hosts; tests give a clock that they turn themselves. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** The operating system's randomness, for hosts. */
export const systemRandomness: Randomness = {
  uuid: () => randomUUID(),
  bytes: (count) => new Uint8Array(randomBytes(count)),
};
