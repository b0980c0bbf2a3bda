import type { GroundsRecord } from '../../contract/grounds.ts';
import { isStated } from './is-stated.ts';

/**
 * PACE 1984 s61(3) [K]: a person arrested for a recordable offence is normally printed in full on LiveScan. The officer
 * goes on here only with a recorded reason.
 */
export function isLiveScanTheWay({ recordableArrest }: Pick<GroundsRecord, 'recordableArrest'>): boolean {
  return recordableArrest.kind === 'arrested' && !isStated(recordableArrest.whyNotLiveScan);
}
