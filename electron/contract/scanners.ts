import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { erasureReceipt, placementHint, placementMap } from './checks.ts';
import { REFUSED, refusalCode } from './errors.ts';
import { machineCode, moment, quality, share, shortName } from './limits.ts';

/** Most devices that one answer lists. */
const MAXIMUM_SCANNERS = 64;
/** Most profiles that a station keeps, its own included. */
export const MAXIMUM_PROFILES = 64;
/** Longest profile file, characters; a profile is about 600. */
export const MAXIMUM_PROFILE_CHARACTERS = 10_000;
/** Most things that one answer says are wrong with a profile. */
export const MAXIMUM_PROFILE_PROBLEMS = 10;
/** Days of statistics that are kept: a year, and the same month of the year before. */
export const STATISTICS_DAYS = 400;

const word = z.number().int().min(0).max(0xffff);
const total = z.number().int().min(0);
const serialNumber = z.string().max(300);
/** A line of udev's language. */
const udevRule = z.string().min(1).max(300);

/** Which device it is, whatever it is plugged into. */
export const scannerDevice = z.strictObject({ vendorId: word, productId: word, serialNumber });
export type ScannerDevice = z.infer<typeof scannerDevice>;

/** Why a device cannot take prints for a check. */
export const SCANNER_REFUSALS = [
  'no-profile',
  'no-permission',
  'in-use',
  'driver-missing',
  'not-enrolled',
  'no-serial-number',
] as const;

/** A device that the system lists, and why it can or cannot be used. */
export const scannerRow = z.strictObject({
  path: machineCode,
  vendorId: word,
  productId: word,
  productName: z.string().max(300),
  /** As the opened device said it, or else as the system's list says it; empty where neither knows. */
  serialNumber,
  /** Null until the device was opened once. */
  firmwareVersion: machineCode.nullable(),
  isSimulated: z.boolean(),
  profileId: machineCode.nullable(),
  profileName: shortName.nullable(),
  refusal: z.enum(SCANNER_REFUSALS).nullable(),
  /** What to install so that the station may open it, on systems where that is the way; else null. */
  udevRule: udevRule.nullable(),
  isEnrolled: z.boolean(),
  /** False for the simulated scanner of a training station, and where the force's policy lets it do without. */
  needsEnrolment: z.boolean(),
  /** Can be opened now: tested, checked, enrolled. */
  canBeOpened: z.boolean(),
  givenName: shortName.nullable(),
  isChosen: z.boolean(),
});
export type ScannerRow = z.infer<typeof scannerRow>;

/** Everything that the administrator's page of scanners shows. */
export const scannersView = z.strictObject({
  scanners: z.array(scannerRow).max(MAXIMUM_SCANNERS),
  /** Enrolled scanners that are not plugged in now: they too can be withdrawn. */
  absent: z.array(scannerDevice.extend({ givenName: shortName.nullable() })).max(MAXIMUM_SCANNERS),
  /** The machine policy has chosen the scanner. */
  isChoiceFixed: z.boolean(),
  /** Rules for every scanner with a profile, for the computer on which none is found; empty where there is no udev. */
  udevRules: z.array(udevRule).max(MAXIMUM_PROFILES),
});
export type ScannersView = z.infer<typeof scannersView>;

/** The progress of a test capture. Its image is erased when it ends; it is never searched. */
export const testCaptureEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting-for-finger') }),
  z.strictObject({ kind: z.literal('preview'), map: placementMap, quality, hint: placementHint }),
  z.strictObject({ kind: z.literal('transferring'), receivedShare: share }),
  z.strictObject({ kind: z.literal('waiting-for-lift') }),
  z.strictObject({
    kind: z.literal('done'),
    quality,
    map: placementMap,
    framesPerSecond: z.number().min(0).max(1_000),
    reportsReceived: total,
    reportsLost: total,
    reportsRepeated: total,
    receipt: erasureReceipt,
  }),
  z.strictObject({ kind: z.literal('failed'), code: refusalCode }),
]);
export type TestCaptureEvent = z.infer<typeof testCaptureEvent>;

/** What the empty glass looks like. `dirt` is as coarse as the map of a finger: no print can be drawn from it. */
export const glassReport = z.strictObject({
  verdict: z.enum(['clean', 'dirty', 'uneven']),
  backgroundGrey: z.number().min(0).max(255),
  dirtyShare: share,
  unevenShare: share,
  dirt: placementMap,
  receipt: erasureReceipt,
});
export type GlassReport = z.infer<typeof glassReport>;

const ppi = z.number().min(0).max(5_000);

/** What a printed target of lines said of the true resolution, pixels per inch. */
export const resolutionReport = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('measured'),
    claimedPpi: ppi,
    horizontalPpi: ppi,
    verticalPpi: ppi,
    error: z.number().min(0).max(100),
    isWithinTolerance: z.boolean(),
    receipt: erasureReceipt,
  }),
  z.strictObject({ kind: z.literal('no-target'), receipt: erasureReceipt }),
]);
export type ResolutionReport = z.infer<typeof resolutionReport>;

