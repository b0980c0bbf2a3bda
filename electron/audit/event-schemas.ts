import { z } from 'zod';
import {
  ANSWER_KINDS,
  answerCame,
  checkEnding,
  databaseName,
  erasureReceipt,
  fingerPosition,
  outstandingReason,
  recordReference,
  interruptionReason,
  resumeStage,
  UNUSABLE_REASONS,
} from '../contract/checks.ts';
import { REFUSAL_CODES } from '../contract/errors.ts';
import { galleryRefusal } from '../contract/galleries.ts';
import { groundsRefusal, spokenWord } from '../contract/grounds.ts';
import { identifier, moment } from '../contract/limits.ts';
import { role } from '../contract/session.ts';
import type { EventCode } from './event-codes.ts';

/** A key or a reason made by the station's own code: words of lower case with hyphens and dots, no sentence fits in it. */
const ownCode = z
  .string()
  .regex(/^[a-z][a-z0-9]*([.-]?[A-Za-z0-9]+)*$/)
  .max(60);
const version = z
  .string()
  .regex(/^[0-9A-Za-z.+-]+$/)
  .max(40);
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const total = z.number().int().min(0);
const nothing = z.strictObject({});
const word = z.number().int().min(0).max(0xffff);
/** A device's identifiers; the serial number is printable ASCII of at most 24, as docs/protocol.md has it, or as USB has it. */
const scannerDevice = z.strictObject({
  vendorId: word,
  productId: word,
  serialNumber: z
    .string()
    .regex(/^[\x20-\x7e]+$/)
    .max(126),
});
const scannerProfile = z.strictObject({
  profileId: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  vendorId: word,
  productId: word,
});
const sizeBytes = erasureReceipt.shape.sizeBytes;
const bufferKind = erasureReceipt.shape.kind;
const ofDatabase = z.strictObject({ database: databaseName });
/** Logs of earlier versions do not say how an answer came. */
const databaseAnswered = ofDatabase.extend({ answer: z.enum(ANSWER_KINDS), came: answerCame.optional() });
const captureRefusal = z.enum([...REFUSAL_CODES, ...UNUSABLE_REASONS]);

/**
 * What each event may say besides when, who and of which check: codes and figures. No name of the detainee, no free text,
 * nothing computed from a print (a quality is, so it is not here).
 */
