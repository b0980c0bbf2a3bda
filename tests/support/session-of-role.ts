import type { Role } from '../../electron/contract/session.ts';
import type { Session } from '../../electron/station/connection.ts';
import type { Station } from '../../electron/station/create-station.ts';

/** A session of the station's first user of that role, without the tenth of a second that its password would cost. */
export function sessionOfRole(
  station: Station,
  role: Role,
  condition: Partial<Pick<Session, 'isLocked' | 'mustChangePassword'>> = {},
): Session {
  const user = station.firstUsers.find((first) => first.user.role === role)?.user;
  if (user === undefined) throw new Error(`the station has no first user who is ${role}`);
  return {
    userId: user.userId,
    userName: user.userName,
    displayName: user.displayName,
    role,
    signedInAtMs: Date.now(),
    mustChangePassword: false,
    isLocked: false,
    lastCallAtMs: Date.now(),
    ...condition,
  };
}
