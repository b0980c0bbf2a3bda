import type { GroundsRecord, GroundsRefusal } from '../../contract/grounds.ts';
import { isStated } from './is-stated.ts';

/**
 * PACE 1984 s61(6A)(a) [T]: "the constable reasonably suspects that the person is committing or attempting to commit an
 * offence, or has committed or attempted to commit an offence". A suspicion without a named offence, or without what it
 * rests on, is not a reasonable one (Code D: tell the nature of the suspected offence and why it is suspected [K]).
 */
export function requireSuspicion(record: GroundsRecord): GroundsRefusal | null {
  const { suspicion } = record;
  const isReasoned = suspicion !== null && isStated(suspicion.offence) && isStated(suspicion.whySuspected);
  return isReasoned ? null : 'no-suspicion';
}
