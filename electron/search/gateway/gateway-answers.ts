import { z } from 'zod';
import { databaseName, UNUSABLE_REASONS } from '../../contract/checks.ts';
import { machineCode, moment, share } from '../../contract/limits.ts';
import { PROFILE } from './parameters.ts';

const profile = z.literal(PROFILE);
/** What was searched. The times are the station's own: two clocks never agree. */
const searched = z.strictObject({
  origin: machineCode,
  galleryDate: moment.nullable(),
  people: z.number().int().min(0).nullable(),
});
/** The reference is as the database writes it; likelihoods are words, which docs/gateway.md ties to false match rates. */
const candidate = z.strictObject({ reference: machineCode, likelihood: z.enum(['very-strong', 'strong', 'possible']) });
const candidates = z.array(candidate).min(1).max(10);

/** What the gateway found, in the words of docs/gateway.md. A field that is not in them makes the answer unreadable. */
export const gatewayResult = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('match'), candidates, searched }),
  z.strictObject({ kind: z.literal('possible-match'), candidates, searched }),
  z.strictObject({ kind: z.literal('no-match'), searched }),
  z.strictObject({ kind: z.literal('unusable'), reason: z.enum(UNUSABLE_REASONS) }),
  z.strictObject({ kind: z.literal('failed') }),
]);
export type GatewayResult = z.infer<typeof gatewayResult>;

const ofTransaction = {
  profile,
  transaction: z.string().max(40),
  check: machineCode,
  database: databaseName,
};

/** How far one transaction is. */
export const transactionState = z.discriminatedUnion('state', [
  z.strictObject({ ...ofTransaction, state: z.literal('queued') }),
  z.strictObject({ ...ofTransaction, state: z.literal('searching'), searchedShare: share }),
  z.strictObject({ ...ofTransaction, state: z.literal('ended'), result: gatewayResult }),
]);
export type TransactionState = z.infer<typeof transactionState>;

/** What a gateway says of itself. */
export const health = z.strictObject({ profile, origin: machineCode, databases: z.array(databaseName).max(2) });
export type Health = z.infer<typeof health>;

/** Whether a match, as the gateway calls it, is one: its best candidate must be strong, and candidates differ. */
export function isSound(result: GatewayResult): boolean {
  if (result.kind !== 'match' && result.kind !== 'possible-match') return true;
  const references = new Set(result.candidates.map(({ reference }) => reference));
  const isStrong = result.kind !== 'match' || result.candidates[0]?.likelihood !== 'possible';
  return references.size === result.candidates.length && isStrong;
}
