import type { GroundsRecord, GroundsRefusal } from '../../contract/grounds.ts';
import { isStated } from './is-stated.ts';

/**
 * Code D 2.15 [T, 2017 text]: a juvenile or a vulnerable person is dealt with in the presence of the appropriate adult.
 * A person of ten or under is a juvenile too, so both refusals are told.
 */
export function requireAppropriateAdult(record: GroundsRecord): GroundsRefusal | null {
  const needsOne = record.ageBand !== 'adult' || record.isVulnerable;
  const isPresent = record.appropriateAdult !== null && isStated(record.appropriateAdult.name);
  return needsOne && !isPresent ? 'no-appropriate-adult' : null;
}
