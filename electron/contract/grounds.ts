import { z } from 'zod';
import { freeText, machineCode, moment, shortName } from './limits.ts';

/** Why the officer says that prints are to be taken. Only the first is a use of the power; each other one is refused with its reason. */
export const PURPOSES = [
  'find-out-who-it-is',
  'breach-of-bail',
  'immigration-status',
  'victim-or-witness',
  'welfare-unconscious',
  'consent',
] as const;

/** The four forms of s61(6A)(a). */
export const OFFENCE_STAGES = ['is-committing', 'is-attempting', 'has-committed', 'has-attempted'] as const;

export const OFFENCE_CATEGORIES = [
  'violence',
  'sexual',
  'theft-burglary-robbery',
  'drugs',
  'weapons',
  'public-order',
  'criminal-damage',
  'road-traffic',
  'fraud',
  'other',
] as const;

/** PACE 1984 s61(6A)(a): what the constable suspects, and why that is reasonable. */
export const suspicion = z.strictObject({
  offenceStage: z.enum(OFFENCE_STAGES),
  offenceCategory: z.enum(OFFENCE_CATEGORIES),
  offence: freeText,
  whySuspected: freeText,
});

/** PACE 1984 s61(6B): (a) the name is unknown, or (b) it is doubted. */
export const nameCondition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('name-unknown'), whatWasTried: freeText }),
  z.strictObject({ kind: z.literal('name-doubted'), whyDoubted: freeText }),
]);

/** Documents that the detainee produced, and why they do not settle the name. */
export const documents = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none-produced') }),
  z.strictObject({ kind: z.literal('produced'), what: freeText, whyNotSettled: freeText }),
]);

export const appropriateAdult = z.strictObject({ name: shortName, presentSince: moment });

/** Whether the person was arrested for a recordable offence: LiveScan is then the normal way, s61(3). */
export const recordableArrest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('not-arrested-for-one') }),
  z.strictObject({ kind: z.literal('arrested'), whyNotLiveScan: freeText.nullable() }),
]);

/** s117: reasonable force, if it was necessary. */
export const force = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('used'), byWhom: shortName, why: freeText, whoWasPresent: freeText }),
]);

/** Through whom the words were spoken, when the person does not follow the officer's language. */
export const interpreter = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('used'), language: shortName, byWhom: shortName }),
]);

/** One complete record of grounds, as the officer states it. Its rules are in `electron/domain/grounds`. */
export const groundsRecord = z.strictObject({
  purpose: z.enum(PURPOSES),
  custodyRecordNumber: machineCode.nullable(),
  /** The constable who holds the suspicion, whoever works the scanner. */
  powerHolder: z.strictObject({ name: shortName, collarNumber: machineCode }),
  ageBand: z.enum(['ten-or-under', 'eleven-to-seventeen', 'adult']),
  isVulnerable: z.boolean(),
  appropriateAdult: appropriateAdult.nullable(),
  recordableArrest,
  suspicion: suspicion.nullable(),
  nameCondition: nameCondition.nullable(),
  /** Code D: a reasonable opportunity to establish the real name was given. */
  hadOpportunityToEstablishName: z.boolean(),
  documents,
  interpreter,
  force,
});
export type GroundsRecord = z.infer<typeof groundsRecord>;

export const GROUNDS_REFUSALS = [
  'purpose-breach-of-bail',
  'purpose-immigration-status',
  'purpose-victim-or-witness',
  'purpose-welfare',
  'purpose-consent',
  'no-suspicion',
  'no-name-condition',
  'no-opportunity-given',
  'age-ten-or-under',
  'no-appropriate-adult',
] as const;
export const groundsRefusal = z.enum(GROUNDS_REFUSALS);
export type GroundsRefusal = z.infer<typeof groundsRefusal>;

/** Which of the two conditions of s61(6B) a check stands on. */
export const ground = z.enum(['6B(a)', '6B(b)']);

/** What the rules say of a record. */
export const groundsAssessment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sufficient'), ground }),
  z.strictObject({ kind: z.literal('diverted'), to: z.literal('livescan') }),
  z.strictObject({ kind: z.literal('refused'), refusals: z.array(groundsRefusal).min(1).max(GROUNDS_REFUSALS.length) }),
]);
export type GroundsAssessment = z.infer<typeof groundsAssessment>;

/** What must be said to the person before; the words themselves are content, kept in the locales and flagged for legal review. */
export const SPOKEN_WORDS = [
  'suspected-offence',
  'reason-for-prints',
  'power',
  'speculative-search',
  'destruction',
] as const;
export const spokenWord = z.enum(SPOKEN_WORDS);
export type SpokenWord = z.infer<typeof spokenWord>;
