import type { GroundsRecord, GroundsRefusal } from '../../contract/grounds.ts';

/** A breach of bail conditions is not an offence that s61(6A)(a) PACE 1984 could rest on: not a ground. [T] */
export function refuseBreachOfBail(record: Pick<GroundsRecord, 'purpose'>): GroundsRefusal | null {
  return record.purpose === 'breach-of-bail' ? 'purpose-breach-of-bail' : null;
}
