import { oc } from '@orpc/contract';
import { z } from 'zod';
import { REFUSED } from './errors.ts';
import { identifier, MAXIMUM_NAME_CHARACTERS, moment, shortName } from './limits.ts';

export const ROLES = ['officer', 'sergeant', 'administrator', 'auditor'] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** Shortest password, characters. Source: NCSC advises length over complexity; three random words exceed it. */
export const MINIMUM_PASSWORD_CHARACTERS = 12;

const password = z.string().min(1).max(MAXIMUM_NAME_CHARACTERS);

/** Who is signed in on this connection. */
export const sessionView = z.strictObject({
  userId: identifier,
  userName: shortName,
  displayName: shortName,
  role,
  mustChangePassword: z.boolean(),
  isLocked: z.boolean(),
  signedInAt: moment,
});
export type SessionView = z.infer<typeof sessionView>;

const procedure = oc.errors(REFUSED);

export const sessionContract = {
  /** The session of this connection, or null. */
  current: procedure.input(z.strictObject({})).output(sessionView.nullable()),
  signIn: procedure.input(z.strictObject({ userName: shortName, password })).output(sessionView),
  /** Ends the session; an open check ends with it and its prints are erased. */
  signOut: procedure.input(z.strictObject({})).output(z.null()),
  /** Locks the session; the prints of an open check are erased. */
  lock: procedure.input(z.strictObject({})).output(sessionView),
  unlock: procedure.input(z.strictObject({ password })).output(sessionView),
  changePassword: procedure.input(z.strictObject({ present: password, wanted: password })).output(sessionView),
};
