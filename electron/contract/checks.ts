import { z } from 'zod';
import { refusalCode } from './errors.ts';
import { groundsAssessment, SPOKEN_WORDS, spokenWord } from './grounds.ts';
import { identifier, machineCode, moment, quality, share } from './limits.ts';

/** Finger positions 1–10, ANSI/NIST-ITL 1-2011: 1 right thumb … 5 right little, 6 left thumb … 10 left little. */
export const fingerPosition = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal(6),
  z.literal(7),
  z.literal(8),
  z.literal(9),
  z.literal(10),
]);
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

/** One record that may be the person's. `likelihood` is in words, never a percentage. */
export const candidateView = z.strictObject({
  reference: machineCode,
  likelihood: z.enum(['very-strong', 'strong', 'possible']),
});

export const ANSWER_KINDS = ['match', 'possible-match', 'no-match', 'unusable', 'unavailable', 'timed-out'] as const;
export const answerKind = z.enum(ANSWER_KINDS);
export type AnswerKind = z.infer<typeof answerKind>;

const candidates = z.array(candidateView).min(1).max(10);

/** What one database said. A timeout is never a "no match". */
export const databaseAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('match'), candidates, searched }),
  z.strictObject({ kind: z.literal('possible-match'), candidates, searched }),
  z.strictObject({ kind: z.literal('no-match'), searched }),
  z.strictObject({ kind: z.literal('unusable'), reason: unusableReason }),
  z.strictObject({
    kind: z.literal('unavailable'),
    reason: z.enum([
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
      'matcher-failed',
      'ended-before-answer',
    ]),
  }),
  z.strictObject({ kind: z.literal('timed-out'), afterMs: z.number().int().min(0) }),
]);
export type DatabaseAnswer = z.infer<typeof databaseAnswer>;

/** One database while it is being searched: its answer is null until it has one. */
export const databaseSearch = z.strictObject({
  state: z.enum(['queued', 'sent', 'searching', 'answered']),
  searchedShare: share,
  answer: databaseAnswer.nullable(),
});

/** Proof that one buffer is gone. Nothing in it is computed from the print. */
export const erasureReceipt = z.strictObject({
  bufferId: identifier,
  kind: z.enum(['image', 'template', 'encoded']),
  sizeBytes: z.number().int().min(1),
  takenAt: moment,
  erasedAt: moment,
  why: z.enum([
    'answers-complete',
    'search-ended',
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

const base = { checkId: identifier, reference: machineCode, openedAt: moment, expiresAt: moment };
const wordsSpoken = z
  .array(z.strictObject({ word: spokenWord, spokenAt: moment.nullable() }))
  .length(SPOKEN_WORDS.length);
const fingers = z.tuple([fingerView, fingerView]);
const databases = z.strictObject({ police: databaseSearch, immigration: databaseSearch });
const receipts = z.array(erasureReceipt).max(100);

/** One identity check as the renderer may see it. */
export const checkView = z.discriminatedUnion('stage', [
  z.strictObject({ stage: z.literal('grounds'), ...base, assessment: groundsAssessment.nullable() }),
  z.strictObject({ stage: z.literal('words'), ...base, words: wordsSpoken }),
  z.strictObject({
    stage: z.literal('capture'),
    ...base,
    grantId: identifier,
    fingers,
    canSearch: z.boolean(),
    /** The prints look as if left and right were exchanged: advice to look, no more. */
    isPerhapsSwapped: z.boolean(),
  }),
  z.strictObject({ stage: z.literal('searching'), ...base, fingers, databases }),
  z.strictObject({
    stage: z.literal('results'),
    ...base,
    fingers,
    databases,
    receipts,
    /** From the lift of the last finger to the second answer; null when a finger was marked after it. */
    msFromLiftToAnswers: z.number().int().min(0).nullable(),
  }),
  z.strictObject({ stage: z.literal('closed'), ...base, ending: checkEnding, endedAt: moment, receipts }),
]);
export type CheckView = z.infer<typeof checkView>;
