import type { Clock } from '../../station/platform.ts';
import type { GatewayClient } from './gateway-client.ts';
import { WITHDRAWAL_DELAY_MS, WITHDRAWAL_TIMEOUT_MS } from './parameters.ts';

interface Withdrawal {
  /** Ends the wait before it is sent. */
  readonly sendNow: () => void;
  /** True when it was still waiting, and now is not sent at all. */
  readonly cancel: () => boolean;
  readonly done: Promise<void>;
}

/**
 * Takes back what nobody waits for any longer, so that the gateway stops searching and forgets the prints. It is a
 * courtesy and no promise: a gateway that cannot be reached forgets by itself. A search that is asked anew at once,
 * because the officer tries again, is not taken back in between.
 */
export class Withdrawals implements AsyncDisposable {
  readonly #client: GatewayClient;
  readonly #clock: Clock;
  readonly #open = new Map<string, Withdrawal>();

  constructor(client: GatewayClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  begin(transaction: string): void {
    const wait = Promise.withResolvers<boolean>();
    let isWaiting = true;
    const settle = (isSent: boolean): boolean => {
      const wasWaiting = isWaiting;
      isWaiting = false;
      cancelTimer();
      wait.resolve(isSent);
      return wasWaiting;
    };
    const cancelTimer = this.#clock.after(WITHDRAWAL_DELAY_MS, () => settle(true));
    const done = wait.promise.then(async (isSent) => {
      if (isSent) await this.#send(transaction);
      this.#open.delete(transaction);
    });
    this.#open.set(transaction, { sendNow: () => settle(true), cancel: () => settle(false), done });
  }

  /** Before a transaction is handed in again: stops a withdrawal that waits, or waits for one that is under way. */
  async stop(transaction: string): Promise<void> {
    const open = this.#open.get(transaction);
    if (open === undefined) return;
    open.cancel();
    await open.done;
  }

  async #send(transaction: string): Promise<void> {
    const timeout = new AbortController();
    const cancel = this.#clock.after(WITHDRAWAL_TIMEOUT_MS, () => timeout.abort());
    // Nobody is told whether it went well: nothing that anybody could do depends on it.
    await this.#client.withdraw(transaction, timeout.signal).catch(() => {});
    cancel();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const open = [...this.#open.values()];
    for (const { sendNow } of open) sendNow();
    await Promise.all(open.map(({ done }) => done));
  }
}
