import { z } from 'zod';
import { candidateView, type DatabaseAnswer } from '../contract/checks.ts';
import { machineCode } from '../contract/limits.ts';

/** One record as its database names it: the reference is as received, and read as a number only when it is shown. */
export const receivedCandidate = z.strictObject({
  reference: machineCode,
  likelihood: candidateView.shape.likelihood,
});
export type ReceivedCandidate = Readonly<z.infer<typeof receivedCandidate>>;

type AsReceived<Answer> = Answer extends { candidates: unknown }
  ? Omit<Answer, 'candidates'> & { readonly candidates: readonly ReceivedCandidate[] }
  : Answer;

/** What one database said: the contract's union, with references as the database wrote them. */
export type SearchAnswer = AsReceived<DatabaseAnswer>;
