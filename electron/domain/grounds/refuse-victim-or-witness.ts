import type { GroundsRecord, GroundsRefusal } from '../../contract/grounds.ts';

/** A victim or a witness is not the person whom s61(6A)(a) PACE 1984 suspects: not a ground. [K] */
export function refuseVictimOrWitness(record: Pick<GroundsRecord, 'purpose'>): GroundsRefusal | null {
  return record.purpose === 'victim-or-witness' ? 'purpose-victim-or-witness' : null;
}
