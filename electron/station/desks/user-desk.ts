import { drawPassword, hashPassword } from '../../access/passwords.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { UserRow } from '../../contract/administration.ts';
import type { Role } from '../../contract/session.ts';
import type { StationDatabase } from '../../storage/database.ts';
import { StorageFault } from '../../storage/storage-fault.ts';
import type { StoredUser, UserStore } from '../../storage/user-store.ts';
import type { Randomness } from '../platform.ts';
import { Refusal } from '../refusal.ts';

export interface NewUser {
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
}

/** A user with the password that is shown once and kept nowhere. */
export interface FirstPassword {
  readonly user: UserRow;
  readonly firstPassword: string;
}

/** The people who may use the station. Every change is in the audit log. */
export interface UserDesk {
  all(): Promise<UserRow[]>;
  /** @throws Refusal `user.name-taken` */
  create(actor: string | null, user: NewUser): Promise<FirstPassword>;
  /** @throws Refusal `user.not-found` */
  resetPassword(actor: string, userId: string): Promise<FirstPassword>;
  /** @throws Refusal `user.not-found`, `user.last-administrator` */
  setDisabled(actor: string, userId: string, isDisabled: boolean): Promise<void>;
}

export interface UserDeskOptions {
  readonly database: StationDatabase;
  readonly users: UserStore;
  readonly audit: AuditLog;
  readonly randomness: Randomness;
  /** Called when a user may no longer be signed in. */
  readonly onDisabled: (userId: string) => Promise<void>;
}

function row({ id, userName, displayName, role, disabled, mustChangePassword }: StoredUser): UserRow {
  return { userId: id, userName, displayName, role, isDisabled: disabled, mustChangePassword };
}

/** Makes the desk. */
export function createUserDesk({ audit, database, onDisabled, randomness, users }: UserDeskOptions): UserDesk {
  type Change = 'created' | 'enabled' | 'disabled' | 'password-reset';
  const note = (actor: string | null, userId: string, change: Change) =>
    audit.append({ code: 'user-changed', actor, reference: null, details: { userId, change } });

  async function find(userId: string): Promise<StoredUser> {
    const user = await users.byId(userId);
    if (user === null) throw new Refusal('user.not-found');
    return user;
  }

  return {
    all: async () => (await users.all()).map(row),
    async create(actor, wanted) {
      const firstPassword = drawPassword(randomness);
      const user: StoredUser = {
        id: randomness.uuid(),
        ...wanted,
        passwordHash: await hashPassword(firstPassword),
        mustChangePassword: true,
        failedAttempts: 0,
        lockedUntil: null,
        disabled: false,
      };
      try {
        await database.transaction(async () => {
          await users.add(user);
          await note(actor, user.id, 'created');
        });
      } catch (error) {
        if (error instanceof StorageFault && error.code === 'storage.conflict') throw new Refusal('user.name-taken');
        throw error;
      }
      return { user: row(user), firstPassword };
    },
    async resetPassword(actor, userId) {
      const user = await find(userId);
      const firstPassword = drawPassword(randomness);
      const reset = {
        ...user,
        passwordHash: await hashPassword(firstPassword),
        mustChangePassword: true,
        failedAttempts: 0,
        lockedUntil: null,
      };
      await database.transaction(async () => {
        await users.update(reset);
        await note(actor, userId, 'password-reset');
      });
      return { user: row(reset), firstPassword };
    },
    async setDisabled(actor, userId, isDisabled) {
      const user = await find(userId);
      const others = (await users.all()).filter(
        ({ disabled, id, role }) => role === 'administrator' && !disabled && id !== userId,
      );
      if (isDisabled && user.role === 'administrator' && others.length === 0)
        throw new Refusal('user.last-administrator');
      await database.transaction(async () => {
        await users.update({ ...user, disabled: isDisabled });
        await note(actor, userId, isDisabled ? 'disabled' : 'enabled');
      });
      if (isDisabled) await onDisabled(userId);
    },
  };
}
