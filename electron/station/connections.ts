import type { CheckEnding } from '../contract/checks.ts';
import type { StationConnection } from './connection.ts';
import type { Clock, PlatformEvent, Randomness, TechnicalLog } from './platform.ts';
import type { LockReason, SessionDesk } from './desks/session-desk.ts';

const MS_PER_MINUTE = 60_000;
/** How often idleness is looked at, milliseconds. */
const IDLE_LOOK_MS = 5_000;

export interface ConnectionsOptions {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly sessions: SessionDesk;
  readonly log: TechnicalLog;
  readonly idleLockMinutes: () => number;
}

/** Every renderer that is connected, and what happens to all of them at once. */
export interface Connections {
  connect(): StationConnection;
  onPlatformEvent(event: PlatformEvent): Promise<void>;
  signOutUser(userId: string): Promise<void>;
  closeAll(why: CheckEnding): Promise<void>;
}

/** Makes the book of connections; sessions without a call for the idle time are locked. */
export function createConnections({
  clock,
  idleLockMinutes,
  log,
  randomness,
  sessions,
}: ConnectionsOptions): Connections {
  const open = new Set<StationConnection>();
  let cancelLook: (() => void) | null = null;

  async function lockAll(why: LockReason): Promise<void> {
    await Promise.all([...open].map((connection) => sessions.lock(connection, why)));
  }

  async function lockIdle(): Promise<void> {
    const limitMs = idleLockMinutes() * MS_PER_MINUTE;
    const nowMs = clock.now();
    for (const { session } of open) {
      // A clock that was set back must not keep a screen open for as long as it was set back.
      if (session !== null && session.lastCallAtMs > nowMs) session.lastCallAtMs = nowMs;
    }
    const idle = [...open].filter(({ session }) => session !== null && nowMs - session.lastCallAtMs >= limitMs);
    await Promise.all(idle.map((connection) => sessions.lock(connection, 'inactivity')));
  }

  function lookAgain(): void {
    cancelLook ??= clock.after(IDLE_LOOK_MS, () => {
      cancelLook = null;
      if (open.size === 0) return;
      void lockIdle()
        .catch((fault: unknown) => log.fault('idle-lock', fault))
        .finally(lookAgain);
    });
  }

  return {
    connect() {
      const connection: StationConnection = {
        connectionId: randomness.uuid(),
        session: null,
        async closed(why) {
          if (!open.delete(connection)) return;
          try {
            await sessions.signOut(connection, why === 'station-closing' ? 'station-closing' : 'window-closed');
          } catch (fault) {
            // Nobody is left to be told. The prints are gone; the log has what the database could take.
            log.fault('connection.closed', fault);
          }
        },
      };
      open.add(connection);
      lookAgain();
      return connection;
    },
    async onPlatformEvent(event) {
      if (event === 'screen-locked') await lockAll('screen-locked');
      else if (event === 'suspending') await lockAll('suspended');
      else await Promise.all([...open].map((connection) => connection.closed('station-closing')));
    },
    async signOutUser(userId) {
      const theirs = [...open].filter(({ session }) => session?.userId === userId);
      await Promise.all(theirs.map((connection) => sessions.signOut(connection, 'disabled')));
    },
    async closeAll(why) {
      cancelLook?.();
      await Promise.all([...open].map((connection) => connection.closed(why)));
    },
  };
}
