import type { GroundsAssessment, GroundsRecord, GroundsRefusal } from '../../contract/grounds.ts';
import { isLiveScanTheWay } from './is-livescan-the-way.ts';
import { isNameUnknown } from './is-name-unknown.ts';
import { refuseBreachOfBail } from './refuse-breach-of-bail.ts';
import { refuseConsent } from './refuse-consent.ts';
import { refuseImmigrationStatus } from './refuse-immigration-status.ts';
import { refuseVictimOrWitness } from './refuse-victim-or-witness.ts';
import { refuseWelfare } from './refuse-welfare.ts';
import { requireAppropriateAdult } from './require-appropriate-adult.ts';
import { requireNameCondition } from './require-name-condition.ts';
import { requireOpportunity } from './require-opportunity.ts';
import { requireOverTen } from './require-over-ten.ts';
import { requireSuspicion } from './require-suspicion.ts';

/** Every rule that can refuse a record, in the order in which the officer reads the reasons. */
const RULES: readonly ((record: GroundsRecord) => GroundsRefusal | null)[] = [
  refuseBreachOfBail,
  refuseImmigrationStatus,
  refuseVictimOrWitness,
  refuseWelfare,
  refuseConsent,
  requireOverTen,
  requireSuspicion,
  requireNameCondition,
  requireOpportunity,
  requireAppropriateAdult,
];

/**
 * Says whether a record of grounds suffices for one use of s61(6A) PACE 1984. All refusals are collected, so that the
 * officer reads every reason at once; a diversion to LiveScan is told only when nothing is refused.
 */
export function assessGrounds(record: GroundsRecord): GroundsAssessment {
  const refusals = RULES.map((rule) => rule(record)).filter((refusal) => refusal !== null);
  if (refusals.length > 0) return { kind: 'refused', refusals };
  if (isLiveScanTheWay(record)) return { kind: 'diverted', to: 'livescan' };
  return { kind: 'sufficient', ground: isNameUnknown(record) ? '6B(a)' : '6B(b)' };
}
