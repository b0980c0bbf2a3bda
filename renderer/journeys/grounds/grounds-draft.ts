import type {
  GroundsRecord,
  OFFENCE_CATEGORIES,
  OFFENCE_STAGES,
  PURPOSES,
} from '../../../electron/contract/grounds.ts';
import { latestMomentAt } from '../../station/moments.ts';

export type Purpose = (typeof PURPOSES)[number];
export type OffenceStage = (typeof OFFENCE_STAGES)[number];
export type OffenceCategory = (typeof OFFENCE_CATEGORIES)[number];
export type YesOrNo = 'yes' | 'no';

/** What the officer has answered so far. Null and empty mean: not yet. It lives in the page's memory and nowhere else. */
export interface GroundsDraft {
  purpose: Purpose | null;
  hasCustodyRecord: YesOrNo | null;
  custodyRecordNumber: string;
  powerHolderName: string;
  collarNumber: string;
  ageBand: GroundsRecord['ageBand'] | null;
  isVulnerable: YesOrNo | null;
  isAdultPresent: YesOrNo | null;
  adultName: string;
  /** Clock time `HH:MM` since which the appropriate adult has been present. */
  adultSince: string;
  wasArrested: YesOrNo | null;
  livescan: 'livescan' | 'go-on' | null;
  whyNotLiveScan: string;
  offenceStage: OffenceStage | 'none' | null;
  offenceCategory: OffenceCategory | null;
  offence: string;
  whySuspected: string;
  nameCondition: 'name-unknown' | 'name-doubted' | 'neither' | null;
  whatWasTried: string;
  whyDoubted: string;
  hadOpportunity: YesOrNo | null;
  documents: 'none-produced' | 'produced' | null;
  documentsWhat: string;
  documentsWhyNotSettled: string;
  force: 'none' | 'used' | null;
  forceByWhom: string;
  forceWhy: string;
  forceWhoWasPresent: string;
}

/** A draft in which nothing is answered. */
export function emptyDraft(): GroundsDraft {
  return {
    purpose: null,
    hasCustodyRecord: null,
    custodyRecordNumber: '',
    powerHolderName: '',
    collarNumber: '',
    ageBand: null,
    isVulnerable: null,
    isAdultPresent: null,
    adultName: '',
    adultSince: '',
    wasArrested: null,
    livescan: null,
    whyNotLiveScan: '',
    offenceStage: null,
    offenceCategory: null,
    offence: '',
    whySuspected: '',
    nameCondition: null,
    whatWasTried: '',
    whyDoubted: '',
    hadOpportunity: null,
    documents: null,
    documentsWhat: '',
    documentsWhyNotSettled: '',
    force: null,
    forceByWhom: '',
    forceWhy: '',
    forceWhoWasPresent: '',
  };
}

/** Whether the appropriate adult has to be asked about: the person is under 18 or vulnerable. */
export function needsAppropriateAdult(draft: GroundsDraft): boolean {
  return draft.ageBand === 'eleven-to-seventeen' || draft.isVulnerable === 'yes';
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
  if (draft.purpose === null || draft.ageBand === null) return null;
  const whyNotLiveScan = draft.livescan === 'go-on' ? draft.whyNotLiveScan.trim() : null;
  return {
    purpose: draft.purpose,
    custodyRecordNumber: draft.hasCustodyRecord === 'yes' ? draft.custodyRecordNumber.trim() : null,
    powerHolder: { name: draft.powerHolderName.trim(), collarNumber: draft.collarNumber.trim() },
    ageBand: draft.ageBand,
    isVulnerable: draft.isVulnerable === 'yes',
    appropriateAdult: adultOf(draft, now),
    recordableArrest:
      draft.wasArrested === 'yes' ? { kind: 'arrested', whyNotLiveScan } : { kind: 'not-arrested-for-one' },
    suspicion: suspicionOf(draft),
    nameCondition: nameConditionOf(draft),
    hadOpportunityToEstablishName: draft.hadOpportunity === 'yes',
    documents: documentsOf(draft),
    force: forceOf(draft),
  };
}
