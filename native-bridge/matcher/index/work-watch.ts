import { MatcherFault } from '../matcher-fault.ts';

/** Why a piece of work was stopped before its end. */
export type StopReason = 'matcher.cancelled' | 'matcher.deadline' | 'matcher.closed';

/**
 * Watches one piece of work: the caller's signal and a deadline. Stopping is asked for first (`onStop`), so that a worker
 * leaves no print behind; a worker that does not answer within the grace is ended (`killSignal`).
 */
export interface WorkWatch extends Disposable {
  readonly stopped: StopReason | undefined;
  readonly killSignal: AbortSignal;
  stop(reason: StopReason): void;
  onStop(act: () => void): void;
  /** @throws MatcherFault of the reason, when there is one */
  throwIfStopped(): void;
}

/** Starts to watch. `deadlineMs` and `graceMs` are counted from now and from the stop. */
export function watchWork(signal: AbortSignal, deadlineMs: number, graceMs: number): WorkWatch {
  const killer = new AbortController();
  const acts: (() => void)[] = [];
  let stopped: StopReason | undefined;
  let graceTimer: NodeJS.Timeout | undefined;
  const stop = (reason: StopReason): void => {
    if (stopped !== undefined) return;
    stopped = reason;
    graceTimer = setTimeout(() => killer.abort(), graceMs);
    for (const act of acts) act();
  };
  const cancel = (): void => stop('matcher.cancelled');
  const deadlineTimer = setTimeout(() => stop('matcher.deadline'), deadlineMs);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  return {
    get stopped() {
      return stopped;
    },
    killSignal: killer.signal,
    stop,
    onStop(act) {
      if (stopped === undefined) acts.push(act);
      else act();
    },
    throwIfStopped() {
      if (stopped === undefined) return;
      throw new MatcherFault(stopped, stopped === 'matcher.deadline' ? { deadlineMs } : {}, { cause: signal.reason });
    },
    [Symbol.dispose]() {
      clearTimeout(deadlineTimer);
      clearTimeout(graceTimer);
      signal.removeEventListener('abort', cancel);
    },
  };
}
