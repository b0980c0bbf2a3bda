import { z } from 'zod';
import { OFFENCE_CATEGORIES, OFFENCE_STAGES, PURPOSES } from './grounds.ts';
import { MAXIMUM_NAME_CHARACTERS, MAXIMUM_TEXT_CHARACTERS } from './limits.ts';

/** The questions of the grounds in the order in which they are asked, one a page; some are asked only after some answers. */
export const GROUNDS_QUESTIONS = [
  'purpose',
  'custody-record',
  'power-holder',
  'person',
  'appropriate-adult',
  'arrest',
  'livescan',
  'offence-stage',
  'offence-category',
  'offence',
  'name',
  'documents',
  'interpreter',
  'force',
] as const;
export const groundsQuestion = z.enum(GROUNDS_QUESTIONS);
export type GroundsQuestionName = z.infer<typeof groundsQuestion>;

/** Age and vulnerability in one answer: together they decide whether an appropriate adult is needed. */
export const PERSONS = [
  'adult',
  'vulnerable-adult',
  'eleven-to-seventeen',
  'vulnerable-eleven-to-seventeen',
  'ten-or-under',
] as const;

const yesOrNo = z.enum(['yes', 'no']).nullable();
/** Words as far as they are typed: they may be empty, and nothing of them is trimmed. */
const words = z.string().max(MAXIMUM_TEXT_CHARACTERS);
const name = z.string().max(MAXIMUM_NAME_CHARACTERS);

/** What the officer has answered so far. Null and empty mean: not yet. Nothing in it is judged before it is confirmed. */
export const groundsDraft = z.strictObject({
  purpose: z.enum(PURPOSES).nullable(),
  custodyRecordNumber: name,
  hasNoCustodyRecord: z.boolean(),
  powerHolderName: name,
  collarNumber: name,
  person: z.enum(PERSONS).nullable(),
  isAdultPresent: yesOrNo,
  adultName: name,
  /** Clock time `HH:MM` since which the appropriate adult has been present. */
  adultSince: name,
  recordableArrest: yesOrNo,
  livescan: z.enum(['livescan', 'go-on']).nullable(),
  whyNotLiveScan: words,
  offenceStage: z.enum([...OFFENCE_STAGES, 'none']).nullable(),
  offenceCategory: z.enum(OFFENCE_CATEGORIES).nullable(),
  offence: words,
  whySuspected: words,
  nameCondition: z.enum(['name-unknown', 'name-doubted', 'neither']).nullable(),
  whatWasTried: words,
  whyDoubted: words,
  /** Whether the person, given the chance to show who they are, showed documents; the third: no chance was given yet. */
  documents: z.enum(['none-produced', 'produced', 'no-chance-yet']).nullable(),
  documentsWhat: words,
  documentsWhyNotSettled: words,
  interpreter: z.enum(['none', 'used']).nullable(),
  interpreterLanguage: name,
  interpreterName: name,
  force: z.enum(['none', 'used']).nullable(),
  forceByWhom: name,
  forceWhy: words,
  forceWhoWasPresent: words,
});
export type GroundsDraft = z.infer<typeof groundsDraft>;
