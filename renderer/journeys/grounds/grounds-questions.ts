import type { Component } from 'vue';
import { latestMomentAt } from '../../station/moments.ts';
import type { Problem } from '../../station/use-request.ts';
import { needsAppropriateAdult, type GroundsDraft } from './grounds-draft.ts';
import AgeQuestion from './questions/AgeQuestion.vue';
import AppropriateAdultQuestion from './questions/AppropriateAdultQuestion.vue';
import ArrestQuestion from './questions/ArrestQuestion.vue';
import CustodyRecordQuestion from './questions/CustodyRecordQuestion.vue';
import DocumentsQuestion from './questions/DocumentsQuestion.vue';
import ForceQuestion from './questions/ForceQuestion.vue';
import LiveScanQuestion from './questions/LiveScanQuestion.vue';
import NameQuestion from './questions/NameQuestion.vue';
import OffenceCategoryQuestion from './questions/OffenceCategoryQuestion.vue';
import OffenceQuestion from './questions/OffenceQuestion.vue';
import OffenceStageQuestion from './questions/OffenceStageQuestion.vue';
import OpportunityQuestion from './questions/OpportunityQuestion.vue';
import PowerHolderQuestion from './questions/PowerHolderQuestion.vue';
import PurposeQuestion from './questions/PurposeQuestion.vue';
import VulnerableQuestion from './questions/VulnerableQuestion.vue';

/** Says a problem of a field by its message key. */
type Say = (fieldId: string, key: string) => Problem;

/** One question of the grounds: a page of its own. */
export interface GroundsQuestion {
  readonly name: string;
  /** Where its words stand under `grounds` in the locales. */
  readonly words: string;
  readonly component: Component;
  /** Whether the answers so far make this question one to ask. */
  applies(draft: GroundsDraft): boolean;
  /** What is missing on its page. */
  problems(draft: GroundsDraft, say: Say, now: Date): readonly Problem[];
  /** The answer that leads to a page which says why it stops here, if this is one. */
  stop(draft: GroundsDraft): string | null;
}

const always = (): boolean => true;
const isEmpty = (text: string): boolean => text.trim() === '';
const hasSuspicion = (draft: GroundsDraft): boolean => draft.offenceStage !== 'none';
const hasWrongPurpose = (draft: GroundsDraft): boolean =>
  draft.purpose !== null && draft.purpose !== 'find-out-who-it-is';
const noStop = (): null => null;

/** A rule of one field: its id, whether it is missing, and the sentence. */
function missing(say: Say, rules: readonly (readonly [fieldId: string, isMissing: boolean, key: string])[]): Problem[] {
  return rules.filter(([, isMissing]) => isMissing).map(([fieldId, , key]) => say(fieldId, `grounds.missing.${key}`));
}

