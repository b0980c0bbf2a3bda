import type { GroundsDraft, GroundsQuestionName } from '../../../electron/contract/grounds-draft.ts';
import { latestMomentAt } from '../../station/moments.ts';
import type { Problem } from '../../station/use-request.ts';
import { needsAppropriateAdult } from './grounds-draft.ts';

/** Says a problem of a field by its message key. */
type Say = (fieldId: string, key: string) => Problem;

/** One question of the grounds: a page of its own. */
export interface GroundsQuestion {
  readonly name: GroundsQuestionName;
  /** Where its words stand under `grounds` in the locales. */
  readonly words: string;
  /** Whether the answers so far make this question one to ask. */
  applies(draft: GroundsDraft): boolean;
  /** What is missing on its page. */
  problems(draft: GroundsDraft, say: Say, now: Date): readonly Problem[];
  /** Fields of a page that has nothing to choose: the focus begins in the first of them that is empty. */
  readonly fields?: readonly (readonly [fieldId: string, key: keyof GroundsDraft])[];
}

const always = (): boolean => true;
const isEmpty = (text: string): boolean => text.trim() === '';
const hasSuspicion = (draft: GroundsDraft): boolean => draft.offenceStage !== 'none';

/** A rule of one field: its id, whether it is missing, and the sentence. */
function missing(say: Say, rules: readonly (readonly [fieldId: string, isMissing: boolean, key: string])[]): Problem[] {
  return rules.filter(([, isMissing]) => isMissing).map(([fieldId, , key]) => say(fieldId, `grounds.missing.${key}`));
}

/** Every question in the order in which it is asked. */
export const GROUNDS_QUESTIONS: readonly GroundsQuestion[] = [
  {
    name: 'purpose',
    words: 'purpose',
    applies: always,
    problems: (draft, say) => missing(say, [['purpose', draft.purpose === null, 'choice']]),
  },
  {
    name: 'custody-record',
    words: 'custodyRecord',
    applies: always,
    fields: [['custody-record-number', 'custodyRecordNumber']],
    problems: (draft, say) =>
      missing(say, [
        [
          'custody-record-number',
          !draft.hasNoCustodyRecord && isEmpty(draft.custodyRecordNumber),
          'custodyRecordNumber',
        ],
      ]),
  },
  {
    name: 'power-holder',
    words: 'powerHolder',
    applies: always,
    fields: [
      ['power-holder', 'powerHolderName'],
      ['collar-number', 'collarNumber'],
    ],
    problems: (draft, say) =>
      missing(say, [
        ['power-holder', isEmpty(draft.powerHolderName), 'powerHolder'],
        ['collar-number', isEmpty(draft.collarNumber), 'collarNumber'],
      ]),
  },
  {
    name: 'person',
    words: 'person',
    applies: always,
    problems: (draft, say) => missing(say, [['person', draft.person === null, 'choice']]),
  },
  {
    name: 'appropriate-adult',
    words: 'appropriateAdult',
    applies: needsAppropriateAdult,
    problems: (draft, say, now) => {
      const isPresent = draft.isAdultPresent === 'yes';
      return missing(say, [
        ['appropriate-adult', draft.isAdultPresent === null, 'choice'],
        ['adult-name', isPresent && isEmpty(draft.adultName), 'adultName'],
        ['adult-since', isPresent && latestMomentAt(draft.adultSince, now) === null, 'adultSince'],
      ]);
    },
  },
  {
    name: 'arrest',
    words: 'arrest',
    applies: always,
    problems: (draft, say) => missing(say, [['arrest', draft.recordableArrest === null, 'choice']]),
  },
  {
    name: 'livescan',
    words: 'livescan',
    applies: (draft) => draft.recordableArrest === 'yes',
    problems: (draft, say) =>
      missing(say, [
        ['livescan', draft.livescan === null, 'choice'],
        ['why-not-livescan', draft.livescan === 'go-on' && isEmpty(draft.whyNotLiveScan), 'whyNotLiveScan'],
      ]),
  },
  {
    name: 'offence-stage',
    words: 'offenceStage',
    applies: always,
    problems: (draft, say) => missing(say, [['offence-stage', draft.offenceStage === null, 'choice']]),
  },
  {
    name: 'offence-category',
    words: 'offenceCategory',
    applies: hasSuspicion,
    problems: (draft, say) => missing(say, [['offence-category', draft.offenceCategory === null, 'choice']]),
  },
  {
    name: 'offence',
    words: 'offence',
    applies: hasSuspicion,
    fields: [
      ['offence', 'offence'],
      ['why-suspected', 'whySuspected'],
    ],
    problems: (draft, say) =>
      missing(say, [
        ['offence', isEmpty(draft.offence), 'offence'],
        ['why-suspected', isEmpty(draft.whySuspected), 'whySuspected'],
      ]),
  },
  {
    name: 'name',
    words: 'name',
    applies: always,
    problems: (draft, say) =>
      missing(say, [
        ['name', draft.nameCondition === null, 'choice'],
        ['what-was-tried', draft.nameCondition === 'name-unknown' && isEmpty(draft.whatWasTried), 'whatWasTried'],
        ['why-doubted', draft.nameCondition === 'name-doubted' && isEmpty(draft.whyDoubted), 'whyDoubted'],
      ]),
  },
  {
    name: 'documents',
    words: 'documents',
    applies: always,
    problems: (draft, say) => {
      const wereProduced = draft.documents === 'produced';
      return missing(say, [
        ['documents', draft.documents === null, 'choice'],
        ['documents-what', wereProduced && isEmpty(draft.documentsWhat), 'documentsWhat'],
        ['documents-why', wereProduced && isEmpty(draft.documentsWhyNotSettled), 'documentsWhy'],
      ]);
    },
  },
  {
    name: 'interpreter',
    words: 'interpreter',
    applies: always,
    problems: (draft, say) => {
      const isUsed = draft.interpreter === 'used';
      return missing(say, [
        ['interpreter', draft.interpreter === null, 'choice'],
        ['interpreter-language', isUsed && isEmpty(draft.interpreterLanguage), 'interpreterLanguage'],
        ['interpreter-name', isUsed && isEmpty(draft.interpreterName), 'interpreterName'],
      ]);
    },
  },
  {
    name: 'force',
    words: 'force',
    applies: always,
    problems: (draft, say) => {
      const wasUsed = draft.force === 'used';
      return missing(say, [
        ['force', draft.force === null, 'choice'],
        ['force-by', wasUsed && isEmpty(draft.forceByWhom), 'forceBy'],
        ['force-why', wasUsed && isEmpty(draft.forceWhy), 'forceWhy'],
        ['force-present', wasUsed && isEmpty(draft.forceWhoWasPresent), 'forcePresent'],
      ]);
    },
  },
];

