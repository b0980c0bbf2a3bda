import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { DATABASE_OUTAGES } from './checks.ts';
import { ethnicityChoice } from './ethnicity.ts';
import { REFUSED, refusalCode } from './errors.ts';
import { machineCode, moment, share, shortName } from './limits.ts';

/** One database as the station has it. */
export const databaseStatus = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('preparing'), preparedShare: share }),
  z.strictObject({
    kind: z.literal('ready'),
    origin: machineCode,
    galleryDate: moment.nullable(),
    people: z.number().int().min(0),
  }),
  /** A gateway that may be asked. Days are whole ones left of a certificate; negative once it has ended. */
  z.strictObject({
    kind: z.literal('connected'),
    origin: machineCode,
    /** When it last answered anything, or null when it was not asked yet. */
    lastAnswerAt: moment.nullable(),
    stationCertificateDays: z.number().int(),
    authorityCertificateDays: z.number().int(),
    /** One of the two ends within the days that the settings warn at. */
    isCertificateEnding: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('unavailable'),
    reason: z.enum(DATABASE_OUTAGES),
  }),
]);

export const scannerStatus = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready'), name: shortName, isSimulated: z.boolean() }),
  z.strictObject({ kind: z.literal('not-ready'), code: refusalCode, isSimulated: z.boolean() }),
]);

/** What every page shows: nothing personal, so it may be read without a session. */
export const stationStatus = z.strictObject({
  version: machineCode,
  stationName: shortName,
  /** True while the simulated scanner is the chosen one: every page says "Training station: simulated scanner". */
  isTraining: z.boolean(),
  /** Faults that the simulated scanner shows on purpose, as they were asked for: every page says so. */
  trainingFaults: z.array(machineCode).max(16),
  scanner: scannerStatus,
  police: databaseStatus,
  immigration: databaseStatus,
  /** Null unless an administrator has switched the recording of ethnicity on. */
  ethnicity: ethnicityChoice.nullable(),
  /** Minutes without a touch after which a page locks itself: the station sees calls, only the page sees touches. */
  idleLockMinutes: z.number().int().min(1).max(60),
  now: moment,
});
export type StationStatus = z.infer<typeof stationStatus>;

const procedure = oc.errors(REFUSED);

export const stationContract = {
  status: procedure.input(z.strictObject({})).output(stationStatus),
  /** The present status first, then one at each change. */
  watch: procedure.input(z.strictObject({})).output(eventIterator(stationStatus)),
};