/** One day of one scanner in officers' hands; nothing of any check or person. */
export const scannerDay = z.strictObject({
  day: z.iso.date().max(10),
  captures: total,
  meanQuality: z.number().min(0).max(100).nullable(),
  reportsLost: total,
  reportsRepeated: total,
  faults: total,
});
export type ScannerDay = z.infer<typeof scannerDay>;

const score = z.number().min(0).max(100);
/** From which score a candidate counts, for one and for two fingers, and what that comes to. */
const scoreEffect = z.strictObject({
  oneFinger: score,
  twoFingers: score,
  falsePositivesPerThousand: z.number().min(0).max(1_000),
});
const databaseEffect = z.strictObject({ people: total, match: scoreEffect, possible: scoreEffect });

/** What thresholds would have done and will do; a database that is not ready has no effect to show. */
export const thresholdEffects = z.strictObject({
  captures: total,
  belowQuality: total,
  police: databaseEffect.nullable(),
  immigration: databaseEffect.nullable(),
});
export type ThresholdEffects = z.infer<typeof thresholdEffects>;

export const TRIED_ON = ['simulated-device', 'virtual-kernel-device', 'hardware'] as const;

/** A profile: a family of scanners that the station can drive. */
export const profileRow = z.strictObject({
  profileId: machineCode,
  name: shortName,
  vendorId: word,
  productId: word,
  widthPx: total,
  heightPx: total,
  resolutionPpi: total,
  triedOn: z.array(z.enum(TRIED_ON)).max(TRIED_ON.length),
  /** Null for those that ship with the station. */
  importedAt: moment.nullable(),
});
export type ProfileRow = z.infer<typeof profileRow>;

export const PROFILE_PROBLEMS = [
  'not-json',
  'too-long',
  'missing',
  'unknown-field',
  'wrong-type',
  'too-small',
  'too-large',
  'not-allowed',
  'ships-with-station',
  'too-many-profiles',
] as const;

/** One thing that is wrong with a profile: the way to the field, and its bound where it has one. */
export const profileProblem = z.strictObject({
  field: z.string().max(100),
  problem: z.enum(PROFILE_PROBLEMS),
  bound: z.number().nullable(),
});
export type ProfileProblem = z.infer<typeof profileProblem>;

const profiles = z.array(profileRow).max(MAXIMUM_PROFILES);
const profileImport = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('imported'), profileId: machineCode, hasReplaced: z.boolean(), profiles }),
  z.strictObject({
    kind: z.literal('refused'),
    problems: z.array(profileProblem).min(1).max(MAXIMUM_PROFILE_PROBLEMS),
  }),
]);
export type ProfileImport = z.infer<typeof profileImport>;

const procedure = oc.errors(REFUSED);
const nothing = z.strictObject({});
const ofPath = z.strictObject({ path: machineCode });
const profileText = z.string().max(MAXIMUM_PROFILE_CHARACTERS);
const targetFpir = (most: number) => z.number().min(1e-9).max(most);

/** The administrator's pages of scanners, profiles and thresholds. */
export const scannersContract = {
  list: procedure.input(nothing).output(scannersView),
  choose: procedure.input(ofPath).output(scannersView),
  /** Gives a scanner a name of the station's own, or takes it away again. */
  name: procedure.input(z.strictObject({ path: machineCode, name: shortName.nullable() })).output(scannersView),
  /** Opens the device, reads its own serial number, and lets it capture for checks from now on. */
  enrol: procedure.input(ofPath).output(scannersView),
  withdraw: procedure.input(scannerDevice).output(scannersView),
  /** Ends when it has ended, or when nobody follows it any more. */
  testCapture: procedure.input(ofPath).output(eventIterator(testCaptureEvent)),
  checkGlass: procedure.input(ofPath).output(glassReport),
  /** `spacingMm`: from line to line of the printed target. */
  checkResolution: procedure
    .input(z.strictObject({ path: machineCode, spacingMm: z.number().min(0.5).max(5) }))
    .output(resolutionReport),
  statistics: procedure
    .input(z.strictObject({ device: scannerDevice, days: z.number().int().min(7).max(STATISTICS_DAYS) }))
    .output(z.array(scannerDay).max(STATISTICS_DAYS)),
  thresholds: procedure
    .input(
      z.strictObject({
        minimumQuality: quality,
        matchTargetFpir: targetFpir(0.01),
        possibleTargetFpir: targetFpir(0.1),
      }),
    )
    .output(thresholdEffects),
  profiles: procedure.input(nothing).output(profiles),
  importProfile: procedure.input(z.strictObject({ text: profileText })).output(profileImport),
  /** The profile as the text of a file, which the station also writes into its data folder. */
  exportProfile: procedure
    .input(z.strictObject({ profileId: machineCode }))
    .output(z.strictObject({ text: profileText, filePath: machineCode })),
  removeProfile: procedure.input(z.strictObject({ profileId: machineCode })).output(profiles),
};
