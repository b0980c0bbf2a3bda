import { request, type Dispatcher } from 'undici';
import type { z } from 'zod';
import { type Exchange, failed, type FailedExchange } from './exchange.ts';
import { health, isSound, transactionState, type Health, type TransactionState } from './gateway-answers.ts';
import type { GatewayConnection } from './gateway-connection.ts';
import { ANSWER_TIMEOUT_MS, LONG_WAIT_S, MAXIMUM_ANSWER_BYTES } from './parameters.ts';
import { failureOf, isCutShort } from './transport-failure.ts';

/** What an answer about a transaction must say, so that no other check's answer is ever taken for it. */
export interface AskedTransaction {
  readonly transaction: string;
  readonly check: string;
  readonly database: TransactionState['database'];
}

/** One request each. Whatever the network does is a value; only the caller's abort throws. */
export interface GatewayClient {
  /** Hands a transaction in, or learns how far it is where the gateway has it already. */
  submit(asked: AskedTransaction, file: Uint8Array, signal: AbortSignal): Promise<Exchange<TransactionState>>;
  /** Asks how far it is; the gateway holds the question for up to 10 s until there is news. */
  follow(asked: AskedTransaction, signal: AbortSignal): Promise<Exchange<TransactionState>>;
  /** Takes a transaction back: the gateway stops, and forgets it. */
  withdraw(transaction: string, signal: AbortSignal): Promise<void>;
  health(signal: AbortSignal): Promise<Exchange<Health>>;
}

/** HTTP answers after which the same request may yet succeed. Source: RFC 9110 and RFC 6585. */
const WORTH_ANOTHER_TRY: readonly number[] = [408, 425, 500, 502, 503, 504];
const FILE_TYPE = 'application/octet-stream';

/** Reads at most as much as an answer may have; null for more, or for what is not JSON. @throws when it is cut short */
async function readBody(body: Dispatcher.ResponseData['body']): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    if (!(part instanceof Uint8Array)) return null;
    bytes += part.length;
    if (bytes > MAXIMUM_ANSWER_BYTES) {
      body.destroy();
      return null;
    }
    parts.push(part);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)));
  } catch {
    return null;
  }
}

/** What a refusal in the language of HTTP means. A redirect is never followed: the print goes to the address that was set. */
function refusalOf({ headers, statusCode }: Dispatcher.ResponseData): FailedExchange {
  const retryAfter = String(headers['retry-after'] ?? '');
  const retryAfterMs = /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : null;
  if (statusCode === 429) return failed('gateway-busy', true, retryAfterMs);
  if (WORTH_ANOTHER_TRY.includes(statusCode)) return failed('gateway-failed', true, retryAfterMs);
  if (statusCode >= 500) return failed('gateway-failed', false);
  return statusCode >= 400 ? failed('gateway-refused', false) : failed('gateway-unreadable', false);
}

/** Makes the client of one gateway. */
export function createGatewayClient({ address, agent }: GatewayConnection): GatewayClient {
  const at = (path: string) => new URL(`v1/${path}`, address);

  async function ask<Answer>(
    url: URL,
    options: { readonly method: 'GET' | 'PUT'; readonly body?: Uint8Array; readonly waitMs?: number },
    schema: z.ZodType<Answer>,
    signal: AbortSignal,
  ): Promise<Exchange<Answer>> {
    const timeoutMs = ANSWER_TIMEOUT_MS + (options.waitMs ?? 0);
    const { body, method } = options;
    let response: Dispatcher.ResponseData | null = null;
    try {
      response = await request(url, {
        method,
        dispatcher: agent,
        signal,
        headersTimeout: timeoutMs,
        bodyTimeout: ANSWER_TIMEOUT_MS,
        headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': FILE_TYPE }) },
        ...(body !== undefined && { body }),
      });
      if (response.statusCode === 404 && method === 'GET') {
        await response.body.dump();
        return { kind: 'unknown' };
      }
      if (response.statusCode !== 200 && response.statusCode !== 202) {
        await response.body.dump();
        return refusalOf(response);
      }
      const parsed = schema.safeParse(await readBody(response.body));
      return parsed.success ? { kind: 'answered', answer: parsed.data } : failed('gateway-unreadable', true);
    } catch (error) {
      signal.throwIfAborted();
      return isCutShort(error, response !== null) ? failed('gateway-unreadable', true) : failureOf(error);
    }
  }

  /** An answer of another transaction, or one that contradicts itself, is none. */
  function ofThis(exchange: Exchange<TransactionState>, asked: AskedTransaction): Exchange<TransactionState> {
    if (exchange.kind !== 'answered') return exchange;
    const { check, database, transaction } = exchange.answer;
    const isOurs = transaction === asked.transaction && check === asked.check && database === asked.database;
    const isUsable = isOurs && (exchange.answer.state !== 'ended' || isSound(exchange.answer.result));
    return isUsable ? exchange : failed('gateway-unreadable', true);
  }

  return {
    async submit(asked, body, signal) {
      const url = at(`transactions/${asked.transaction}`);
      return ofThis(await ask(url, { method: 'PUT', body }, transactionState, signal), asked);
    },
    async follow(asked, signal) {
      const url = at(`transactions/${asked.transaction}?wait=${LONG_WAIT_S}`);
      return ofThis(await ask(url, { method: 'GET', waitMs: LONG_WAIT_S * 1_000 }, transactionState, signal), asked);
    },
    async withdraw(transaction, signal) {
      const url = at(`transactions/${transaction}`);
      const { body } = await request(url, { method: 'DELETE', dispatcher: agent, signal });
      await body.dump();
    },
    health: (signal) => ask(at('health'), { method: 'GET' }, health, signal),
  };
}