/** Every question in the order in which it is asked. */
export const GROUNDS_QUESTIONS: readonly GroundsQuestion[] = [
  {
    name: 'purpose',
    words: 'purpose',
    component: PurposeQuestion,
    applies: always,
    problems: (draft, say) => missing(say, [['purpose', draft.purpose === null, 'choice']]),
    stop: (draft) => (hasWrongPurpose(draft) ? `purpose-${draft.purpose}` : null),
  },
  {
    name: 'custody-record',
    words: 'custodyRecord',
    component: CustodyRecordQuestion,
    applies: always,
    problems: (draft, say) =>
      missing(say, [
        ['custody-record', draft.hasCustodyRecord === null, 'choice'],
        [
          'custody-record-number',
          draft.hasCustodyRecord === 'yes' && isEmpty(draft.custodyRecordNumber),
          'custodyRecordNumber',
        ],
      ]),
    stop: noStop,
  },
  {
    name: 'power-holder',
    words: 'powerHolder',
    component: PowerHolderQuestion,
    applies: always,
    problems: (draft, say) =>
      missing(say, [
        ['power-holder', isEmpty(draft.powerHolderName), 'powerHolder'],
        ['collar-number', isEmpty(draft.collarNumber), 'collarNumber'],
      ]),
    stop: noStop,
  },
  {
    name: 'age',
    words: 'age',
    component: AgeQuestion,
    applies: always,
    problems: (draft, say) => missing(say, [['age', draft.ageBand === null, 'choice']]),
    stop: (draft) => (draft.ageBand === 'ten-or-under' ? 'age-ten-or-under' : null),
  },
  {
    name: 'vulnerable',
    words: 'vulnerable',
    component: VulnerableQuestion,
    applies: always,
    problems: (draft, say) => missing(say, [['vulnerable', draft.isVulnerable === null, 'choice']]),
    stop: noStop,
  },
  {
    name: 'appropriate-adult',
    words: 'appropriateAdult',
    component: AppropriateAdultQuestion,
    applies: needsAppropriateAdult,
    problems: (draft, say, now) => {
      const isPresent = draft.isAdultPresent === 'yes';
      return missing(say, [
        ['appropriate-adult', draft.isAdultPresent === null, 'choice'],
        ['adult-name', isPresent && isEmpty(draft.adultName), 'adultName'],
        ['adult-since', isPresent && latestMomentAt(draft.adultSince, now) === null, 'adultSince'],
      ]);
    },
    stop: (draft) => (draft.isAdultPresent === 'no' ? 'no-appropriate-adult' : null),
  },
  {
    name: 'arrest',
    words: 'arrest',
    component: ArrestQuestion,
    applies: always,
    problems: (draft, say) => missing(say, [['arrest', draft.wasArrested === null, 'choice']]),
    stop: noStop,
  },
  {
    name: 'livescan',
    words: 'livescan',
    component: LiveScanQuestion,
    applies: (draft) => draft.wasArrested === 'yes',
    problems: (draft, say) =>
      missing(say, [
        ['livescan', draft.livescan === null, 'choice'],
        ['why-not-livescan', draft.livescan === 'go-on' && isEmpty(draft.whyNotLiveScan), 'whyNotLiveScan'],
      ]),
    stop: (draft) => (draft.livescan === 'livescan' ? 'livescan' : null),
  },
  {
    name: 'offence-stage',
    words: 'offenceStage',
    component: OffenceStageQuestion,
    applies: always,
    problems: (draft, say) => missing(say, [['offence-stage', draft.offenceStage === null, 'choice']]),
    stop: (draft) => (draft.offenceStage === 'none' ? 'no-suspicion' : null),
  },
  {
    name: 'offence-category',
    words: 'offenceCategory',
    component: OffenceCategoryQuestion,
    applies: hasSuspicion,
    problems: (draft, say) => missing(say, [['offence-category', draft.offenceCategory === null, 'choice']]),
    stop: noStop,
  },
  {
    name: 'offence',
    words: 'offence',
    component: OffenceQuestion,
    applies: hasSuspicion,
    problems: (draft, say) =>
      missing(say, [
        ['offence', isEmpty(draft.offence), 'offence'],
        ['why-suspected', isEmpty(draft.whySuspected), 'whySuspected'],
      ]),
    stop: noStop,
  },
  {
    name: 'name',
    words: 'name',
    component: NameQuestion,
    applies: always,
    problems: (draft, say) =>
      missing(say, [
        ['name', draft.nameCondition === null, 'choice'],
        ['what-was-tried', draft.nameCondition === 'name-unknown' && isEmpty(draft.whatWasTried), 'whatWasTried'],
        ['why-doubted', draft.nameCondition === 'name-doubted' && isEmpty(draft.whyDoubted), 'whyDoubted'],
      ]),
    stop: (draft) => (draft.nameCondition === 'neither' ? 'no-name-condition' : null),
  },
  {
    name: 'opportunity',
    words: 'opportunity',
    component: OpportunityQuestion,
    applies: always,
    problems: (draft, say) => missing(say, [['opportunity', draft.hadOpportunity === null, 'choice']]),
    stop: (draft) => (draft.hadOpportunity === 'no' ? 'no-opportunity-given' : null),
  },
  {
    name: 'documents',
    words: 'documents',
    component: DocumentsQuestion,
    applies: always,
    problems: (draft, say) => {
      const wereProduced = draft.documents === 'produced';
      return missing(say, [
        ['documents', draft.documents === null, 'choice'],
        ['documents-what', wereProduced && isEmpty(draft.documentsWhat), 'documentsWhat'],
        ['documents-why', wereProduced && isEmpty(draft.documentsWhyNotSettled), 'documentsWhy'],
      ]);
    },
    stop: noStop,
  },
  {
    name: 'force',
    words: 'force',
    component: ForceQuestion,
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
    stop: noStop,
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

/** The first question that still lacks an answer, or null when every one has been answered. */
export function firstUnanswered(draft: GroundsDraft, now: Date): string | null {
  const say: Say = (fieldId, key) => ({ fieldId, message: key });
  return questionsFor(draft).find((question) => question.problems(draft, say, now).length > 0)?.name ?? null;
}
