import { z } from 'zod';
import { refusalCode } from './errors.ts';
import { ground, groundsAssessment, groundsRecord, SPOKEN_WORDS, spokenWord } from './grounds.ts';
import { groundsDraft } from './grounds-draft.ts';
import { identifier, machineCode, moment, quality, share } from './limits.ts';

/** Finger positions 1–10, ANSI/NIST-ITL 1-2011: 1 right thumb … 5 right little, 6 left thumb … 10 left little. */
export const fingerPosition = z.literal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
export type FingerPosition = z.infer<typeof fingerPosition>;

/** Largest side of a placement map, cells. Coarse on purpose: no ridge can be seen in it. */
export const MAXIMUM_MAP_SIDE = 16;

/** Where the finger lies and how good the ridges are, each cell 0 (nothing) to 4 (good). */
export const placementMap = z.strictObject({
  columns: z.number().int().min(1).max(MAXIMUM_MAP_SIDE),
  rows: z.number().int().min(1).max(MAXIMUM_MAP_SIDE),
  cells: z
    .array(z.number().int().min(0).max(4))
    .min(1)
    .max(MAXIMUM_MAP_SIDE * MAXIMUM_MAP_SIDE),
});
export type PlacementMap = z.infer<typeof placementMap>;

export const PLACEMENT_HINTS = [
  'place-finger',
  'hold-still',
  'press-harder',
  'press-lighter',
  'move-up',
  'move-down',
  'move-left',
  'move-right',
  'too-dry',
  'too-wet',
  'clean-the-glass',
  'lift-finger',
] as const;
export const placementHint = z.enum(PLACEMENT_HINTS);

export const UNUSABLE_REASONS = [
  'blank',
  'no-ridges',
  'too-small-an-area',
  'too-few-minutiae',
  'too-dry',
  'too-wet',
  'image-too-small',
  'image-too-large',
  'resolution-out-of-range',
] as const;
export const unusableReason = z.enum(UNUSABLE_REASONS);

export const fingerSlot = z.enum(['first', 'second']);
export type FingerSlot = z.infer<typeof fingerSlot>;

/** The state of one of the two fingers. */
export const fingerState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('wanted') }),
  z.strictObject({ kind: z.literal('waiting-for-finger') }),
  z.strictObject({ kind: z.literal('previewing'), map: placementMap, quality, hint: placementHint }),
  z.strictObject({ kind: z.literal('transferring'), receivedShare: share }),
  z.strictObject({ kind: z.literal('waiting-for-lift') }),
  z.strictObject({ kind: z.literal('captured'), quality, map: placementMap, isBelowThreshold: z.boolean() }),
  z.strictObject({ kind: z.literal('failed'), code: refusalCode }),
  z.strictObject({ kind: z.literal('missing') }),
  z.strictObject({ kind: z.literal('bandaged') }),
]);
export type FingerState = z.infer<typeof fingerState>;

export const fingerView = z.strictObject({
  slot: fingerSlot,
  position: fingerPosition,
  attempts: z.number().int().min(0).max(20),
  /** Attempts that this finger still has; a scanner that fails uses none up. */
  attemptsLeft: z.number().int().min(0).max(20),
  state: fingerState,
});
export type FingerView = z.infer<typeof fingerView>;

export const databaseName = z.enum(['police', 'immigration']);
export type DatabaseName = z.infer<typeof databaseName>;

/** What was searched, and how old it was. */
export const searched = z.strictObject({
  origin: machineCode,
  galleryDate: moment.nullable(),
  people: z.number().int().min(0).nullable(),
  startedAt: moment,
  answeredAt: moment,
});

/**
 * What a database calls a record, printed in the one form of its kind. `fault` says what is wrong with a number that is
 * then shown as it was received: its check letter does not fit, or its year is still to come.
 */
export const recordReference = z.strictObject({
  kind: z.enum(['pnc-id', 'cro-number', 'asn', 'immigration-reference', 'other']),
  printed: machineCode,
  fault: z.enum(['wrong-check-letter', 'year-in-the-future']).nullable(),
});
export type RecordReference = z.infer<typeof recordReference>;

/** One record that may be the person's. `likelihood` is in words, never a percentage. */
export const candidateView = z.strictObject({
  reference: recordReference,
  likelihood: z.enum(['very-strong', 'strong', 'possible']),
});

export const ANSWER_KINDS = ['match', 'possible-match', 'no-match', 'unusable', 'unavailable', 'timed-out'] as const;
export const answerKind = z.enum(ANSWER_KINDS);
export type AnswerKind = z.infer<typeof answerKind>;

const candidates = z.array(candidateView).min(1).max(10);

/** Why a database cannot be searched, whether anybody is asking it or not. */
export const DATABASE_OUTAGES = [
  'gallery-missing',
  'gallery-damaged',
  'gallery-expired',
  'gateway-unreachable',
  'gateway-untrusted',
  'gateway-busy',
  'gateway-refused',
  'gateway-failed',
  'gateway-unreadable',
  'certificate-expired',
  'gateway-not-set-up',
] as const;

/** What one database said. A timeout is never a "no match". */
export const databaseAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('match'), candidates, searched }),
  z.strictObject({ kind: z.literal('possible-match'), candidates, searched }),
  z.strictObject({ kind: z.literal('no-match'), searched }),
  z.strictObject({ kind: z.literal('unusable'), reason: unusableReason }),
  z.strictObject({
    kind: z.literal('unavailable'),
    reason: z.enum([...DATABASE_OUTAGES, 'matcher-failed', 'ended-before-answer']),
  }),
  z.strictObject({ kind: z.literal('timed-out'), afterMs: z.number().int().min(0) }),
]);
export type DatabaseAnswer = z.infer<typeof databaseAnswer>;