export const EVENT_DETAILS = {
  'station-started': z.strictObject({ version }),
  'station-stopped': nothing,
  'sign-in': z.strictObject({ role }),
  'sign-in-refused': z.strictObject({
    reason: z.enum(['unknown-user', 'wrong-password', 'locked-out', 'throttled', 'disabled']),
  }),
  'signed-out': z.strictObject({
    why: z.enum(['asked', 'inactivity', 'screen-locked', 'suspended', 'window-closed', 'disabled', 'station-closing']),
  }),
  'session-locked': z.strictObject({ why: z.enum(['asked', 'inactivity', 'screen-locked', 'suspended']) }),
  'session-unlocked': nothing,
  'password-changed': nothing,
  'check-opened': nothing,
  'grounds-recorded': z.strictObject({ ground: z.enum(['6B(a)', '6B(b)']), wasDiversionDeclined: z.boolean() }),
  'grounds-refused': z.strictObject({ refusals: z.array(z.union([groundsRefusal, z.literal('livescan')])).max(20) }),
  'words-spoken': z.strictObject({ word: spokenWord }),
  'grant-issued': z.strictObject({ grantId: identifier }),
  'grant-refused': z.strictObject({ reason: z.enum(REFUSAL_CODES) }),
  'capture-taken': z.strictObject({ bufferId: identifier, position: fingerPosition, kind: bufferKind, sizeBytes }),
  'buffer-taken': z.strictObject({ bufferId: identifier, kind: bufferKind, sizeBytes }),
  'capture-refused': z.strictObject({ reason: captureRefusal, position: fingerPosition.nullable() }),
  'finger-marked': z.strictObject({ position: fingerPosition, condition: z.enum(['missing', 'bandaged', 'wanted']) }),
  'search-started': ofDatabase,
  'search-outstanding': ofDatabase.extend({ why: outstandingReason }),
  'search-waited': ofDatabase,
  'search-retried': ofDatabase.extend({ by: z.enum(['officer', 'station']) }),
  'search-given-up': ofDatabase.extend({ by: z.enum(['officer', 'limit']) }),
  'answer-received': databaseAnswered,
  'reference-doubted': ofDatabase.extend({
    kind: recordReference.shape.kind,
    fault: recordReference.shape.fault.unwrap(),
  }),
  'result-viewed': z.strictObject({ justification: z.literal('identity-check') }),
  'slip-printed': nothing,
  'check-viewed': z.strictObject({ justification: z.enum(['supervision', 'complaint', 'audit']) }),
  'print-erased': z.strictObject({
    bufferId: identifier,
    kind: bufferKind,
    sizeBytes,
    takenAt: moment,
    erasedAt: moment,
    why: z.enum([...erasureReceipt.shape.why.options, 'ended-with-the-process']),
  }),
  'check-interrupted': z.strictObject({ why: interruptionReason }),
  'check-resumed': z.strictObject({ at: resumeStage }),
  'check-ended': z.strictObject({ ending: checkEnding }),
  'ended-with-the-process': z.strictObject({ buffers: total }),
  'count-recorded': z.strictObject({ month }),
  'count-corrected': z.strictObject({ month, reason: ownCode }),
  'push-delivered': z.strictObject({ month, revision: z.number().int().min(1), documentHash: sha256 }),
  'push-failed': z.strictObject({ month, revision: z.number().int().min(1), reason: ownCode }),
  'settings-changed': z.strictObject({ keys: z.array(ownCode).min(1).max(50) }),
  'scanner-chosen': z.strictObject({ isSimulated: z.boolean() }),
  'scanner-enrolled': scannerDevice,
  'scanner-withdrawn': scannerDevice,
  'scanner-named': scannerDevice,
  'profile-imported': scannerProfile,
  'profile-removed': scannerProfile,
  // The buffer's taking and its receipt in one: it is erased before the test has ended, and gone with the process.
  'test-capture': z.strictObject({
    outcome: z.enum(['done', 'failed']),
    of: z.enum(['finger', 'glass', 'target']).optional(),
    bufferId: identifier.optional(),
    sizeBytes: sizeBytes.optional(),
    takenAt: moment.optional(),
    erasedAt: moment.optional(),
  }),
  'user-changed': z.strictObject({
    userId: identifier,
    change: z.enum(['created', 'enabled', 'disabled', 'password-reset', 'role-changed', 'unlocked']),
  }),
  'retention-applied': z.strictObject({ checks: total }),
  'audit-consulted': z.strictObject({ rows: total }),
  'audit-verified': z.strictObject({ events: total, isWhole: z.boolean() }),
  exported: z.strictObject({ what: z.enum(['audit', 'counts']), rows: total }),
  'pack-made': z.strictObject({ from: month, to: month }),
  'backup-made': nothing,
  'database-restored': z.strictObject({ events: total }),
  'gallery-imported': z.strictObject({
    database: databaseName,
    galleryId: identifier,
    extractedAt: moment,
    people: total,
  }),
  'gallery-removed': z.strictObject({ database: databaseName }),
  'gallery-refused': z.strictObject({ database: databaseName, reason: galleryRefusal }),
} as const satisfies Readonly<Record<EventCode, z.ZodType>>;

/** The check that an event belongs to, as the station numbered it. */
export const checkReference = z.string().regex(/^RW-\d{4}-\d{6,9}$/);

/** One event before it is numbered, dated and chained. */
export type AuditEvent = {
  [Code in EventCode]: {
    readonly code: Code;
    /** The user's identifier, or null for the station itself. */
    readonly actor: string | null;
    /** The check's reference, or null when it belongs to none. */
    readonly reference: string | null;
    readonly details: z.infer<(typeof EVENT_DETAILS)[Code]>;
  };
}[EventCode];
