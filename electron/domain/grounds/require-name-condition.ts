import type { GroundsRecord, GroundsRefusal } from '../../contract/grounds.ts';
import { isNameDoubted } from './is-name-doubted.ts';
import { isNameSettledByDocument } from './is-name-settled-by-document.ts';
import { isNameUnknown } from './is-name-unknown.ts';

/** PACE 1984 s61(6A)(b) [T]: "either of the two conditions mentioned in subsection (6B) is met". */
export function requireNameCondition(record: GroundsRecord): GroundsRefusal | null {
  const isMet = (isNameUnknown(record) || isNameDoubted(record)) && !isNameSettledByDocument(record);
  return isMet ? null : 'no-name-condition';
}
