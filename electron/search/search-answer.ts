import type { DatabaseAnswer } from '../contract/checks.ts';

/** What one database said: the contract's union, under the name that this folder uses. */
export type SearchAnswer = DatabaseAnswer;
