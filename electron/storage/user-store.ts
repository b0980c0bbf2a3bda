import type { Role } from '../contract/session.ts';
import type { StationDatabase } from './database.ts';

/** Someone who signs in. The password is held as its argon2id hash only. */
export interface StoredUser {
  readonly id: string;
  /** Unique without regard to case. */
  readonly userName: string;
  readonly displayName: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
  readonly failedAttempts: number;
  /** ISO 8601 in UTC, or null. */
  readonly lockedUntil: string | null;
  readonly disabled: boolean;
}

interface UserRow {
  id: string;
  user_name: string;
  display_name: string;
  role: Role;
  password_hash: string;
  must_change_password: number;
  failed_attempts: number;
  locked_until: string | null;
  disabled: number;
}

function fromRow(row: UserRow): StoredUser {
  return {
    id: row.id,
    userName: row.user_name,
    displayName: row.display_name,
    role: row.role,
    passwordHash: row.password_hash,
    mustChangePassword: row.must_change_password !== 0,
    failedAttempts: row.failed_attempts,
    lockedUntil: row.locked_until,
    disabled: row.disabled !== 0,
  };
}

function toRow(user: StoredUser): UserRow {
  return {
    id: user.id,
    user_name: user.userName,
    display_name: user.displayName,
    role: user.role,
    password_hash: user.passwordHash,
    must_change_password: Number(user.mustChangePassword),
    failed_attempts: user.failedAttempts,
    locked_until: user.lockedUntil,
    disabled: Number(user.disabled),
  };
}

/** The people who may use this station. */
export interface UserStore {
  all(): Promise<readonly StoredUser[]>;
  byId(id: string): Promise<StoredUser | null>;
  byUserName(userName: string): Promise<StoredUser | null>;
  /** @throws StorageFault `storage.conflict` when the user name is taken */
  add(user: StoredUser): Promise<void>;
  /** Replaces everything about the user but the id; false when there is none. */
  update(user: StoredUser): Promise<boolean>;
}

/** Makes the store over one open database. */
export function createUserStore(database: StationDatabase): UserStore {
  const one = async (column: 'id' | 'user_name', value: string): Promise<StoredUser | null> => {
    const row = await database.run((connection) => connection<UserRow>('user').where(column, value).first());
    return row === undefined ? null : fromRow(row);
  };
  return {
    async all() {
      const rows = await database.run((connection) => connection<UserRow>('user').select().orderBy('user_name'));
      return rows.map(fromRow);
    },
    byId: (id) => one('id', id),
    byUserName: (userName) => one('user_name', userName),
    async add(user) {
      await database.run((connection) => connection<UserRow>('user').insert(toRow(user)));
    },
    async update(user) {
      const { id, ...changes } = toRow(user);
      return (await database.run((connection) => connection<UserRow>('user').where('id', id).update(changes))) === 1;
    },
  };
}
