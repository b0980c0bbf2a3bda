import type { GroundsDraft } from '../../electron/contract/grounds-draft.ts';

/** Answers to no question, but for what a test gives. */
export function blankDraft(given: Partial<GroundsDraft> = {}): GroundsDraft {
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
    ...given,
  };
}
