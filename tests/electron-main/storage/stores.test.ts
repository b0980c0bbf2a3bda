import { expect, test } from 'vitest';
import { createCheckStore } from '../../../electron/storage/check-store.ts';
import { createSettingsStore } from '../../../electron/storage/settings-store.ts';
import { createUserStore } from '../../../electron/storage/user-store.ts';
import type { StoredUser } from '../../../electron/storage/user-store.ts';
import { temporaryDatabase } from '../../support/counts/temporary-database.ts';

const ANN: StoredUser = {
  id: 'user-1',
  userName: 'Ann',
  displayName: 'Ann Officer',
  role: 'officer',
  passwordHash: 'hash',
  mustChangePassword: true,
  failedAttempts: 0,
  lockedUntil: null,
  disabled: false,
};

test('a user comes back as it was written, found without regard to case', async () => {
  await using temporary = await temporaryDatabase();
  const users = createUserStore(temporary.database);

  await users.add(ANN);
  const changed = { ...ANN, failedAttempts: 3, lockedUntil: '2026-03-01T09:00:00.000Z', mustChangePassword: false };

  expect(await users.byUserName('aNN')).toEqual(ANN);
  expect(await users.update(changed)).toBe(true);
  expect(await users.byId('user-1')).toEqual(changed);
  expect(await users.update({ ...ANN, id: 'nobody' })).toBe(false);
});

test('a second user of the same name in other letters is refused', async () => {
  await using temporary = await temporaryDatabase();
  const users = createUserStore(temporary.database);
  await users.add(ANN);

  await expect(users.add({ ...ANN, id: 'user-2', userName: 'ANN' })).rejects.toEqual(
    expect.objectContaining({ code: 'storage.conflict' }),
  );

  expect(await users.all()).toHaveLength(1);
});

test('checks get references in order for their year, each year from one, and none twice', async () => {
  await using temporary = await temporaryDatabase();
  await createUserStore(temporary.database).add(ANN);
  const checks = createCheckStore(temporary.database);
  const open = (id: string, openedAt: string) => checks.open({ id, officerId: 'user-1', openedAt });

  const opened = await Promise.all([
    open('a', '2026-03-01T09:00:00.000Z'),
    open('b', '2026-03-01T09:00:01.000Z'),
    open('c', '2027-01-01T09:00:00.000Z'),
  ]);

  expect(opened.map(({ reference }) => reference).toSorted()).toEqual([
    'RW-2026-000001',
    'RW-2026-000002',
    'RW-2027-000001',
  ]);
  expect(await checks.byReference('RW-2027-000001')).toMatchObject({ id: 'c', state: 'grounds', groundsText: null });
});

test('a check of an officer who does not exist is refused and its reference is not used up', async () => {
  await using temporary = await temporaryDatabase();
  await createUserStore(temporary.database).add(ANN);
  const checks = createCheckStore(temporary.database);
  const openedAt = '2026-03-01T09:00:00.000Z';

  await expect(checks.open({ id: 'a', officerId: 'nobody', openedAt })).rejects.toEqual(
    expect.objectContaining({ code: 'storage.conflict' }),
  );

  expect((await checks.open({ id: 'b', officerId: 'user-1', openedAt })).reference).toBe('RW-2026-000001');
});

test('what a check has become is kept, and checks without an end are found again after a kill', async () => {
  await using temporary = await temporaryDatabase();
  await createUserStore(temporary.database).add(ANN);
  const checks = createCheckStore(temporary.database);
  await checks.open({ id: 'a', officerId: 'user-1', openedAt: '2026-03-01T09:00:00.000Z' });
  await checks.open({ id: 'b', officerId: 'user-1', openedAt: '2026-03-01T09:01:00.000Z' });

  await checks.update('a', {
    state: 'closed',
    endedAt: '2026-03-01T09:05:00.000Z',
    wayOut: 'answered',
    policeAnswer: 'match',
    immigrationAnswer: 'timed-out',
  });

  expect((await checks.unended()).map(({ id }) => id)).toEqual(['b']);
  expect(await checks.byId('a')).toMatchObject({
    policeAnswer: 'match',
    immigrationAnswer: 'timed-out',
    wayOut: 'answered',
  });
  expect(await checks.update('nobody', { state: 'closed' })).toBe(false);
});

test('grounds are removed after their retention period and those of later checks stay', async () => {
  await using temporary = await temporaryDatabase();
  await createUserStore(temporary.database).add(ANN);
  const checks = createCheckStore(temporary.database);
  for (const [id, endedAt] of [
    ['old', '2026-03-01T09:00:00.000Z'],
    ['new', '2026-04-01T09:00:00.000Z'],
  ] as const) {
    await checks.open({ id, officerId: 'user-1', openedAt: endedAt });
    await checks.update(id, { groundsText: `sealed ${id}`, endedAt, state: 'closed' });
  }

  expect(await checks.eraseGroundsEndedBefore('2026-03-15T00:00:00.000Z')).toBe(1);

  expect([(await checks.byId('old'))?.groundsText, (await checks.byId('new'))?.groundsText]).toEqual([
    null,
    'sealed new',
  ]);
});

test('a setting is written over and removed by its key', async () => {
  await using temporary = await temporaryDatabase();
  const settings = createSettingsStore(temporary.database);

  await settings.write('key', '1');
  await settings.write('key', '2');

  expect(await settings.read('key')).toBe('2');
  await settings.remove('key');
  expect(await settings.read('key')).toBeNull();
});
