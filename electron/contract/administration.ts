import { oc } from '@orpc/contract';
import { z } from 'zod';
import { REFUSED } from './errors.ts';
import {
  identifier,
  machineCode,
  MAXIMUM_NAME_CHARACTERS,
  MAXIMUM_ROWS,
  moment,
  quality,
  shortName,
} from './limits.ts';
import { role } from './session.ts';

/** The code of a force or of a station, such as `training` or `desk-1`: what goes upstream instead of a name. */
export const placeCode = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+){0,5}$/)
  .max(40);

/** Settings that an administrator may change; each with its unit and bounds. */
export const stationSettings = z.strictObject({
  stationName: shortName,
  forceName: shortName,
  stationCode: placeCode,
  forceCode: placeCode,
  /**
   * The policy under which ethnicity is recorded for the counts; typing it in switches the recording on. Empty: off.
   * Source: DPA 2018 s35, sensitive processing needs a policy document.
   */
  ethnicityPolicy: z.string().trim().max(MAXIMUM_NAME_CHARACTERS),
  /** Captures below this quality need a reason. 0–100. */
  minimumQuality: quality,
  /** Attempts for one finger. */
  maximumAttempts: z.number().int().min(1).max(10),
  /** False positive identifications that a "match" may cause, per search. */
  matchTargetFpir: z.number().min(1e-9).max(0.01),
  /** The same for a "possible match". */
  possibleTargetFpir: z.number().min(1e-9).max(0.1),
  /** From so long on a database is outstanding, and the officer is asked what to do, milliseconds. */
  searchDeadlineMs: z.number().int().min(1_000).max(300_000),
  /** How long the officer may decide about a database that is outstanding, seconds. The prints are kept no longer for it. */
  outstandingLimitSeconds: z.number().int().min(10).max(600),
  /** How long one check may stay open, minutes. */
  checkTimeToLiveMinutes: z.number().int().min(5).max(120),
  /** Minutes without a touch before the screen locks. */
  idleLockMinutes: z.number().int().min(1).max(60),
  /** Days for which what an officer wrote about a person is kept after the check has ended. */
  personalTextRetentionDays: z.number().int().min(1).max(3_650),
});
export type StationSettings = z.infer<typeof stationSettings>;

/** Who set one setting: the station came with it, the force's machine policy fixed it, or somebody changed it here. */
export const settingOrigin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('came-with-the-station'), name: machineCode }),
  z.strictObject({ kind: z.literal('policy'), name: machineCode }),
  z.strictObject({ kind: z.literal('administrator'), name: machineCode, userName: shortName, at: moment }),
]);
export type SettingOrigin = z.infer<typeof settingOrigin>;

export const settingsView = z.strictObject({
  settings: stationSettings,
  /** Names of settings that the machine policy has fixed: shown, greyed. */
  fixedByPolicy: z.array(machineCode).max(50),
  /** One for each setting. */
  origins: z.array(settingOrigin).max(50),
});

/** Where monthly counts go. */
export const upstreamSettings = z.strictObject({
  isSwitchedOn: z.boolean(),
  address: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .nullable(),
});
export type UpstreamSettings = z.infer<typeof upstreamSettings>;

export const pushState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('never') }),
  z.strictObject({ kind: z.literal('delivered'), month: machineCode, at: moment }),
  z.strictObject({ kind: z.literal('failed'), month: machineCode, at: moment, reason: machineCode }),
]);

export const upstreamView = z.strictObject({
  upstream: upstreamSettings,
  isFixedByPolicy: z.boolean(),
  lastPush: pushState,
  waitingMonths: z.number().int().min(0),
});

export type UpstreamView = z.infer<typeof upstreamView>;

export const userRow = z.strictObject({
  userId: identifier,
  userName: shortName,
  displayName: shortName,
  role,
  isDisabled: z.boolean(),
  mustChangePassword: z.boolean(),
});
export type UserRow = z.infer<typeof userRow>;

const procedure = oc.errors(REFUSED);
const nothing = z.strictObject({});
const users = z.array(userRow).max(MAXIMUM_ROWS);
/** Shown once to the administrator, who hands it over; the user changes it at first use. */
const firstPassword = z.strictObject({ user: userRow, firstPassword: shortName });

export const administrationContract = {
  settings: procedure.input(nothing).output(settingsView),
  changeSettings: procedure.input(stationSettings).output(settingsView),
  upstream: procedure.input(nothing).output(upstreamView),
  changeUpstream: procedure.input(upstreamSettings).output(upstreamView),
  pushNow: procedure.input(nothing).output(upstreamView),
  users: procedure.input(nothing).output(users),
  createUser: procedure
    .input(z.strictObject({ userName: shortName, displayName: shortName, role }))
    .output(firstPassword),
  resetPassword: procedure.input(z.strictObject({ userId: identifier })).output(firstPassword),
  setUserDisabled: procedure.input(z.strictObject({ userId: identifier, isDisabled: z.boolean() })).output(users),
};
