import type { SignInDesk } from '../../access/sign-in.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { SessionView } from '../../contract/session.ts';
import type { CheckDesk } from '../check/check-desk.ts';
import { sessionView, type Session, type StationConnection } from '../connection.ts';
import type { Clock } from '../platform.ts';
import { Refusal } from '../refusal.ts';

export type LockReason = 'asked' | 'inactivity' | 'screen-locked' | 'suspended';
export type SignOutReason = LockReason | 'window-closed' | 'disabled' | 'station-closing';

export interface SessionDeskOptions {
  readonly signIn: SignInDesk;
  readonly audit: AuditLog;
  readonly checks: CheckDesk;
  readonly clock: Clock;
}

/** Sessions: who is signed in where. Each change is in the audit log, and each loss of a session interrupts its check. */
export interface SessionDesk {
  signIn(connection: StationConnection, userName: string, password: string): Promise<SessionView>;
  signOut(connection: StationConnection, why: SignOutReason): Promise<void>;
  lock(connection: StationConnection, why: LockReason): Promise<void>;
  unlock(connection: StationConnection, password: string): Promise<SessionView>;
  changePassword(connection: StationConnection, present: string, wanted: string): Promise<SessionView>;
}

function present(connection: StationConnection): Session {
  if (connection.session === null) throw new Refusal('session.none');
  return connection.session;
}

/** Makes the desk. */
export function createSessionDesk({ signIn, audit, checks, clock }: SessionDeskOptions): SessionDesk {
  async function signOut(connection: StationConnection, why: SignOutReason): Promise<void> {
    const { session } = connection;
    if (session === null) return;
    connection.session = null;
    // Nobody can come back to a station that closes, nor as a user who was disabled.
    if (why === 'station-closing') await checks.endOf(session, why);
    else if (why === 'disabled') await checks.endOf(session, 'signed-out');
    else await checks.interruptOf(session, why === 'window-closed' ? why : 'signed-out');
    await audit.append({ code: 'signed-out', actor: session.userId, reference: null, details: { why } });
  }

  return {
    signOut,
    async signIn(connection, userName, password) {
      await signOut(connection, 'asked');
      const outcome = await signIn.signIn(userName, password);
      if (outcome.kind === 'refused') {
        const { reason, userId } = outcome;
        await audit.append({ code: 'sign-in-refused', actor: userId, reference: null, details: { reason } });
        throw new Refusal(reason === 'locked-out' ? 'session.locked-out' : 'session.wrong-credentials');
      }
      const { user } = outcome;
      const session: Session = {
        userId: user.id,
        userName: user.userName,
        displayName: user.displayName,
        role: user.role,
        signedInAtMs: clock.now(),
        mustChangePassword: user.mustChangePassword,
        isLocked: false,
        lastCallAtMs: clock.now(),
      };
      await audit.append({ code: 'sign-in', actor: user.id, reference: null, details: { role: user.role } });
      connection.session = session;
      return sessionView(session);
    },
    async lock(connection, why) {
      const { session } = connection;
      if (session === null || session.isLocked) return;
      session.isLocked = true;
      await checks.interruptOf(session, why === 'suspended' ? 'suspended' : 'locked');
      await audit.append({ code: 'session-locked', actor: session.userId, reference: null, details: { why } });
    },
    async unlock(connection, password) {
      const session = present(connection);
      const outcome = await signIn.signIn(session.userName, password);
      if (outcome.kind === 'refused') {
        const { reason, userId } = outcome;
        await audit.append({ code: 'sign-in-refused', actor: userId, reference: null, details: { reason } });
        throw new Refusal(reason === 'locked-out' ? 'session.locked-out' : 'session.wrong-credentials');
      }
      session.isLocked = false;
      session.lastCallAtMs = clock.now();
      await audit.append({ code: 'session-unlocked', actor: session.userId, reference: null, details: {} });
      return sessionView(session);
    },
    async changePassword(connection, presentPassword, wanted) {
      const session = present(connection);
      const change = await signIn.changePassword(session.userId, presentPassword, wanted);
      if (change.kind === 'too-weak') throw new Refusal('session.password-too-weak');
      if (change.kind === 'refused') {
        throw new Refusal(change.reason === 'locked-out' ? 'session.locked-out' : 'session.wrong-credentials');
      }
      session.mustChangePassword = false;
      await audit.append({ code: 'password-changed', actor: session.userId, reference: null, details: {} });
      return sessionView(session);
    },
  };
}
