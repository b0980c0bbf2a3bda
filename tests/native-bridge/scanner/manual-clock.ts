import type { ScannerClock } from '../../../native-bridge/scanner/clock.ts';

/** A clock that moves only when a test moves it, and lets everything that a timer set off run to rest before it goes on. */
export class ManualClock implements ScannerClock {
  #now = 1_700_000_000_000;
  #timers: { readonly atMs: number; readonly callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  get pending(): number {
    return this.#timers.length;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { atMs: this.#now + delayMs, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  async run(durationMs: number): Promise<void> {
    const until = this.#now + durationMs;
    await rest();
    for (;;) {
      const due = this.#timers.filter(({ atMs }) => atMs <= until);
      if (due.length === 0) break;
      const first = due.reduce((a, b) => (b.atMs < a.atMs ? b : a));
      this.#timers = this.#timers.filter((one) => one !== first);
      this.#now = Math.max(this.#now, first.atMs);
      first.callback();
      await rest();
    }
    this.#now = until;
  }

  /** Moves on until the promise settles. @throws Error when it has not after `limitMs` */
  async settle<T>(promise: Promise<T>, limitMs = 120_000): Promise<T> {
    let isSettled = false;
    const settled = promise.finally(() => (isSettled = true));
    settled.catch(() => {});
    for (let spentMs = 0; !isSettled && spentMs < limitMs; spentMs += 5) await this.run(5);
    if (!isSettled) throw new Error(`not settled after ${limitMs} ms of the clock`);
    return await settled;
  }
}

function rest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
