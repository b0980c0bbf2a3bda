import type { OutstandingReason } from '../../contract/checks.ts';

/** Outages of a gateway that are so for now. Every other one stays so however often it is tried. */
const MENDABLE: readonly OutstandingReason[] = [
  'gateway-unreachable',
  'gateway-busy',
  'gateway-failed',
  'gateway-unreadable',
];

/** What decides whether an answer ends a search: its kind, and the reason of an outage. */
export interface AnswerInShort {
  readonly kind: string;
  readonly reason?: string;
}

/**
 * Why a search is still outstanding after this answer, or null where the answer ends it. Only what trying again may mend
 * is outstanding: a gateway that is not reached, too busy, broken or unreadable just now, and one that gave up waiting for
 * its own database. A gallery that is missing, damaged or expired, a print that cannot be used and a certificate that is
 * refused stay so however often they are tried; asking the officer would keep the prints for nothing.
 */
export function outstandingReason(answer: AnswerInShort): OutstandingReason | null {
  if (answer.kind === 'timed-out') return 'no-answer-yet';
  if (answer.kind !== 'unavailable') return null;
  return MENDABLE.find((reason) => reason === answer.reason) ?? null;
}
