import type { GroundsRecord, GroundsRefusal } from '../../contract/grounds.ts';

/** Immigration status alone is no suspicion of an offence, s61(6A)(a) PACE 1984: not a ground. [K] */
export function refuseImmigrationStatus(record: Pick<GroundsRecord, 'purpose'>): GroundsRefusal | null {
  return record.purpose === 'immigration-status' ? 'purpose-immigration-status' : null;
}
