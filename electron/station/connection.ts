import type { CheckEnding } from '../contract/checks.ts';
import type { Role, SessionView } from '../contract/session.ts';

/** Who is signed in on a connection, as the station keeps it. */
export interface Session {
  readonly userId: string;
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly signedInAtMs: number;
  mustChangePassword: boolean;
  isLocked: boolean;
  lastCallAtMs: number;
}

/** One renderer that is connected. Its session lives and dies with it. */
export interface StationConnection {
  readonly connectionId: string;
  session: Session | null;
  /** The window is gone, or the host ends it: an open check ends and its prints are erased. */
  closed(why: CheckEnding): Promise<void>;
}

export function sessionView(session: Session): SessionView {
  const { userId, userName, displayName, role, mustChangePassword, isLocked, signedInAtMs } = session;
  return {
    userId,
    userName,
    displayName,
    role,
    mustChangePassword,
    isLocked,
    signedInAt: new Date(signedInAtMs).toISOString(),
  };
}
