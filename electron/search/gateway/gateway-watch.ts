import type { Clock } from '../../station/platform.ts';
import type { DatabaseStatus } from '../search-provider.ts';
import type { GatewayFailure } from './exchange.ts';
import type { GatewayClient } from './gateway-client.ts';
import type { GatewayConnection } from './gateway-connection.ts';
import { ANSWER_TIMEOUT_MS, HEALTH_INTERVAL_MS } from './parameters.ts';

const MS_PER_DAY = 24 * 60 * 60 * 1_000;

export interface GatewayWatchOptions {
  readonly connection: GatewayConnection;
  readonly client: GatewayClient;
  readonly clock: Clock;
  /** From so many days before the end of a certificate on it is warned of. */
  readonly warningDays: () => number;
  readonly onChange: () => void;
}

type Heard =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'well' }
  | { readonly kind: 'ill'; readonly reason: GatewayFailure };

/** What is known of one gateway without searching: whether it answers, and how long both certificates are good. */
export class GatewayWatch implements AsyncDisposable {
  readonly #options: GatewayWatchOptions;
  readonly #closing = new AbortController();
  #heard: Heard = { kind: 'nothing' };
  #origin: string;
  #lastAnswerAtMs: number | null = null;
  #asking: Promise<void> | null = null;
  #cancelNext = () => {};

  constructor(options: GatewayWatchOptions) {
    this.#options = options;
    this.#origin = options.connection.address.host;
  }

  /** Asks now, and from then on every minute. */
  start(): void {
    void this.ask().then(() => {
      if (!this.#closing.signal.aborted)
        this.#cancelNext = this.#options.clock.after(HEALTH_INTERVAL_MS, () => this.start());
    });
  }

  status(): DatabaseStatus {
    const days = this.#days();
    if (days.station < 0) return { kind: 'unavailable', reason: 'certificate-expired' };
    if (this.#heard.kind === 'ill') return { kind: 'unavailable', reason: this.#heard.reason };
    return {
      kind: 'connected',
      origin: this.#origin,
      lastAnswerAt: this.#lastAnswerAtMs === null ? null : new Date(this.#lastAnswerAtMs).toISOString(),
      stationCertificateDays: days.station,
      authorityCertificateDays: days.authority,
      isCertificateEnding: Math.min(days.station, days.authority) < this.#options.warningDays(),
    };
  }

  /** A search heard of the gateway: that it is well, or what ailed it. */
  heard(failure: GatewayFailure | null): void {
    const before = JSON.stringify(this.#heard);
    if (failure === null) this.#lastAnswerAtMs = this.#options.clock.now();
    this.#heard = failure === null ? { kind: 'well' } : { kind: 'ill', reason: failure };
    if (JSON.stringify(this.#heard) !== before) this.#options.onChange();
  }

  /** Asks how the gateway is. Nothing of a person goes with it; whoever asks meanwhile waits for the same answer. */
  ask(): Promise<void> {
    this.#asking ??= this.#askOnce().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #askOnce(): Promise<void> {
    const { client, clock } = this.#options;
    const timeout = new AbortController();
    const cancel = clock.after(2 * ANSWER_TIMEOUT_MS, () => timeout.abort());
    try {
      const exchange = await client.health(AbortSignal.any([timeout.signal, this.#closing.signal]));
      if (exchange.kind === 'answered') {
        this.#origin = exchange.answer.origin;
        this.heard(null);
      } else this.heard(exchange.kind === 'failed' ? exchange.reason : 'gateway-unreadable');
    } catch {
      if (timeout.signal.aborted) this.heard('gateway-unreachable');
    } finally {
      cancel();
    }
  }

  /** Whole days left, rounded down: an hour short of a day is none. */
  #days(): { readonly station: number; readonly authority: number } {
    const { clock, connection } = this.#options;
    const left = (endsMs: number) => Math.floor((endsMs - clock.now()) / MS_PER_DAY);
    return {
      station: left(connection.stationCertificateEndsMs),
      authority: left(connection.authorityCertificateEndsMs),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    this.#cancelNext();
    await this.#asking;
  }
}
