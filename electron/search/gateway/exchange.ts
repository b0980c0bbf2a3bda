import type { DatabaseAnswer } from '../../contract/checks.ts';
import type { Health, TransactionState } from './gateway-answers.ts';

/** Why a gateway gave nothing that can be used, in the words of the contract. */
export type GatewayFailure = Exclude<
  Extract<DatabaseAnswer, { kind: 'unavailable' }>['reason'],
  'gallery-missing' | 'gallery-damaged' | 'gallery-expired' | 'matcher-failed' | 'ended-before-answer'
>;

/** What came of one request. */
export type Exchange<Answer = TransactionState | Health> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  /** The gateway does not know the transaction: it was started anew, or forgot it. */
  | { readonly kind: 'unknown' }
  | FailedExchange;

export interface FailedExchange {
  readonly kind: 'failed';
  readonly reason: GatewayFailure;
  readonly isWorthAnotherTry: boolean;
  /** How long the gateway asks to be left alone, milliseconds, or null. */
  readonly retryAfterMs: number | null;
}

/** A failure; where the same request may yet succeed, `isWorthAnotherTry` is true. */
export function failed(
  reason: GatewayFailure,
  isWorthAnotherTry: boolean,
  retryAfterMs: number | null = null,
): FailedExchange {
  return { kind: 'failed', reason, isWorthAnotherTry, retryAfterMs };
}
