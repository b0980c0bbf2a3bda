import type { DatabaseName } from '../../contract/checks.ts';
import type { Clock, Randomness } from '../../station/platform.ts';
import type { SearchAnswer } from '../search-answer.ts';
import type { DatabaseStatus, ProviderSearchOptions, SearchProbe, SearchProvider } from '../search-provider.ts';
import { Circuit } from './circuit.ts';
import type { GatewayFailure } from './exchange.ts';
import type { GatewayResult } from './gateway-answers.ts';
import { createGatewayClient } from './gateway-client.ts';
import type { GatewayConnection } from './gateway-connection.ts';
import { GatewayWatch } from './gateway-watch.ts';
import { RESOLUTION_PPI } from './parameters.ts';
import { runTransaction } from './run-transaction.ts';
import { createTransactionNumbers } from './transaction-number.ts';
import { Withdrawals } from './withdrawals.ts';

export interface GatewayProviderOptions {
  readonly database: DatabaseName;
  /** Becomes the provider's: it is closed with it. */
  readonly connection: GatewayConnection;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** The station's code, the originating agency of each transaction. */
  readonly stationCode: () => string;
  /** From so many days before the end of a certificate on the status warns of it. */
  readonly warningDays: () => number;
  readonly onStatusChange: () => void;
}

/** A database that is asked over the network, after the profile of docs/gateway.md. */
export interface GatewayProvider extends SearchProvider {
  /** Asks whether the gateway is there, now and from then on every minute. */
  watch(): void;
  /** Asks it once more; settles with what is then known. Nothing of a person is sent. */
  test(): Promise<DatabaseStatus>;
}

/** A number 0–1 from the station's randomness. */
function evenly(randomness: Randomness): () => number {
  return () => new DataView(randomness.bytes(4).buffer).getUint32(0) / 2 ** 32;
}

/** Failures that say that the gateway is down: those of one search, and not those of one station's certificate or request. */
const COUNTED_BY_THE_CIRCUIT: readonly GatewayFailure[] = [
  'gateway-unreachable',
  'gateway-busy',
  'gateway-failed',
  'gateway-unreadable',
];

/** Makes the provider of one database behind a gateway. */
export function createGatewayProvider(options: GatewayProviderOptions): GatewayProvider {
  const { clock, connection, database, randomness } = options;
  const client = createGatewayClient(connection);
  const random = evenly(randomness);
  const numbers = createTransactionNumbers(database, () => randomness.uuid());
  const circuit = new Circuit(() => clock.now());
  const withdrawals = new Withdrawals(client, clock);
  const watch = new GatewayWatch({
    connection,
    client,
    clock,
    warningDays: options.warningDays,
    onChange: options.onStatusChange,
  });

  /** What the gateway said, with the station's own times. */
  function answerOf(result: GatewayResult, startedAtMs: number): SearchAnswer {
    if (result.kind === 'failed') return { kind: 'unavailable', reason: 'gateway-failed' };
    if (result.kind === 'unusable') return result;
    const startedAt = new Date(startedAtMs).toISOString();
    const searched = { ...result.searched, startedAt, answeredAt: new Date(clock.now()).toISOString() };
    return { ...result, searched };
  }

  async function searchUntil(
    signal: AbortSignal,
    probe: SearchProbe,
    search: ProviderSearchOptions,
  ): Promise<SearchAnswer> {
    const startedAtMs = clock.now();
    const transaction = numbers.numberOf(probe);
    await withdrawals.stop(transaction);
    let isPerhapsThere = false;
    try {
      const end = await runTransaction({
        asked: { transaction, check: probe.checkReference, database },
        probe,
        client,
        clock,
        random,
        stationCode: options.stationCode(),
        signal,
        hold: search.hold,
        onProgress: search.onProgress,
        onSending: () => (isPerhapsThere = true),
      });
      const failure = end.kind === 'failed' ? end.reason : null;
      watch.heard(failure);
      if (failure === null) circuit.succeeded();
      else if (COUNTED_BY_THE_CIRCUIT.includes(failure)) circuit.failed(failure);
      else circuit.abandoned();
      return end.kind === 'failed' ? { kind: 'unavailable', reason: end.reason } : answerOf(end.result, startedAtMs);
    } catch (error) {
      circuit.abandoned();
      if (search.signal.aborted && isPerhapsThere) withdrawals.begin(transaction);
      throw error;
    }
  }

  /** Why nothing is to be sent at all, or null. */
  function refusal(probe: SearchProbe): SearchAnswer | null {
    const isInRange = probe.impressions.every(
      (one) =>
        one.kind !== 'image' || (one.resolutionPpi >= RESOLUTION_PPI.least && one.resolutionPpi <= RESOLUTION_PPI.most),
    );
    if (!isInRange) return { kind: 'unusable', reason: 'resolution-out-of-range' };
    if (!probe.impressions.some(({ kind }) => kind === 'image'))
      return { kind: 'unusable', reason: 'too-few-minutiae' };
    if (clock.now() >= connection.stationCertificateEndsMs)
      return { kind: 'unavailable', reason: 'certificate-expired' };
    const reason = circuit.refusal();
    return reason === null ? null : { kind: 'unavailable', reason };
  }

  return {
    database,
    watch: () => watch.start(),
    async test() {
      await watch.ask();
      return watch.status();
    },
    status: () => watch.status(),
    async search(probe, search) {
      search.signal.throwIfAborted();
      const refused = refusal(probe);
      if (refused !== null) return refused;
      const deadline = new AbortController();
      const cancelDeadline = clock.after(search.deadlineMs, () => deadline.abort());
      try {
        return await searchUntil(AbortSignal.any([search.signal, deadline.signal]), probe, search);
      } catch (error) {
        if (!search.signal.aborted && deadline.signal.aborted) return { kind: 'timed-out', afterMs: search.deadlineMs };
        throw error;
      } finally {
        cancelDeadline();
      }
    },
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]();
      await withdrawals[Symbol.asyncDispose]();
      await connection[Symbol.asyncDispose]();
    },
  };
}
