import { CaptureInterrupted, type Interruption } from './capture-interrupted.ts';
import type { ScannerClock } from './clock.ts';

/** One signal for everything that cuts a capture short: the caller, the deadline, the plug. */
export class CaptureEnding implements Disposable {
  readonly #controller = new AbortController();
  readonly #cleanups: (() => void)[] = [];

  constructor(caller: AbortSignal, closed: AbortSignal, clock: ScannerClock, deadlineMs: number) {
    // The plug is asked first: a capture on a device that is gone is "unplugged", whatever else is true.
    this.#follow(closed, { kind: 'unplugged' });
    this.#follow(caller, { kind: 'aborted' });
    this.#cleanups.push(clock.after(deadlineMs, () => this.#end({ kind: 'deadline' })));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends the capture with an error of the caller's own making. */
  fail(cause: unknown): void {
    this.#controller.abort(cause);
  }

  [Symbol.dispose](): void {
    for (const cleanUp of this.#cleanups.splice(0)) cleanUp();
  }

  #follow(signal: AbortSignal, fallback: Interruption): void {
    const onAbort = (): void => {
      if (signal.reason instanceof CaptureInterrupted) this.#controller.abort(signal.reason);
      else this.#end(fallback);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    this.#cleanups.push(() => signal.removeEventListener('abort', onAbort));
  }

  #end(interruption: Interruption): void {
    this.#controller.abort(new CaptureInterrupted(interruption));
  }
}
