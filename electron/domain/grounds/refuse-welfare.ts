import type { GroundsRecord, GroundsRefusal } from '../../contract/grounds.ts';

/** The welfare of an unconscious person is no suspicion of an offence, s61(6A)(a) PACE 1984: not a ground. [K] */
export function refuseWelfare(record: Pick<GroundsRecord, 'purpose'>): GroundsRefusal | null {
  return record.purpose === 'welfare-unconscious' ? 'purpose-welfare' : null;
}
