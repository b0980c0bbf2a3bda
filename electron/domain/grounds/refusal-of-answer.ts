import type { GroundsAssessment, GroundsRecord, GroundsRefusal } from '../../contract/grounds.ts';
import type { GroundsDraft, GroundsQuestionName } from '../../contract/grounds-draft.ts';
import { refuseBreachOfBail } from './refuse-breach-of-bail.ts';
import { refuseConsent } from './refuse-consent.ts';
import { refuseImmigrationStatus } from './refuse-immigration-status.ts';
import { refuseVictimOrWitness } from './refuse-victim-or-witness.ts';
import { refuseWelfare } from './refuse-welfare.ts';

type AgainstThePower = Exclude<GroundsAssessment, { kind: 'sufficient' }>;

const WRONG_PURPOSES: readonly ((record: Pick<GroundsRecord, 'purpose'>) => GroundsRefusal | null)[] = [
  refuseBreachOfBail,
  refuseImmigrationStatus,
  refuseVictimOrWitness,
  refuseWelfare,
  refuseConsent,
];

function refusalOfPurpose(purpose: GroundsDraft['purpose']): GroundsRefusal | null {
  if (purpose === null) return null;
  return WRONG_PURPOSES.map((rule) => rule({ purpose })).find((refusal) => refusal !== null) ?? null;
}

function refusalOf(draft: GroundsDraft, question: GroundsQuestionName): GroundsRefusal | null {
  switch (question) {
    case 'purpose':
      return refusalOfPurpose(draft.purpose);
    case 'person':
      return draft.person === 'ten-or-under' ? 'age-ten-or-under' : null;
    case 'appropriate-adult':
      return draft.isAdultPresent === 'no' ? 'no-appropriate-adult' : null;
    case 'offence-stage':
      return draft.offenceStage === 'none' ? 'no-suspicion' : null;
    case 'name':
      return draft.nameCondition === 'neither' ? 'no-name-condition' : null;
    case 'documents':
      return draft.documents === 'no-chance-yet' ? 'no-opportunity-given' : null;
    default:
      return null;
  }
}

/**
 * What one answer alone decides against the use of s61(6A) PACE 1984, or null when it decides nothing. It hastens what
 * `assessGrounds` would say of the whole record and never says more: an answer that passes here is still assessed there.
 */
export function refusalOfAnswer(draft: GroundsDraft, question: GroundsQuestionName): AgainstThePower | null {
  if (question === 'livescan' && draft.livescan === 'livescan') return { kind: 'diverted', to: 'livescan' };
  const refusal = refusalOf(draft, question);
  return refusal === null ? null : { kind: 'refused', refusals: [refusal] };
}
