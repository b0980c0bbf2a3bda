import { beforeEach, describe, expect, test } from 'vitest';
import { drawPassword, hashPassword } from '../../../electron/access/passwords.ts';
import { createSignInDesk, FAILURES_BEFORE_LOCKOUT, LOCKOUT_MS } from '../../../electron/access/sign-in.ts';
import { systemRandomness } from '../../../electron/station/system-clock.ts';
import type { StoredUser, UserStore } from '../../../electron/storage/user-store.ts';

const PASSWORD = 'three random words';
const hashOnce = hashPassword(PASSWORD);

function usersInMemory(first: StoredUser): UserStore {
  const users = new Map([[first.id, first]]);
  return {
    all: async () => [...users.values()],
    byId: async (id) => users.get(id) ?? null,
    byUserName: async (name) => [...users.values()].find(({ userName }) => userName === name) ?? null,
    add: async (user) => void users.set(user.id, user),
    update: async (user) => users.has(user.id) && users.set(user.id, user) !== undefined,
  };
}

describe('signing in', () => {
  let nowMs: number;
  let desk: ReturnType<typeof createSignInDesk>;
  let users: UserStore;

  beforeEach(async () => {
    nowMs = Date.UTC(2026, 10, 22, 3);
    users = usersInMemory({
      id: 'u1',
      userName: 'officer',
      displayName: 'PC Training',
      role: 'officer',
      passwordHash: await hashOnce,
      mustChangePassword: false,
      failedAttempts: 0,
      lockedUntil: null,
      disabled: false,
    });
    desk = createSignInDesk({ users, now: () => nowMs });
  });

  async function failOften(): Promise<void> {
    for (let time = 0; time < FAILURES_BEFORE_LOCKOUT; time += 1) await desk.signIn('officer', 'wrong');
  }

  test('the right password signs in', async () => {
    expect(await desk.signIn('officer', PASSWORD)).toMatchObject({ kind: 'signed-in', user: { id: 'u1' } });
  });

  test('a wrong password and an unknown user are refused', async () => {
    expect(await desk.signIn('officer', 'wrong')).toMatchObject({ kind: 'refused', reason: 'wrong-password' });
    expect(await desk.signIn('nobody', PASSWORD)).toMatchObject({ kind: 'refused', reason: 'unknown-user' });
  });

  test('five failures lock the user out, even with the right password', async () => {
    await failOften();

    expect(await desk.signIn('officer', PASSWORD)).toMatchObject({ kind: 'refused', reason: 'locked-out' });
  });

  test('the lock-out ends after a quarter of an hour', async () => {
    await failOften();
    nowMs += LOCKOUT_MS;

    expect(await desk.signIn('officer', PASSWORD)).toMatchObject({ kind: 'signed-in' });
  });

  test('guesses in parallel are counted one by one', async () => {
    await Promise.all(Array.from({ length: FAILURES_BEFORE_LOCKOUT }, () => desk.signIn('officer', 'wrong')));

    expect(await desk.signIn('officer', PASSWORD)).toMatchObject({ kind: 'refused', reason: 'locked-out' });
  });

  test('a disabled user is refused with the right password', async () => {
    const user = await users.byId('u1');
    if (user !== null) await users.update({ ...user, disabled: true });

    expect(await desk.signIn('officer', PASSWORD)).toMatchObject({ kind: 'refused', reason: 'disabled' });
  });

  test.each([
    ['short', 'too short'],
    [PASSWORD, 'the same again'],
    ['the officer word', 'with the user name in it'],
  ])('the new password %j is too weak: %s', async (wanted) => {
    expect(await desk.changePassword('u1', PASSWORD, wanted)).toEqual({ kind: 'too-weak' });
  });

  test('a changed password replaces the old one', async () => {
    await desk.changePassword('u1', PASSWORD, 'correct horse battery');

    expect(await desk.signIn('officer', PASSWORD)).toMatchObject({ kind: 'refused' });
    expect(await desk.signIn('officer', 'correct horse battery')).toMatchObject({ kind: 'signed-in' });
  });

  test('drawn passwords differ and have no letter that is mistaken for another', () => {
    const drawn = Array.from({ length: 200 }, () => drawPassword(systemRandomness));

    expect(new Set(drawn).size).toBe(200);
    expect(drawn.join('')).not.toMatch(/[il01oA-Z]/);
  });
});
