import type { Clock } from '../../station/platform.ts';
import type { ProviderSearchOptions, SearchProbe } from '../search-provider.ts';
import { encodedCapacity, encodeTransaction } from './encode-transaction.ts';
import type { Exchange, GatewayFailure } from './exchange.ts';
import type { GatewayResult, TransactionState } from './gateway-answers.ts';
import type { AskedTransaction, GatewayClient } from './gateway-client.ts';
import { MAXIMUM_ATTEMPTS, MAXIMUM_RETRY_AFTER_MS, MINIMUM_POLL_MS } from './parameters.ts';
import { backoffMs, waitFor } from './waiting.ts';

/** How one transaction ended: with what the gateway found, or without. */
export type TransactionEnd =
  | { readonly kind: 'ended'; readonly result: GatewayResult }
  | { readonly kind: 'failed'; readonly reason: GatewayFailure };

export interface TransactionRun {
  readonly asked: AskedTransaction;
  readonly probe: SearchProbe;
  readonly client: GatewayClient;
  readonly clock: Clock;
  /** 0–1, evenly spread. */
  readonly random: () => number;
  readonly stationCode: string;
  readonly signal: AbortSignal;
  readonly hold: ProviderSearchOptions['hold'];
  readonly onProgress: ProviderSearchOptions['onProgress'];
  /** The first byte may leave the station from now on. */
  readonly onSending: () => void;
}

/** Counts failures in a row, and says after each whether to try once more. */
class Patience {
  readonly #run: TransactionRun;
  #failures = 0;
  #losses = 0;

  constructor(run: TransactionRun) {
    this.#run = run;
  }

  /** Waits before another attempt; the answer is null, or why there is to be none. @throws when the search is aborted */
  async afterFailure(exchange: Extract<Exchange, { kind: 'failed' }>): Promise<GatewayFailure | null> {
    this.#failures += 1;
    const { reason, retryAfterMs } = exchange;
    const isOver = !exchange.isWorthAnotherTry || this.#failures >= MAXIMUM_ATTEMPTS;
    if (isOver || (retryAfterMs ?? 0) > MAXIMUM_RETRY_AFTER_MS) return reason;
    const { clock, random, signal } = this.#run;
    await waitFor(Math.max(retryAfterMs ?? 0, backoffMs(this.#failures, random)), clock, signal);
    return null;
  }

  /** An exchange went well: what failed before it no longer counts. */
  restore(): void {
    this.#failures = 0;
  }

  /** The gateway lost the transaction. That it took it again is no reason for hope: it must not lose it for ever. */
  afterLoss(): Promise<GatewayFailure | null> {
    this.#losses += 1;
    const isWorthAnotherTry = this.#losses < MAXIMUM_ATTEMPTS;
    return this.afterFailure({ kind: 'failed', reason: 'gateway-failed', isWorthAnotherTry, retryAfterMs: null });
  }
}

/**
 * Hands one transaction in and follows it to its end. The encoded prints live from just before the first byte is sent until
 * the gateway has said that it has them; a gateway that lost them is sent them again, encoded anew from the probe.
 * @throws when the search is aborted, and CustodyFault when the check has ended
 */
export async function runTransaction(run: TransactionRun): Promise<TransactionEnd> {
  const patience = new Patience(run);
  for (;;) {
    const submitted = await submit(run, patience);
    if (submitted.kind === 'failed') return submitted;
    run.onProgress({ state: 'sent', searchedShare: 0 });
    const end = await follow(run, patience, submitted.answer);
    if (end.kind !== 'lost') return end;
  }
}

async function submit(
  run: TransactionRun,
  patience: Patience,
): Promise<
  { readonly kind: 'answered'; readonly answer: TransactionState } | Extract<TransactionEnd, { kind: 'failed' }>
> {
  const { asked, client, clock, hold, probe, signal, stationCode } = run;
  await using held = await hold(encodedCapacity(probe.impressions));
  signal.throwIfAborted();
  const room = new Uint8Array(held.buffer);
  const content = {
    transactionNumber: asked.transaction,
    database: asked.database,
    checkReference: asked.check,
    stationCode,
    atMs: clock.now(),
    impressions: probe.impressions,
  };
  const file = room.subarray(0, encodeTransaction(content, room));
  for (;;) {
    run.onSending();
    const exchange = await client.submit(asked, file, signal);
    if (exchange.kind === 'answered') {
      patience.restore();
      return exchange;
    }
    const why = await (exchange.kind === 'failed' ? patience.afterFailure(exchange) : patience.afterLoss());
    if (why !== null) return { kind: 'failed', reason: why };
  }
}

async function follow(
  run: TransactionRun,
  patience: Patience,
  first: TransactionState,
): Promise<TransactionEnd | { readonly kind: 'lost' }> {
  const { asked, client, clock, signal } = run;
  let state = first;
  let shownShare = 0;
  for (;;) {
    if (state.state === 'ended') return { kind: 'ended', result: state.result };
    if (state.state === 'searching') {
      shownShare = Math.max(shownShare, state.searchedShare);
      run.onProgress({ state: 'searching', searchedShare: shownShare });
    }
    const askedAtMs = clock.now();
    const exchange = await client.follow(asked, signal);
    switch (exchange.kind) {
      case 'answered':
        patience.restore();
        state = exchange.answer;
        break;
      case 'unknown': {
        const why = await patience.afterLoss();
        return why === null ? { kind: 'lost' } : { kind: 'failed', reason: why };
      }
      default: {
        const why = await patience.afterFailure(exchange);
        if (why !== null) return { kind: 'failed', reason: why };
      }
    }
    const sinceMs = clock.now() - askedAtMs;
    if (state.state !== 'ended' && sinceMs < MINIMUM_POLL_MS) await waitFor(MINIMUM_POLL_MS - sinceMs, clock, signal);
  }
}
