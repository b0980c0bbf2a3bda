import type { FirstPassword, UserDesk } from './desks/user-desk.ts';

/**
 * A station without users gets an administrator, and a training station an officer too. Their passwords come back once,
 * for the host to show; they must be changed at first use.
 */
export async function addFirstUsers(users: UserDesk, isTraining: boolean): Promise<readonly FirstPassword[]> {
  if ((await users.all()).length > 0) return [];
  const made = [await users.create(null, { userName: 'admin', displayName: 'Administrator', role: 'administrator' })];
  if (isTraining) {
    made.push(await users.create(null, { userName: 'officer', displayName: 'PC Training', role: 'officer' }));
    made.push(await users.create(null, { userName: 'sergeant', displayName: 'PS Training', role: 'sergeant' }));
    made.push(await users.create(null, { userName: 'auditor', displayName: 'Training auditor', role: 'auditor' }));
  }
  return made;
}
