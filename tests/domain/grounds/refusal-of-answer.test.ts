import { expect, test } from 'vitest';
import { GROUNDS_QUESTIONS, PERSONS, type GroundsDraft } from '../../../electron/contract/grounds-draft.ts';
import { OFFENCE_STAGES, PURPOSES } from '../../../electron/contract/grounds.ts';
import { assessGrounds } from '../../../electron/domain/grounds/assess-grounds.ts';
import { refusalOfAnswer } from '../../../electron/domain/grounds/refusal-of-answer.ts';
import { blankDraft } from '../../support/blank-draft.ts';
import { ADULT_PRESENT, recordWith } from './a-sufficient-record.ts';

test.each(PURPOSES)(
  'the purpose %s is refused at once exactly when the whole record would be refused for it',
  (purpose) => {
    const atOnce = refusalOfAnswer(blankDraft({ purpose }), 'purpose');
    const inTheEnd = assessGrounds(recordWith({ purpose }));

    expect(atOnce).toEqual(inTheEnd.kind === 'sufficient' ? null : inTheEnd);
  },
);

test.each([
  [
    'person',
    { person: 'ten-or-under' as const },
    recordWith({ ageBand: 'ten-or-under', appropriateAdult: ADULT_PRESENT }),
  ],
  ['appropriate-adult', { isAdultPresent: 'no' as const }, recordWith({ isVulnerable: true })],
  ['offence-stage', { offenceStage: 'none' as const }, recordWith({ suspicion: null })],
  ['name', { nameCondition: 'neither' as const }, recordWith({ nameCondition: null })],
  ['documents', { documents: 'no-chance-yet' as const }, recordWith({ hadOpportunityToEstablishName: false })],
  [
    'livescan',
    { livescan: 'livescan' as const },
    recordWith({ recordableArrest: { kind: 'arrested', whyNotLiveScan: null } }),
  ],
] as const)(
  'the answer to %s that rules the power out is told as the whole record would be',
  (question, given, record) => {
    expect(refusalOfAnswer(blankDraft(given), question)).toEqual(assessGrounds(record));
  },
);

const HARMLESS: readonly Partial<GroundsDraft>[] = [
  {},
  ...PERSONS.filter((person) => person !== 'ten-or-under').map((person) => ({ person })),
  ...OFFENCE_STAGES.map((offenceStage) => ({ offenceStage })),
  { isAdultPresent: 'yes', livescan: 'go-on', nameCondition: 'name-doubted', documents: 'produced', force: 'used' },
];

test.each(HARMLESS)('an answer that rules nothing out is refused by no question: %o', (given) => {
  const refused = GROUNDS_QUESTIONS.filter((question) => refusalOfAnswer(blankDraft(given), question) !== null);

  expect(refused).toEqual([]);
});
