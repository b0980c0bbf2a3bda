import { expect, test } from 'vitest';
import { ROLES, type Role } from '../../../electron/contract/session.ts';
import { stationContract } from '../../../electron/contract/station-contract.ts';
import { isPermitted, permissionRefusal } from '../../../electron/domain/access/permissions.ts';

const FREE = { mustChangePassword: false, isLocked: false };
const LOCKED = { mustChangePassword: false, isLocked: true };
const FIRST_USE = { mustChangePassword: true, isLocked: false };
const EVERYBODY = [null, ...ROLES] as const;

const PATHS = Object.entries(stationContract).flatMap(([group, procedures]) =>
  Object.keys(procedures).map((procedure) => `${group}.${procedure}`),
);

const ANYONE = ['station.status', 'station.watch', 'session.current', 'session.signIn'];
const OWN_SESSION = ['session.signOut', 'session.lock', 'session.unlock', 'session.changePassword'];

/** What each role may call besides its own session, by group or procedure: written here again, apart from the table. */
const MAY: Readonly<Record<Role, readonly string[]>> = {
  officer: ['checks.'],
  sergeant: ['counts.', 'supervision.'],
  administrator: ['administration.', 'databases.', 'scanners.', 'health.', 'galleries.'],
  auditor: ['audit.', 'counts.'],
};

function mayCall(role: Role | null, path: string): boolean {
  if (ANYONE.includes(path)) return true;
  if (role === null) return false;
  return OWN_SESSION.includes(path) || MAY[role].some((start) => path.startsWith(start));
}

test('the contract has the procedures that this test speaks of', () => {
  expect(PATHS).toEqual(expect.arrayContaining([...ANYONE, ...OWN_SESSION]));
  expect(PATHS.length).toBeGreaterThan(30);
});

test.each(EVERYBODY)('%s may call exactly what the table says, and nothing else of the contract', (role) => {
  expect(PATHS.filter((path) => isPermitted(role, path, FREE))).toEqual(PATHS.filter((path) => mayCall(role, path)));
});

test('nobody signed in reads the status and signs in, and nothing else', () => {
  expect(PATHS.filter((path) => isPermitted(null, path, FREE))).toEqual(ANYONE);
});

test('a call without a session says that there is none, rather than that it is not permitted', () => {
  expect(permissionRefusal(null, 'checks.begin', FREE)).toBe('session.none');
});

test('an administrator is refused every procedure of a check, results included', () => {
  const ofChecks = PATHS.filter((path) => path.startsWith('checks.'));

  expect(ofChecks).toContain('checks.viewResults');
  for (const path of ofChecks) expect(permissionRefusal('administrator', path, FREE)).toBe('session.not-permitted');
});

test.each(ROLES)('a locked %s can only unlock, lock, sign out and read the status', (role) => {
  expect(PATHS.filter((path) => isPermitted(role, path, LOCKED))).toEqual([
    ...ANYONE,
    'session.signOut',
    'session.lock',
    'session.unlock',
  ]);
});

test.each(ROLES)('at first use %s can only change the password, lock, unlock, sign out and read the status', (role) => {
  expect(PATHS.filter((path) => isPermitted(role, path, FIRST_USE))).toEqual([...ANYONE, ...OWN_SESSION]);
});

test('a locked session that must change its password is told that it is locked', () => {
  const both = { mustChangePassword: true, isLocked: true };

  expect(permissionRefusal('officer', 'checks.begin', both)).toBe('session.locked');
  expect(permissionRefusal('officer', 'checks.begin', FIRST_USE)).toBe('session.password-change-required');
});

test('a lock does not tell a role about procedures that it may never call', () => {
  expect(permissionRefusal('auditor', 'checks.begin', LOCKED)).toBe('session.not-permitted');
});

test.each([
  '',
  'checks',
  'checks.',
  'checks.erase',
  'toString',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'CHECKS.BEGIN',
])('the unknown path "%s" is refused for everybody', (path) => {
  for (const role of EVERYBODY) expect(permissionRefusal(role, path, FREE)).toBe('session.not-permitted');
});