/** Why a database is outstanding: it still works on the search, or it could not be asked and trying again may mend it. */
export const OUTSTANDING_REASONS = [
  'no-answer-yet',
  'gateway-unreachable',
  'gateway-busy',
  'gateway-failed',
  'gateway-unreadable',
] as const;
export const outstandingReason = z.enum(OUTSTANDING_REASONS);
export type OutstandingReason = z.infer<typeof outstandingReason>;

/** How an answer came: by the database within its time or after it, or because nobody waited for it any longer. */
export const ANSWERS_CAME = ['in-time', 'late', 'given-up', 'limit-passed', 'check-ended'] as const;
export const answerCame = z.enum(ANSWERS_CAME);
export type AnswerCame = z.infer<typeof answerCame>;

/** One database of a check. While it is `outstanding` the officer decides, until `decideBy`: then the station does. */
export const databaseSearch = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('queued') }),
  z.strictObject({ state: z.literal('sent') }),
  z.strictObject({ state: z.literal('searching'), searchedShare: share }),
  z.strictObject({
    state: z.literal('outstanding'),
    why: outstandingReason,
    /** The officer chose to wait on. */
    isWaiting: z.boolean(),
    /** False once it was asked as often as a check may ask. */
    canTryAgain: z.boolean(),
    decideBy: moment,
  }),
  z.strictObject({ state: z.literal('answered'), answer: databaseAnswer, came: answerCame }),
]);
export type DatabaseSearch = z.infer<typeof databaseSearch>;

/** Proof that one buffer is gone. Nothing in it is computed from the print. */
export const erasureReceipt = z.strictObject({
  bufferId: identifier,
  kind: z.enum(['image', 'template', 'encoded']),
  sizeBytes: z.number().int().min(1),
  takenAt: moment,
  erasedAt: moment,
  why: z.enum([
    'answers-complete',
    'sending-ended',
    'retaken',
    'declined',
    'abandoned',
    'time-spent',
    'signed-out',
    'locked',
    'suspended',
    'window-closed',
    'capture-failed',
    'search-failed',
    'station-closing',
    'test-ended',
  ]),
});
export type ErasureReceipt = z.infer<typeof erasureReceipt>;
export type ErasureReason = ErasureReceipt['why'];

export const ENDINGS = [
  'answered',
  'declined',
  'abandoned',
  'time-spent',
  'signed-out',
  'locked',
  'suspended',
  'window-closed',
  'station-closing',
  'ended-with-the-process',
] as const;
export const checkEnding = z.enum(ENDINGS);
export type CheckEnding = z.infer<typeof checkEnding>;

/** What interrupts a check: its prints go at once, the check stays for the same officer until its time is spent. */
export const INTERRUPTIONS = ['locked', 'suspended', 'signed-out', 'window-closed'] as const;
export const interruptionReason = z.enum(INTERRUPTIONS);
export type InterruptionReason = z.infer<typeof interruptionReason>;

/** Where an interrupted check goes on. One that had prints goes on where prints are taken: they are gone. */
export const resumeStage = z.enum(['grounds', 'words', 'capture', 'results']);
export type ResumeStage = z.infer<typeof resumeStage>;

const base = { checkId: identifier, reference: machineCode, openedAt: moment, expiresAt: moment };
const wordsSpoken = z
  .array(z.strictObject({ word: spokenWord, spokenAt: moment.nullable() }))
  .length(SPOKEN_WORDS.length);
const fingers = z.tuple([fingerView, fingerView]);
const databases = z.strictObject({ police: databaseSearch, immigration: databaseSearch });
const receipts = z.array(erasureReceipt).max(200);

const viewAtStage = z.discriminatedUnion('stage', [
  z.strictObject({
    stage: z.literal('grounds'),
    ...base,
    /** The answers as the page last gave them: they come back after a reload, a crash of the page, or a lock. */
    draft: groundsDraft.nullable(),
    /** What the rules say of the answer that was given last, or of the whole record once it was confirmed. */
    assessment: groundsAssessment.nullable(),
  }),
  /** The grounds as they were confirmed, for the words that quote them. */
  z.strictObject({ stage: z.literal('words'), ...base, words: wordsSpoken, grounds: groundsRecord }),
  z.strictObject({
    stage: z.literal('capture'),
    ...base,
    grantId: identifier,
    fingers,
    canSearch: z.boolean(),
    /** The prints look as if left and right were exchanged: advice to look, no more. */
    isPerhapsSwapped: z.boolean(),
  }),
  z.strictObject({ stage: z.literal('searching'), ...base, grantId: identifier, fingers, databases }),
  z.strictObject({
    stage: z.literal('results'),
    ...base,
    fingers,
    databases,
    receipts,
    /** From the lift of the last finger to the second answer; null when a finger was marked after it. */
    msFromLiftToAnswers: z.number().int().min(0).nullable(),
  }),
  z.strictObject({
    stage: z.literal('interrupted'),
    ...base,
    why: interruptionReason,
    since: moment,
    goesOnAt: resumeStage,
    receipts,
  }),
  z.strictObject({
    stage: z.literal('closed'),
    ...base,
    ending: checkEnding,
    endedAt: moment,
    /** The condition of s61(6B) on which the check stood; null when its grounds never sufficed. */
    ground: ground.nullable(),
    /** Databases that were asked and gave no answer. */
    unanswered: z.array(databaseName).max(2),
    receipts,
  }),
]);
/** One identity check as the renderer may see it. */
export type CheckView = z.infer<typeof viewAtStage>;
/** An interface, or every procedure that answers with a view would spell it out, which is more than the compiler writes. */
export interface CheckViewSchema extends z.ZodType<CheckView> {}
export const checkView: CheckViewSchema = viewAtStage;
