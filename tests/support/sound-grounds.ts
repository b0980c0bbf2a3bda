import type { GroundsRecord } from '../../electron/contract/grounds.ts';

/** A complete, lawful record of grounds under (6B)(a); a test alters the one field that it is about. */
export function soundGrounds(changes: Partial<GroundsRecord> = {}): GroundsRecord {
  return {
    purpose: 'find-out-who-it-is',
    custodyRecordNumber: 'CR/0042/26',
    powerHolder: { name: 'PC Sam Archer', collarNumber: 'PC 4217' },
    ageBand: 'adult',
    isVulnerable: false,
    appropriateAdult: null,
    recordableArrest: { kind: 'not-arrested-for-one' },
    suspicion: {
      offenceStage: 'has-committed',
      offenceCategory: 'theft-burglary-robbery',
      offence: 'theft from a shop',
      whySuspected: 'the shop assistant pointed the person out and the goods were in the bag',
    },
    nameCondition: { kind: 'name-unknown', whatWasTried: 'asked three times, and asked the people nearby' },
    hadOpportunityToEstablishName: true,
    documents: { kind: 'none-produced' },
    interpreter: { kind: 'none' },
    force: { kind: 'none' },
    ...changes,
  };
}
