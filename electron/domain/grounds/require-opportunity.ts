import type { GroundsRecord, GroundsRefusal } from '../../contract/grounds.ts';

/**
 * Code D (in force since 20 December 2023, wording [K]): the person is given a reasonable opportunity to establish the
 * real name before prints are taken.
 */
export function requireOpportunity(record: GroundsRecord): GroundsRefusal | null {
  return record.hadOpportunityToEstablishName ? null : 'no-opportunity-given';
}
