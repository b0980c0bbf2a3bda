import { ConsecutiveBreaker } from 'cockatiel';
import type { GatewayFailure } from './exchange.ts';
import { FAILURES_THAT_OPEN, OPEN_FOR_MS } from './parameters.ts';

type Standing =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly untilMs: number; readonly reason: GatewayFailure }
  /** One search tries whether it works again; others are still spared the wait. */
  | { readonly kind: 'trying'; readonly reason: GatewayFailure };

/**
 * Spares officers the wait for a gateway that is down: after five searches in a row that failed, none is sent for 15 s, then
 * one alone tries. The counting is the library's; the time is the station's own clock, which a test can move.
 */
export class Circuit {
  readonly #now: () => number;
  readonly #breaker = new ConsecutiveBreaker(FAILURES_THAT_OPEN);
  #standing: Standing = { kind: 'closed' };

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Why no search is to be sent now, or null when one may be; asking when the time is over is the one that tries. */
  refusal(): GatewayFailure | null {
    const standing = this.#standing;
    if (standing.kind === 'closed') return null;
    if (standing.kind === 'open' && this.#now() >= standing.untilMs) {
      this.#standing = { kind: 'trying', reason: standing.reason };
      return null;
    }
    return standing.reason;
  }

  succeeded(): void {
    this.#breaker.success();
    this.#standing = { kind: 'closed' };
  }

  failed(reason: GatewayFailure): void {
    const isToOpen = this.#breaker.failure() || this.#standing.kind === 'trying';
    if (isToOpen) this.#standing = { kind: 'open', untilMs: this.#now() + OPEN_FOR_MS, reason };
  }

  /** The search that tried was ended by the station before it could tell anything: the next one tries. */
  abandoned(): void {
    if (this.#standing.kind === 'trying') {
      this.#standing = { kind: 'open', untilMs: this.#now(), reason: this.#standing.reason };
    }
  }
}
