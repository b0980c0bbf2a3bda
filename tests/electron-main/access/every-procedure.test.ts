import { ORPCError } from '@orpc/client';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../../electron/contract/session.ts';
import { stationContract } from '../../../electron/contract/station-contract.ts';
import { sessionOfRole } from '../../support/session-of-role.ts';
import { startTestStation, type TestStation } from '../../support/test-station.ts';

/** Who may call what, written from the promise and not from the station's own table: O S A U, and N for nobody. */
const WHO: Readonly<Record<string, string>> = {
  'station.status': 'OSAUN',
  'station.watch': 'OSAUN',
  'session.current': 'OSAUN',
  'session.signIn': 'OSAUN',
  'session.signOut': 'OSAU',
  'session.lock': 'OSAU',
  'session.unlock': 'OSAU',
  'session.changePassword': 'OSAU',
  'checks.begin': 'O',
  'checks.current': 'O',
  'checks.watch': 'O',
  'checks.resume': 'O',
  'checks.keepDraft': 'O',
  'checks.recordGrounds': 'O',
  'checks.confirmSpoken': 'O',
  'checks.proceedToCapture': 'O',
  'checks.capture': 'O',
  'checks.cancelCapture': 'O',
  'checks.markFinger': 'O',
  'checks.search': 'O',
  'checks.keepWaiting': 'O',
  'checks.tryAgain': 'O',
  'checks.goOnWithout': 'O',
  'checks.viewResults': 'O',
  'checks.stateEthnicity': 'O',
  'checks.close': 'O',
  'checks.noteSlip': 'O',
  'checks.end': 'O',
  'administration.settings': 'A',
  'administration.changeSettings': 'A',
  'administration.upstream': 'A',
  'administration.changeUpstream': 'A',
  'administration.pushNow': 'A',
  'administration.users': 'A',
  'administration.createUser': 'A',
  'administration.resetPassword': 'A',
  'administration.setUserDisabled': 'A',
  'scanners.list': 'A',
  'scanners.choose': 'A',
  'scanners.name': 'A',
  'scanners.enrol': 'A',
  'scanners.withdraw': 'A',
  'scanners.testCapture': 'A',
  'scanners.checkGlass': 'A',
  'scanners.checkResolution': 'A',
  'scanners.statistics': 'A',
  'scanners.thresholds': 'A',
  'scanners.profiles': 'A',
  'scanners.importProfile': 'A',
  'scanners.exportProfile': 'A',
  'scanners.removeProfile': 'A',
  'databases.view': 'A',
  'databases.change': 'A',
  'databases.test': 'A',
  'counts.byMonth': 'SU',
  'counts.pushStatus': 'SU',
  'counts.pushNow': 'SU',
  'counts.makePack': 'SU',
  'audit.search': 'U',
  'audit.verify': 'U',
  'audit.exportLog': 'U',
  'health.selfTest': 'A',
  'health.logLines': 'A',
  'supervision.openChecks': 'S',
  'galleries.view': 'A',
  'galleries.watch': 'A',
  'galleries.changeSettings': 'A',
  'galleries.importFile': 'A',
  'galleries.cancelImport': 'A',
  'galleries.remove': 'A',
};
const LETTERS: Readonly<Record<Role, string>> = { officer: 'O', sergeant: 'S', administrator: 'A', auditor: 'U' };

/** What stays open while the session is locked, and before a first password was changed. */
const OPEN_WHILE_LOCKED = new Set([
  'station.status',
  'station.watch',
  'session.current',
  'session.signIn',
  'session.signOut',
  'session.lock',
  'session.unlock',
]);
const OPEN_BEFORE_THE_CHANGE = new Set([...OPEN_WHILE_LOCKED, 'session.changePassword']);

const procedures = Object.entries(stationContract).flatMap(([group, members]) =>
  Object.keys(members).map((name) => ({ group, name, path: `${group}.${name}` })),
);

describe('every procedure of the contract', () => {
  let station: TestStation;

  beforeAll(async () => {
    station = await startTestStation({ withGalleries: false });
  });
  afterAll(() => station[Symbol.asyncDispose]());

  /** What a call with a field that no schema knows comes to: past the door it is bad input, and nothing has happened. */
  async function outcomeOf(
    { group, name }: { readonly group: string; readonly name: string },
    role: Role | null,
    condition: { readonly isLocked?: boolean; readonly mustChangePassword?: boolean } = {},
  ): Promise<string> {
    const connection = station.station.connect();
    if (role !== null) connection.session = sessionOfRole(station.station, role, condition);
    const client = createRouterClient(station.station.router, { context: { connection } }) as unknown as Readonly<
      Record<string, Readonly<Record<string, (input: unknown) => Promise<unknown>>>>
    >;
    try {
      await client[group]?.[name]?.({ aFieldThatNoSchemaKnows: 1 });
      return 'answered';
    } catch (error) {
      if (!(error instanceof ORPCError)) throw error;
      return error.code === 'REFUSED' ? (error.data as { readonly code: string }).code : error.code;
    } finally {
      connection.session = null;
      await connection.closed('window-closed');
    }
  }

  test('is in the table of who may call it, and the table names no other', () => {
    expect(procedures.map(({ path }) => path).toSorted()).toEqual(Object.keys(WHO).toSorted());
  });

  test.each(procedures)('$path is open to those of the table and to nobody else', async (procedure) => {
    const permitted = WHO[procedure.path] ?? '';

    const outcomes = await Promise.all([...ROLES, null].map((role) => outcomeOf(procedure, role)));

    const expected = [...ROLES, null].map((role) => {
      if (permitted.includes(role === null ? 'N' : LETTERS[role])) return 'BAD_REQUEST';
      return role === null ? 'session.none' : 'session.not-permitted';
    });
    expect(outcomes).toEqual(expected);
    expect(station.spy.opened).toBe(0);
  });

  test.each(procedures)(
    '$path is closed where the session is locked, unless it ends or opens one',
    async (procedure) => {
      const role = ROLES.find((one) => (WHO[procedure.path] ?? '').includes(LETTERS[one])) ?? 'officer';

      const locked = await outcomeOf(procedure, role, { isLocked: true });
      const first = await outcomeOf(procedure, role, { mustChangePassword: true });

      expect(locked).toBe(OPEN_WHILE_LOCKED.has(procedure.path) ? 'BAD_REQUEST' : 'session.locked');
      expect(first).toBe(
        OPEN_BEFORE_THE_CHANGE.has(procedure.path) ? 'BAD_REQUEST' : 'session.password-change-required',
      );
    },
  );
});
