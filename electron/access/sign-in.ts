import { MINIMUM_PASSWORD_CHARACTERS } from '../contract/session.ts';
import type { StoredUser, UserStore } from '../storage/user-store.ts';
import { hashPassword, isPassword } from './passwords.ts';

/** Failures in a row after which a user is locked out. Source: NCSC suggests 5 to 10 before a lock. */
export const FAILURES_BEFORE_LOCKOUT = 5;
/** How long a lock-out lasts, milliseconds: a quarter of an hour. Source: ours; an administrator can end it sooner. */
export const LOCKOUT_MS = 15 * 60_000;

export type SignInOutcome =
  | { readonly kind: 'signed-in'; readonly user: StoredUser }
  | {
      readonly kind: 'refused';
      readonly reason: 'unknown-user' | 'wrong-password' | 'locked-out' | 'disabled';
      readonly userId: string | null;
    };

export type PasswordChange =
  | { readonly kind: 'changed'; readonly user: StoredUser }
  | { readonly kind: 'too-weak' }
  | { readonly kind: 'refused'; readonly reason: 'wrong-password' | 'locked-out' };

/** Checks passwords, counts failures and locks out. */
export interface SignInDesk {
  signIn(userName: string, password: string): Promise<SignInOutcome>;
  changePassword(userId: string, present: string, wanted: string): Promise<PasswordChange>;
}

export interface SignInOptions {
  readonly users: UserStore;
  readonly now: () => number;
}

/**
 * Makes the desk. One password is checked at a time, so that guessing in parallel gains nothing; an unknown user costs
 * as much time as a wrong password.
 */
export function createSignInDesk({ users, now }: SignInOptions): SignInDesk {
  let queue: Promise<unknown> = Promise.resolve();
  let decoyHash: Promise<string> | null = null;

  function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work, work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function check(user: StoredUser, password: string): Promise<'right' | 'wrong-password' | 'locked-out'> {
    if (user.lockedUntil !== null && Date.parse(user.lockedUntil) > now()) return 'locked-out';
    if (await isPassword(user.passwordHash, password)) {
      if (user.failedAttempts > 0) await users.update({ ...user, failedAttempts: 0, lockedUntil: null });
      return 'right';
    }
    const failedAttempts = user.failedAttempts + 1;
    const isLockedOut = failedAttempts >= FAILURES_BEFORE_LOCKOUT;
    await users.update({
      ...user,
      failedAttempts: isLockedOut ? 0 : failedAttempts,
      lockedUntil: isLockedOut ? new Date(now() + LOCKOUT_MS).toISOString() : null,
    });
    return 'wrong-password';
  }

  return {
    signIn: (userName, password) =>
      oneAtATime(async () => {
        const user = await users.byUserName(userName);
        if (user === null) {
          decoyHash ??= hashPassword('a decoy that nobody can type');
          await isPassword(await decoyHash, password);
          return { kind: 'refused', reason: 'unknown-user', userId: null };
        }
        const result = await check(user, password);
        if (result !== 'right') return { kind: 'refused', reason: result, userId: user.id };
        if (user.disabled) return { kind: 'refused', reason: 'disabled', userId: user.id };
        return { kind: 'signed-in', user };
      }),
    changePassword: (userId, present, wanted) =>
      oneAtATime(async () => {
        const user = await users.byId(userId);
        if (user === null) return { kind: 'refused', reason: 'wrong-password' };
        const result = await check(user, present);
        if (result !== 'right') return { kind: 'refused', reason: result };
        const isWeak =
          wanted.length < MINIMUM_PASSWORD_CHARACTERS || wanted === present || wanted.includes(user.userName);
        if (isWeak) return { kind: 'too-weak' };
        const changed = {
          ...user,
          passwordHash: await hashPassword(wanted),
          mustChangePassword: false,
          failedAttempts: 0,
          lockedUntil: null,
        };
        await users.update(changed);
        return { kind: 'changed', user: changed };
      }),
  };
}
