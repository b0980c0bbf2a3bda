import { describe, expect, test } from 'vitest';
import {
  groundsAssessment,
  groundsRecord,
  GROUNDS_REFUSALS,
  OFFENCE_STAGES,
  type GroundsRecord,
  type GroundsRefusal,
} from '../../../electron/contract/grounds.ts';
import { assessGrounds } from '../../../electron/domain/grounds/assess-grounds.ts';
import { ADULT_PRESENT, recordWith } from './a-sufficient-record.ts';

const REASONED = recordWith().suspicion;
const BLANK = ' \t\n';

describe('what is refused', () => {
  const refused: readonly (readonly [string, Partial<GroundsRecord>, GroundsRefusal])[] = [
    ['a breach of bail conditions is not a ground', { purpose: 'breach-of-bail' }, 'purpose-breach-of-bail'],
    ['immigration status alone is not a ground', { purpose: 'immigration-status' }, 'purpose-immigration-status'],
    ['a victim or witness is not printed', { purpose: 'victim-or-witness' }, 'purpose-victim-or-witness'],
    ['the welfare of an unconscious person is not a ground', { purpose: 'welfare-unconscious' }, 'purpose-welfare'],
    ['consent does not stand in for grounds', { purpose: 'consent' }, 'purpose-consent'],
    ['s61(6A)(a) is not met without a suspicion', { suspicion: null }, 'no-suspicion'],
    [
      's61(6A)(a) is not met when nothing is said of what the suspicion rests on',
      { suspicion: REASONED && { ...REASONED, whySuspected: BLANK } },
      'no-suspicion',
    ],
    [
      's61(6A)(a) is not met when no offence is named',
      { suspicion: REASONED && { ...REASONED, offence: BLANK } },
      'no-suspicion',
    ],
    ['s61(6B) is not met when the name is neither unknown nor doubted', { nameCondition: null }, 'no-name-condition'],
    [
      's61(6B)(a) is not met when nothing was tried to learn the name',
      { nameCondition: { kind: 'name-unknown', whatWasTried: BLANK } },
      'no-name-condition',
    ],
    [
      's61(6B)(b) is not met when no ground for the doubt is given',
      { nameCondition: { kind: 'name-doubted', whyDoubted: BLANK } },
      'no-name-condition',
    ],
    [
      's61(6B) is not met when a document was produced and nothing says why it does not settle the name',
      { documents: { kind: 'produced', what: 'driving licence', whyNotSettled: BLANK } },
      'no-name-condition',
    ],
    [
      'Code D: without a reasonable opportunity to establish the real name no prints are taken',
      { hadOpportunityToEstablishName: false },
      'no-opportunity-given',
    ],
    [
      'Code D: a person of ten or under is refused, whoever is present',
      { ageBand: 'ten-or-under', appropriateAdult: ADULT_PRESENT },
      'age-ten-or-under',
    ],
    [
      'Code D 2.15: a juvenile is not printed without the appropriate adult',
      { ageBand: 'eleven-to-seventeen' },
      'no-appropriate-adult',
    ],
    [
      'Code D 2.15: a vulnerable adult is not printed without the appropriate adult',
      { isVulnerable: true },
      'no-appropriate-adult',
    ],
    [
      'Code D 2.15: an appropriate adult without a name is none',
      { isVulnerable: true, appropriateAdult: { ...ADULT_PRESENT, name: BLANK } },
      'no-appropriate-adult',
    ],
  ];

  test.each(refused)('%s', (_rule, changed, refusal) => {
    expect(assessGrounds(recordWith(changed))).toEqual({ kind: 'refused', refusals: [refusal] });
  });

  test('every refusal of the contract is the outcome of at least one rule here', () => {
    expect(new Set(refused.map(([, , refusal]) => refusal))).toEqual(new Set(GROUNDS_REFUSALS));
  });

  test('all refusals are told at once, and none twice', () => {
    const record = recordWith({
      purpose: 'consent',
      ageBand: 'ten-or-under',
      suspicion: null,
      nameCondition: null,
      hadOpportunityToEstablishName: false,
      recordableArrest: { kind: 'arrested', whyNotLiveScan: null },
    });

    expect(assessGrounds(record)).toEqual({
      kind: 'refused',
      refusals: [
        'purpose-consent',
        'age-ten-or-under',
        'no-suspicion',
        'no-name-condition',
        'no-opportunity-given',
        'no-appropriate-adult',
      ],
    });
  });
});

