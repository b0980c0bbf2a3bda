import type { RefusalCode } from '../../contract/errors.ts';
import type { Role } from '../../contract/session.ts';
import type { ProcedurePath } from './procedure-path.ts';

/** Who may call one procedure. */
interface Rule {
  /** Roles that may call it; `anyone` includes nobody signed in. */
  readonly who: 'anyone' | 'signed-in' | Role;
  readonly also?: readonly Role[];
  /** Open although the session is locked. */
  readonly whileLocked?: true;
  /** Open although the password must be changed first. */
  readonly beforePasswordChange?: true;
}

const OPEN: Rule = { who: 'anyone', whileLocked: true, beforePasswordChange: true };
const OFFICER: Rule = { who: 'officer' };
const ADMINISTRATOR: Rule = { who: 'administrator' };
const COUNTS: Rule = { who: 'sergeant', also: ['auditor'] };

/**
 * Every procedure of the contract; the compiler refuses a missing one. An administrator sees no check and no result, an
 * auditor no personal text, a sergeant the counts and how far open checks are. What is not in this table is refused.
 */
const RULES: Readonly<Record<ProcedurePath, Rule>> = {
  'station.status': OPEN,
  'station.watch': OPEN,
  'session.current': OPEN,
  'session.signIn': OPEN,
  'session.signOut': { who: 'signed-in', whileLocked: true, beforePasswordChange: true },
  'session.lock': { who: 'signed-in', whileLocked: true, beforePasswordChange: true },
  'session.unlock': { who: 'signed-in', whileLocked: true, beforePasswordChange: true },
  'session.changePassword': { who: 'signed-in', beforePasswordChange: true },
  'checks.begin': OFFICER,
  'checks.current': OFFICER,
  'checks.watch': OFFICER,
  'checks.resume': OFFICER,
  'checks.keepDraft': OFFICER,
  'checks.recordGrounds': OFFICER,
  'checks.confirmSpoken': OFFICER,
  'checks.proceedToCapture': OFFICER,
  'checks.capture': OFFICER,
  'checks.cancelCapture': OFFICER,
  'checks.markFinger': OFFICER,
  'checks.search': OFFICER,
  'checks.keepWaiting': OFFICER,
  'checks.tryAgain': OFFICER,
  'checks.goOnWithout': OFFICER,
  'checks.viewResults': OFFICER,
  'checks.stateEthnicity': OFFICER,
  'checks.close': OFFICER,
  'checks.noteSlip': OFFICER,
  'checks.end': OFFICER,
  'administration.settings': ADMINISTRATOR,
  'administration.changeSettings': ADMINISTRATOR,
  'administration.upstream': ADMINISTRATOR,
  'administration.changeUpstream': ADMINISTRATOR,
  'administration.pushNow': ADMINISTRATOR,
  'administration.users': ADMINISTRATOR,
  'administration.createUser': ADMINISTRATOR,
  'administration.resetPassword': ADMINISTRATOR,
  'administration.setUserDisabled': ADMINISTRATOR,
  'scanners.list': ADMINISTRATOR,
  'scanners.choose': ADMINISTRATOR,
  'scanners.name': ADMINISTRATOR,
  'scanners.enrol': ADMINISTRATOR,
  'scanners.withdraw': ADMINISTRATOR,
  'scanners.testCapture': ADMINISTRATOR,
  'scanners.checkGlass': ADMINISTRATOR,
  'scanners.checkResolution': ADMINISTRATOR,
  'scanners.statistics': ADMINISTRATOR,
  'scanners.thresholds': ADMINISTRATOR,
  'scanners.profiles': ADMINISTRATOR,
  'scanners.importProfile': ADMINISTRATOR,
  'scanners.exportProfile': ADMINISTRATOR,
  'scanners.removeProfile': ADMINISTRATOR,
  'databases.view': ADMINISTRATOR,
  'databases.change': ADMINISTRATOR,
  'databases.test': ADMINISTRATOR,
  'counts.byMonth': COUNTS,
  'counts.pushStatus': COUNTS,
  'counts.pushNow': COUNTS,
  'counts.makePack': COUNTS,
  'audit.search': { who: 'auditor' },
  'audit.verify': { who: 'auditor' },
  'audit.exportLog': { who: 'auditor' },
  'health.selfTest': ADMINISTRATOR,
  'health.logLines': ADMINISTRATOR,
  'supervision.openChecks': { who: 'sergeant' },
  'galleries.view': ADMINISTRATOR,
  'galleries.watch': ADMINISTRATOR,
  'galleries.changeSettings': ADMINISTRATOR,
  'galleries.importFile': ADMINISTRATOR,
  'galleries.cancelImport': ADMINISTRATOR,
  'galleries.remove': ADMINISTRATOR,
};

/** What of a session decides, besides its role. */
export interface SessionCondition {
  readonly mustChangePassword: boolean;
  readonly isLocked: boolean;
}

/**
 * Why a call is refused, or null when it is permitted. `role` is null when nobody is signed in; `procedurePath` is
 * `group.procedure`. A path that the table does not name is refused for everybody.
 */
export function permissionRefusal(
  role: Role | null,
  procedurePath: string,
  { mustChangePassword, isLocked }: SessionCondition,
): RefusalCode | null {
  if (!isKnown(procedurePath)) return 'session.not-permitted';
  const rule = RULES[procedurePath];
  if (role === null) return rule.who === 'anyone' ? null : 'session.none';
  if (!isRolePermitted(role, rule)) return 'session.not-permitted';
  if (isLocked && rule.whileLocked !== true) return 'session.locked';
  if (mustChangePassword && rule.beforePasswordChange !== true) return 'session.password-change-required';
  return null;
}

/** True when the call is permitted; `permissionRefusal` says why not. */
export function isPermitted(role: Role | null, procedurePath: string, condition: SessionCondition): boolean {
  return permissionRefusal(role, procedurePath, condition) === null;
}

function isKnown(procedurePath: string): procedurePath is ProcedurePath {
  return Object.hasOwn(RULES, procedurePath);
}

function isRolePermitted(role: Role, { who, also = [] }: Rule): boolean {
  return who === 'anyone' || who === 'signed-in' || who === role || also.includes(role);
}
