import type { GroundsRecord, GroundsRefusal } from '../../contract/grounds.ts';

/**
 * s61(6A) PACE 1984 is a power "without the appropriate consent" [T]: agreement is not its basis, and cannot stand in
 * for grounds.
 */
export function refuseConsent(record: Pick<GroundsRecord, 'purpose'>): GroundsRefusal | null {
  return record.purpose === 'consent' ? 'purpose-consent' : null;
}
