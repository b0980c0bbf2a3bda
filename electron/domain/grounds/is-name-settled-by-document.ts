import type { GroundsRecord } from '../../contract/grounds.ts';
import { isStated } from './is-stated.ts';

/**
 * Code D (in force since 20 December 2023, wording [K]): the record says why a document that was produced does not settle
 * the name. A document about which nothing of the kind is said settles it.
 */
export function isNameSettledByDocument({ documents }: Pick<GroundsRecord, 'documents'>): boolean {
  return documents.kind === 'produced' && !isStated(documents.whyNotSettled);
}