describe('what is diverted', () => {
  test('s61(3): a person arrested for a recordable offence goes to LiveScan when no reason to go on is recorded', () => {
    const record = recordWith({ recordableArrest: { kind: 'arrested', whyNotLiveScan: null } });

    expect(assessGrounds(record)).toEqual({ kind: 'diverted', to: 'livescan' });
  });

  test('s61(3): a blank reason is no reason to go on', () => {
    const record = recordWith({ recordableArrest: { kind: 'arrested', whyNotLiveScan: BLANK } });

    expect(assessGrounds(record)).toEqual({ kind: 'diverted', to: 'livescan' });
  });

  test('s61(3): the officer goes on with a recorded reason', () => {
    const record = recordWith({ recordableArrest: { kind: 'arrested', whyNotLiveScan: 'LiveScan is out of order' } });

    expect(assessGrounds(record).kind).toBe('sufficient');
  });

  test('a refusal comes before the diversion', () => {
    const record = recordWith({ suspicion: null, recordableArrest: { kind: 'arrested', whyNotLiveScan: null } });

    expect(assessGrounds(record)).toEqual({ kind: 'refused', refusals: ['no-suspicion'] });
  });
});

describe('what suffices', () => {
  test('s61(6B)(a) is met when the detainee refuses to give any name', () => {
    expect(assessGrounds(recordWith())).toEqual({ kind: 'sufficient', ground: '6B(a)' });
  });

  test('s61(6B)(b) is met when there are reasonable grounds to doubt the name that was given', () => {
    const record = recordWith({
      nameCondition: { kind: 'name-doubted', whyDoubted: 'a friend called him by another name' },
    });

    expect(assessGrounds(record)).toEqual({ kind: 'sufficient', ground: '6B(b)' });
  });

  test.each(OFFENCE_STAGES)('s61(6A)(a) is met by a person who, it is suspected, %s an offence', (offenceStage) => {
    const record = recordWith({ suspicion: REASONED && { ...REASONED, offenceStage } });

    expect(assessGrounds(record).kind).toBe('sufficient');
  });

  test('a document that was produced and does not settle the name leaves the condition met', () => {
    const record = recordWith({
      documents: { kind: 'produced', what: 'bank card', whyNotSettled: 'the card is in another name' },
    });

    expect(assessGrounds(record).kind).toBe('sufficient');
  });

  test.each([
    ['a juvenile', { ageBand: 'eleven-to-seventeen' as const }],
    ['a vulnerable adult', { isVulnerable: true }],
  ])('Code D 2.15: %s is printed in the presence of the appropriate adult', (_who, changed) => {
    const record = recordWith({ ...changed, appropriateAdult: ADULT_PRESENT });

    expect(assessGrounds(record).kind).toBe('sufficient');
  });

  test('s117: reasonable force changes nothing in the grounds', () => {
    const record = recordWith({
      force: { kind: 'used', byWhom: 'PC Example', why: 'would not place the finger', whoWasPresent: 'Sgt Other' },
    });

    expect(assessGrounds(record).kind).toBe('sufficient');
  });
});

test('the record that these tests start from, and each kind of assessment, are of the contract', () => {
  expect(groundsRecord.safeParse(recordWith()).success).toBe(true);
  for (const record of [
    recordWith(),
    recordWith({ suspicion: null }),
    recordWith({ recordableArrest: { kind: 'arrested', whyNotLiveScan: null } }),
  ]) {
    expect(groundsAssessment.safeParse(assessGrounds(record)).success).toBe(true);
  }
});
