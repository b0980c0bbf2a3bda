import type { DatabaseAnswer } from '../contract/checks.ts';

/** What one database said: the contract's union, under the name that this folder uses. */
export type SearchAnswer = DatabaseAnswer;

/** True for the answers in which the database itself spoke; a timeout or an outage is none. */
export function isFromTheDatabase(answer: SearchAnswer): boolean {
  return answer.kind === 'match' || answer.kind === 'possible-match' || answer.kind === 'no-match';
}
