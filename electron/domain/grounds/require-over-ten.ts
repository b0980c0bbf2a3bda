import type { GroundsRecord, GroundsRefusal } from '../../contract/grounds.ts';

/** Code D [K]: the powers apply to persons over 10. A person of ten or under is refused. */
export function requireOverTen(record: Pick<GroundsRecord, 'ageBand'>): GroundsRefusal | null {
  return record.ageBand === 'ten-or-under' ? 'age-ten-or-under' : null;
}
