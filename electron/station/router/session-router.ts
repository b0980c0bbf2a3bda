import { sessionView } from '../connection.ts';
import type { SessionDesk } from '../desks/session-desk.ts';
import { type Gate, sessionOf } from './gate.ts';

/** Signing in and out, on the connection that asks. */
export function sessionRouter(gate: Gate, desk: SessionDesk) {
  return {
    current: gate.session.current.handler(({ context }) =>
      context.connection.session === null ? null : sessionView(context.connection.session),
    ),
    signIn: gate.session.signIn.handler(({ context, input }) =>
      desk.signIn(context.connection, input.userName, input.password),
    ),
    signOut: gate.session.signOut.handler(async ({ context }) => {
      await desk.signOut(context.connection, 'asked');
      return null;
    }),
    lock: gate.session.lock.handler(async ({ context }) => {
      await desk.lock(context.connection, 'asked');
      return sessionView(sessionOf(context));
    }),
    unlock: gate.session.unlock.handler(({ context, input }) => desk.unlock(context.connection, input.password)),
    changePassword: gate.session.changePassword.handler(({ context, input }) =>
      desk.changePassword(context.connection, input.present, input.wanted),
    ),
  };
}