/** The questions that the answers so far make ones to ask, in order. */
export function questionsFor(draft: GroundsDraft): readonly GroundsQuestion[] {
  return GROUNDS_QUESTIONS.filter((question) => question.applies(draft));
}

/** The path of a question's page. */
export function questionPath(name: string): string {
  return `/check/grounds/${name}`;
}

/** The path that follows a question: the next one to ask, or the list of answers. */
export function pathAfter(name: string, draft: GroundsDraft): string {
  const questions = questionsFor(draft);
  const next = questions[questions.findIndex((question) => question.name === name) + 1];
  return next === undefined ? '/check/grounds/answers' : questionPath(next.name);
}

/** The path that lies before a question: the one asked before it, or the home page. */
export function pathBefore(name: string, draft: GroundsDraft): string {
  const questions = questionsFor(draft);
  const before = questions[questions.findIndex((question) => question.name === name) - 1];
  return before === undefined ? '/' : questionPath(before.name);
}

/** The field in which the focus begins on a question's page: its first empty one, or null where there is none. */
export function firstEmptyField(question: GroundsQuestion, draft: GroundsDraft): string | null {
  return question.fields?.find(([, key]) => draft[key] === '')?.[0] ?? null;
}

/** The first question that still lacks an answer, or null when every one has been answered. */
export function firstUnanswered(draft: GroundsDraft, now: Date): GroundsQuestionName | null {
  const say: Say = (fieldId, key) => ({ fieldId, message: key });
  return questionsFor(draft).find((question) => question.problems(draft, say, now).length > 0)?.name ?? null;
}
