import { ORPCError } from '@orpc/client';
import { refusalCode, type RefusalCode } from '../../electron/contract/errors.ts';

/** How a call to the station ended. */
export type Reply<Value> =
  | { readonly kind: 'answered'; readonly value: Value }
  | { readonly kind: 'refused'; readonly code: RefusalCode }
  | { readonly kind: 'lost' };

/** Turns what a failed call threw into the code of the closed list, or into a lost connection. */
export function readRefusal(thrown: unknown): Exclude<Reply<never>, { kind: 'answered' }> {
  if (!(thrown instanceof ORPCError)) return { kind: 'lost' };
  const details: unknown = thrown.data;
  if (thrown.code === 'REFUSED' && typeof details === 'object' && details !== null && 'code' in details) {
    const known = refusalCode.safeParse(details.code);
    if (known.success) return { kind: 'refused', code: known.data };
  }
  return { kind: 'refused', code: 'station.fault' };
}

/** The message key of a refusal's words, under which every locale has one sentence that says what to do next. */
export function refusalWordsKey(code: RefusalCode): string {
  return `refusals.${code}`;
}
