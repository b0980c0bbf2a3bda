import type { Clock } from '../../electron/station/platform.ts';
import { systemClock } from '../../electron/station/system-clock.ts';

/** Waits from this length on are those of checks, screens and jobs, milliseconds; shorter ones are left to the computer. */
const LONG_WAIT_MS = 2_000;

/** A clock whose long waits end when a test says so, and whose time a test moves. */
export interface HeldClock extends Clock {
  /** Moves the time on by that much and ends, in their order, the waits that are over by then. */
  advance(ms: number): void;
  /** Sets the time, forwards or back, as somebody at the computer's settings would: no wait ends. */
  set(nowMs: number): void;
}

/** Makes a clock that begins at the computer's time. */
export function heldClock(): HeldClock {
  let offsetMs = 0;
  let waitedMs = 0;
  const waits = new Set<{ readonly dueMs: number; readonly callback: () => void }>();
  return {
    now: () => Math.round(systemClock.now() + offsetMs),
    after(delayMs, callback) {
      if (delayMs < LONG_WAIT_MS) return systemClock.after(delayMs, callback);
      const wait = { dueMs: waitedMs + delayMs, callback };
      waits.add(wait);
      return () => waits.delete(wait);
    },
    advance(ms) {
      offsetMs += ms;
      waitedMs += ms;
      for (const wait of [...waits].toSorted((one, other) => one.dueMs - other.dueMs)) {
        if (wait.dueMs <= waitedMs && waits.delete(wait)) wait.callback();
      }
    },
    set(nowMs) {
      offsetMs = nowMs - systemClock.now();
    },
  };
}
