import type { GroundsRecord } from '../../../electron/contract/grounds.ts';
import type { GroundsDraft } from '../../../electron/contract/grounds-draft.ts';
import { latestMomentAt } from '../../station/moments.ts';

/** A draft in which nothing is answered: no question of law begins with an answer. */
export function emptyDraft(): GroundsDraft {
  return {
    purpose: null,
    custodyRecordNumber: '',
    hasNoCustodyRecord: false,
    powerHolderName: '',
    collarNumber: '',
    person: null,
    isAdultPresent: null,
    adultName: '',
    adultSince: '',
    recordableArrest: null,
    livescan: null,
    whyNotLiveScan: '',
    offenceStage: null,
    offenceCategory: null,
    offence: '',
    whySuspected: '',
    nameCondition: null,
    whatWasTried: '',
    whyDoubted: '',
    documents: null,
    documentsWhat: '',
    documentsWhyNotSettled: '',
    interpreter: null,
    interpreterLanguage: '',
    interpreterName: '',
    force: null,
    forceByWhom: '',
    forceWhy: '',
    forceWhoWasPresent: '',
  };
}

/** Whether the appropriate adult has to be asked about: the person is under 18 or vulnerable. A child of ten is refused. */
export function needsAppropriateAdult({ person }: GroundsDraft): boolean {
  return person !== null && person !== 'adult' && person !== 'ten-or-under';
}

function ageBandOf(person: NonNullable<GroundsDraft['person']>): GroundsRecord['ageBand'] {
  switch (person) {
    case 'adult':
    case 'vulnerable-adult':
      return 'adult';
    case 'eleven-to-seventeen':
    case 'vulnerable-eleven-to-seventeen':
      return 'eleven-to-seventeen';
    case 'ten-or-under':
      return 'ten-or-under';
  }
}

function nameConditionOf(draft: GroundsDraft): GroundsRecord['nameCondition'] {
  switch (draft.nameCondition) {
    case 'name-unknown':
      return { kind: 'name-unknown', whatWasTried: draft.whatWasTried.trim() };
    case 'name-doubted':
      return { kind: 'name-doubted', whyDoubted: draft.whyDoubted.trim() };
    case 'neither':
    case null:
      return null;
  }
}

function suspicionOf(draft: GroundsDraft): GroundsRecord['suspicion'] {
  if (draft.offenceStage === null || draft.offenceStage === 'none' || draft.offenceCategory === null) return null;
  return {
    offenceStage: draft.offenceStage,
    offenceCategory: draft.offenceCategory,
    offence: draft.offence.trim(),
    whySuspected: draft.whySuspected.trim(),
  };
}

function adultOf(draft: GroundsDraft, now: Date): GroundsRecord['appropriateAdult'] {
  const presentSince = latestMomentAt(draft.adultSince, now);
  if (!needsAppropriateAdult(draft) || draft.isAdultPresent !== 'yes' || presentSince === null) return null;
  return { name: draft.adultName.trim(), presentSince };
}

function documentsOf(draft: GroundsDraft): GroundsRecord['documents'] {
  if (draft.documents !== 'produced') return { kind: 'none-produced' };
  return { kind: 'produced', what: draft.documentsWhat.trim(), whyNotSettled: draft.documentsWhyNotSettled.trim() };
}

function interpreterOf(draft: GroundsDraft): GroundsRecord['interpreter'] {
  if (draft.interpreter !== 'used') return { kind: 'none' };
  return { kind: 'used', language: draft.interpreterLanguage.trim(), byWhom: draft.interpreterName.trim() };
}

function forceOf(draft: GroundsDraft): GroundsRecord['force'] {
  if (draft.force !== 'used') return { kind: 'none' };
  return {
    kind: 'used',
    byWhom: draft.forceByWhom.trim(),
    why: draft.forceWhy.trim(),
    whoWasPresent: draft.forceWhoWasPresent.trim(),
  };
}

/** The record that the station assesses, from a draft whose every question was answered; null while one was not. */
export function toGroundsRecord(draft: GroundsDraft, now: Date): GroundsRecord | null {
  if (draft.purpose === null || draft.person === null) return null;
  const whyNotLiveScan = draft.livescan === 'go-on' ? draft.whyNotLiveScan.trim() : null;
  return {
    purpose: draft.purpose,
    custodyRecordNumber: draft.hasNoCustodyRecord ? null : draft.custodyRecordNumber.trim(),
    powerHolder: { name: draft.powerHolderName.trim(), collarNumber: draft.collarNumber.trim() },
    ageBand: ageBandOf(draft.person),
    isVulnerable: draft.person === 'vulnerable-adult' || draft.person === 'vulnerable-eleven-to-seventeen',
    appropriateAdult: adultOf(draft, now),
    recordableArrest:
      draft.recordableArrest === 'yes' ? { kind: 'arrested', whyNotLiveScan } : { kind: 'not-arrested-for-one' },
    suspicion: suspicionOf(draft),
    nameCondition: nameConditionOf(draft),
    hadOpportunityToEstablishName: draft.documents === 'none-produced' || draft.documents === 'produced',
    documents: documentsOf(draft),
    interpreter: interpreterOf(draft),
    force: forceOf(draft),
  };
}
