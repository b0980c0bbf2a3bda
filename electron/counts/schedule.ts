import type { Clock, Randomness, TechnicalLog } from '../station/platform.ts';
import { FIRST_RUN_AFTER_MS, RUN_EVERY_MS } from './parameters.ts';
import type { CountSync } from './sync.ts';

/** What the schedule needs of its station. */
export interface ScheduleOptions {
  readonly sync: Pick<CountSync, 'run'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly randomness: Pick<Randomness, 'bytes'>;
  readonly log: Pick<TechnicalLog, 'fault'>;
}

/**
 * Runs the push soon after the start and then about once an hour until the scope ends; ending it aborts a run that is
 * under way and waits for it. A run that fails is noted and the next one comes all the same.
 */
export function startCountSchedule({ sync, clock, randomness, log }: ScheduleOptions): AsyncDisposable {
  const stop = new AbortController();
  let cancel = clock.after(FIRST_RUN_AFTER_MS, runOnce);
  let running: Promise<void> = Promise.resolve();

  function runOnce(): void {
    running = sync
      .run(stop.signal)
      .then(
        () => undefined,
        (error: unknown) => {
          if (!stop.signal.aborted) log.fault('counts.run-failed', error);
        },
      )
      .finally(() => {
        if (!stop.signal.aborted) cancel = clock.after(RUN_EVERY_MS * (1 + share() / 4), runOnce);
      });
  }

  function share(): number {
    return (randomness.bytes(1)[0] ?? 0) / 256;
  }

  return {
    async [Symbol.asyncDispose]() {
      stop.abort(new Error('the station closes'));
      cancel();
      await running;
    },
  };
}
