import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { databaseName } from './checks.ts';
import { REFUSED } from './errors.ts';
import { identifier, machineCode, moment, share, shortName } from './limits.ts';

/** Why a file that an authority provided, or the gallery made of it, is not used. Words for each are in the locales. */
export const GALLERY_REFUSALS = [
  'unreadable',
  'not-a-gallery',
  'version',
  'truncated',
  'too-long',
  'too-large',
  'untrusted-key',
  'signature',
  'manifest',
  'key-not-for-database',
  'other-database',
  'expired',
  'from-the-future',
  'older',
  'not-for-this-station',
  'chunk-altered',
  'chunk-moved',
  'chunk-key',
  'people',
  'counts',
  'disk-full',
  'memory',
  'station-key',
  'damaged',
  'failed',
] as const;
export const galleryRefusal = z.enum(GALLERY_REFUSALS);
export type GalleryRefusal = z.infer<typeof galleryRefusal>;

/** Keys that one database may trust at once: the present one, the next, and two to spare. */
const MAXIMUM_TRUSTED_KEYS = 4;
const HEX_OF_A_KEY = 64;

/** Ed25519 public keys, 64 hexadecimal digits each, parted by single spaces; empty: nobody may provide the gallery. */
export const trustedKeys = z
  .string()
  .regex(/^([0-9a-f]{64}( [0-9a-f]{64}){0,3})?$/)
  .max(MAXIMUM_TRUSTED_KEYS * (HEX_OF_A_KEY + 1));

/** Whose galleries the station takes, and when it warns of their age. */
export const gallerySettings = z.strictObject({
  policeKeys: trustedKeys,
  immigrationKeys: trustedKeys,
  /** Days since the extract was made from which the station warns. */
  warningDays: z.number().int().min(1).max(365),
});
export type GallerySettings = z.infer<typeof gallerySettings>;

/** Which extract a gallery is, as its authority signed it. */
export const galleryOrigin = z.strictObject({
  galleryId: identifier,
  origin: shortName,
  extractedAt: moment,
  expiresAt: moment,
  people: z.number().int().min(0),
  fingers: z.number().int().min(0),
  /** The key that signed it. */
  signer: machineCode,
});
export type GalleryOrigin = z.infer<typeof galleryOrigin>;

/** What is on the station for one database. */
export const galleryState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** People who do not exist, made by a training station itself: nobody signed it. */
  z.strictObject({
    kind: z.literal('training'),
    origin: machineCode,
    extractedAt: moment,
    people: z.number().int().min(0),
  }),
  z.strictObject({
    kind: z.literal('in-use'),
    gallery: galleryOrigin,
    ageDays: z.number().int().min(0),
    isOld: z.boolean(),
    /** Whole days left until it is refused. */
    daysLeft: z.number().int().min(0),
  }),
  /** There, and not searched: why. The origin is null when not even that can be read. */
  z.strictObject({ kind: z.literal('refused'), reason: galleryRefusal, gallery: galleryOrigin.nullable() }),
]);
export type GalleryState = z.infer<typeof galleryState>;

/** The last import into one database since the station started. */
export const galleryImport = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('running'), step: z.enum(['verifying', 'reading', 'opening']), share }),
  z.strictObject({ kind: z.literal('done'), people: z.number().int().min(0), at: moment }),
  z.strictObject({ kind: z.literal('cancelled'), at: moment }),
  z.strictObject({ kind: z.literal('refused'), reason: galleryRefusal, at: moment }),
]);
export type GalleryImport = z.infer<typeof galleryImport>;

const galleryRow = z.strictObject({ state: galleryState, lastImport: galleryImport });
export type GalleryRow = z.infer<typeof galleryRow>;

export const galleriesView = z.strictObject({
  police: galleryRow,
  immigration: galleryRow,
  settings: gallerySettings,
  /** Names of settings that the machine policy has fixed: shown, greyed. */
  fixedByPolicy: z.array(machineCode).max(10),
  /** The key for which an authority encrypts this station's galleries: 64 hexadecimal digits, no secret. */
  stationKey: machineCode,
});
export type GalleriesView = z.infer<typeof galleriesView>;

const procedure = oc.errors(REFUSED);
const ofDatabase = z.strictObject({ database: databaseName });

/** The administrator's galleries. No procedure adds anybody to one, and none gives a reference or a template out. */
export const galleriesContract = {
  view: procedure.input(z.strictObject({})).output(galleriesView),
  /** The present view first, then one at each change. */
  watch: procedure.input(z.strictObject({})).output(eventIterator(galleriesView)),
  changeSettings: procedure.input(gallerySettings).output(galleriesView),
  /** Begins to import a file of this computer; what comes of it is in the view. */
  importFile: procedure
    .input(z.strictObject({ database: databaseName, path: machineCode, isOlderAccepted: z.boolean() }))
    .output(galleriesView),
  cancelImport: procedure.input(ofDatabase).output(galleriesView),
  /** Removes the gallery from the station's disk and from its memory. */
  remove: procedure.input(ofDatabase).output(galleriesView),
};
