import type { GroundsRecord } from '../../../electron/contract/grounds.ts';

/** A record that every rule lets pass, with the fields changed that a test is about. */
export function recordWith(changed: Partial<GroundsRecord> = {}): GroundsRecord {
  return {
    purpose: 'find-out-who-it-is',
    custodyRecordNumber: null,
    powerHolder: { name: 'PC Example', collarNumber: 'PX123' },
    ageBand: 'adult',
    isVulnerable: false,
    appropriateAdult: null,
    recordableArrest: { kind: 'not-arrested-for-one' },
    suspicion: {
      offenceStage: 'has-committed',
      offenceCategory: 'theft-burglary-robbery',
      offence: 'theft from a shop',
      whySuspected: 'seen leaving with unpaid goods',
    },
    nameCondition: { kind: 'name-unknown', whatWasTried: 'asked three times, no answer' },
    hadOpportunityToEstablishName: true,
    documents: { kind: 'none-produced' },
    interpreter: { kind: 'none' },
    force: { kind: 'none' },
    ...changed,
  };
}

export const ADULT_PRESENT = { name: 'A. Parent', presentSince: '2026-11-22T10:00:00.000Z' };
