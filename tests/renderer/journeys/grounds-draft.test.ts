import { describe, expect, test } from 'vitest';
import type { GroundsDraft } from '../../../electron/contract/grounds-draft.ts';
import { groundsRecord } from '../../../electron/contract/grounds.ts';
import { emptyDraft, toGroundsRecord } from '../../../renderer/journeys/grounds/grounds-draft.ts';
import {
  firstUnanswered,
  pathAfter,
  pathBefore,
  questionsFor,
} from '../../../renderer/journeys/grounds/grounds-questions.ts';

const NOW = new Date('2026-11-19T14:45:00.000Z');

function answered(changes: Partial<GroundsDraft> = {}): GroundsDraft {
  return {
    ...emptyDraft(),
    purpose: 'find-out-who-it-is',
    hasNoCustodyRecord: true,
    powerHolderName: 'PC Sam Archer',
    collarNumber: 'PC 4217',
    person: 'adult',
    recordableArrest: 'no',
    offenceStage: 'has-committed',
    offenceCategory: 'drugs',
    offence: 'supply of drugs',
    whySuspected: 'seen handing over wraps',
    nameCondition: 'name-unknown',
    whatWasTried: 'asked twice',
    documents: 'none-produced',
    interpreter: 'none',
    force: 'none',
    ...changes,
  };
}

const names = (draft: GroundsDraft): readonly string[] => questionsFor(draft).map(({ name }) => name);

test('a draft whose questions are all answered becomes a record that the contract accepts', () => {
  const draft = answered();
  expect(firstUnanswered(draft, NOW)).toBeNull();
  expect(groundsRecord.safeParse(toGroundsRecord(draft, NOW)).success).toBe(true);
});

test.each([
  ['purpose', { purpose: null }],
  ['custody-record', { hasNoCustodyRecord: false, custodyRecordNumber: '  ' }],
  ['power-holder', { collarNumber: '' }],
  ['person', { person: null }],
  ['appropriate-adult', { person: 'vulnerable-adult' as const, isAdultPresent: 'yes' as const, adultName: 'A' }],
  ['arrest', { recordableArrest: null }],
  ['livescan', { recordableArrest: 'yes' as const, livescan: 'go-on' as const }],
  ['offence-stage', { offenceStage: null }],
  ['offence-category', { offenceCategory: null }],
  ['offence', { whySuspected: '' }],
  ['name', { nameCondition: 'name-doubted' as const }],
  ['documents', { documents: 'produced' as const, documentsWhat: 'a letter' }],
  ['interpreter', { interpreter: 'used' as const, interpreterLanguage: 'Polish' }],
  ['force', { force: 'used' as const, forceByWhom: 'PC Sam Archer', forceWhy: 'resisted' }],
])('the question %s is asked again while its answer is missing', (name, changes) => {
  expect(firstUnanswered(answered(changes), NOW)).toBe(name);
});

describe('which questions are asked', () => {
  test('an adult who is not vulnerable is not asked about an appropriate adult', () => {
    expect(names(answered())).not.toContain('appropriate-adult');
    expect(names(answered({ person: 'eleven-to-seventeen' }))).toContain('appropriate-adult');
    expect(names(answered({ person: 'vulnerable-adult' }))).toContain('appropriate-adult');
  });

  test('LiveScan is asked about only after an arrest for a recordable offence', () => {
    expect(names(answered())).not.toContain('livescan');
    expect(names(answered({ recordableArrest: 'yes' }))).toContain('livescan');
  });

  test('without a suspicion there is no question about the offence', () => {
    expect(names(answered({ offenceStage: 'none' }))).not.toContain('offence');
  });

  test('forward and back walk the same questions', () => {
    const draft = answered({ person: 'vulnerable-adult', recordableArrest: 'yes' });
    const walked = names(draft);
    walked.slice(1).forEach((name, index) => {
      expect(pathBefore(name, draft)).toBe(`/check/grounds/${walked[index]}`);
      expect(pathAfter(walked[index] ?? '', draft)).toBe(`/check/grounds/${name}`);
    });
    expect(pathBefore('purpose', draft)).toBe('/');
    expect(pathAfter('force', draft)).toBe('/check/grounds/answers');
  });
});

describe('what the record leaves out', () => {
  test('an answer that another answer has made void is not sent', () => {
    const record = toGroundsRecord(
      answered({
        custodyRecordNumber: 'CR/1',
        interpreterLanguage: 'Polish',
        isAdultPresent: 'yes',
        adultName: 'Robin Hale',
        adultSince: '14:20',
        whyNotLiveScan: 'out of order',
        livescan: 'go-on',
        whyDoubted: 'a film star',
        documentsWhat: 'a letter',
        forceWhy: 'resisted',
      }),
      NOW,
    );
    expect(record).toMatchObject({
      custodyRecordNumber: null,
      appropriateAdult: null,
      recordableArrest: { kind: 'not-arrested-for-one' },
      nameCondition: { kind: 'name-unknown', whatWasTried: 'asked twice' },
      documents: { kind: 'none-produced' },
      interpreter: { kind: 'none' },
      force: { kind: 'none' },
    });
  });

  test('a name that is known and not doubted is stated as no condition, for the station to refuse', () => {
    expect(toGroundsRecord(answered({ nameCondition: 'neither' }), NOW)?.nameCondition).toBeNull();
    expect(toGroundsRecord(answered({ offenceStage: 'none' }), NOW)?.suspicion).toBeNull();
  });

  test('the appropriate adult who came at 14:20 has been present since 14:20 of this day', () => {
    const record = toGroundsRecord(
      answered({ person: 'vulnerable-adult', isAdultPresent: 'yes', adultName: ' Robin Hale ', adultSince: '1420' }),
      NOW,
    );
    expect(record?.appropriateAdult).toEqual({ name: 'Robin Hale', presentSince: '2026-11-19T14:20:00.000Z' });
  });
});

describe('age and vulnerability are one answer and two facts', () => {
  test.each([
    ['adult', 'adult', false],
    ['vulnerable-adult', 'adult', true],
    ['eleven-to-seventeen', 'eleven-to-seventeen', false],
    ['vulnerable-eleven-to-seventeen', 'eleven-to-seventeen', true],
    ['ten-or-under', 'ten-or-under', false],
  ] as const)('%s', (person, ageBand, isVulnerable) => {
    expect(toGroundsRecord(answered({ person }), NOW)).toMatchObject({ ageBand, isVulnerable });
  });
});

test('a chance that was not given is told as not given, whatever was shown', () => {
  const record = toGroundsRecord(answered({ documents: 'no-chance-yet' }), NOW);
  expect(record).toMatchObject({ hadOpportunityToEstablishName: false, documents: { kind: 'none-produced' } });
});
