import { AsyncLocalStorage } from 'node:async_hooks';
import { access, chmod, constants, mkdir, open, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import knex from 'knex';
import type { Knex } from 'knex';
import { copyBeforeMigrating } from './copy-before-migrating.ts';
import { MIGRATIONS } from './migrations/migration-list.ts';
import type { MigrationProgress } from './migrations/migration.ts';
import { migrate } from './migrations/migrate.ts';
import { StorageFault, storageFaultFrom } from './storage-fault.ts';

/** What a store speaks to: the database itself, or the transaction that is open around the caller. */
export type Connection = Knex;

/** One open database file, held by this process alone until it is closed. */
export interface StationDatabase extends AsyncDisposable {
  readonly filePath: string;
  /**
   * Runs `work` so that all of it is kept or none. Every store call made inside belongs to the transaction without being
   * told so, and a transaction inside another joins it.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Runs one query, inside the caller's transaction if there is one. @throws StorageFault */
  run<T>(query: (connection: Connection) => PromiseLike<T>): Promise<T>;
  /** Writes a whole, consistent copy into a new file while the station works. @throws StorageFault */
  backUpTo(filePath: string): Promise<void>;
  /** Moves the write-ahead log into the file and empties it, so that what was erased is not left behind there. */
  checkpoint(): Promise<void>;
  /** What SQLite finds wrong with the whole file, indexes included, in its own words; null when it finds nothing. */
  findDamage(): Promise<string | null>;
  close(): Promise<void>;
}

export interface OpenDatabaseOptions {
  readonly filePath: string;
  readonly onProgress?: (progress: MigrationProgress) => void;
}

/** The first 16 bytes of every SQLite 3 file. Source: sqlite.org/fileformat.html, 1.3. */
const SQLITE_HEADER = 'SQLite format 3\u0000';

/** Marks the file as Ridgeway's: the letters RWAY as a number, kept in SQLite's application_id. */
const APPLICATION_ID = 0x5257_4159;

/** How long a call may wait for the one connection before it is called a fault, milliseconds. */
const CONNECTION_WAIT_MS = 15_000;

/**
 * Files that this process holds. A second opening must not even touch one: when a process closes any handle of a file, POSIX
 * drops all of its locks on it, SQLite's too (sqlite.org/howtocorrupt.html, 2.2).
 */
const heldHere = new Set<string>();

const silent = { warn() {}, error() {}, debug() {}, deprecate() {} };

function connect(filename: string, flags: string[]): Knex {
  return knex({
    client: 'sqlite3',
    connection: { filename, flags },
    useNullAsDefault: true,
    acquireConnectionTimeout: CONNECTION_WAIT_MS,
    // One connection: the file is held exclusively, and one writer at a time is what keeps counts and log in step.
    pool: { min: 1, max: 1 },
    log: silent,
  });
}

async function refuseReadOnlyPlace(filePath: string): Promise<void> {
  const folder = dirname(filePath);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // The log beside the file is written too, so the folder must be open to writing as well.
    await access(folder, constants.W_OK);
    if (await isThere(filePath)) await access(filePath, constants.R_OK | constants.W_OK);
    // Made before SQLite opens it, because the files that SQLite puts beside it take over its permissions.
    await (await open(filePath, 'a', 0o600)).close();
    await chmod(filePath, 0o600);
  } catch (error) {
    throw new StorageFault('storage.read-only', {}, { cause: error });
  }
}

async function isThere(filePath: string): Promise<boolean> {
  return stat(filePath).then(
    () => true,
    () => false,
  );
}

async function refuseForeignFile(filePath: string): Promise<void> {
  const size = await stat(filePath).then(
    (found) => found.size,
    () => 0,
  );
  if (size === 0) return;
  await using file = await open(filePath, 'r');
  const header = Buffer.alloc(SQLITE_HEADER.length);
  await file.read(header, 0, header.length, 0);
  if (header.toString('latin1') !== SQLITE_HEADER)
    throw new StorageFault('storage.not-a-database', { sizeBytes: size });
}

async function refuseForeignSchema(connection: Knex): Promise<void> {
  const [row]: { application_id: number }[] = await connection.raw('PRAGMA application_id');
  if (row?.application_id === APPLICATION_ID) return;
  const [tables]: { total: number }[] = await connection.raw('SELECT count(*) AS total FROM sqlite_schema');
  if ((tables?.total ?? 0) > 0) throw new StorageFault('storage.not-a-database', { tables: tables?.total ?? 0 });
  await connection.raw(`PRAGMA application_id = ${APPLICATION_ID}`);
}

async function refuseCorruption(connection: Knex): Promise<void> {
  const rows: { quick_check: string }[] = await connection.raw('PRAGMA quick_check');
  if (rows.length !== 1 || rows[0]?.quick_check !== 'ok')
    throw new StorageFault('storage.corrupted', { findings: rows.length });
}

async function takeHold(connection: Knex): Promise<void> {
  await connection.raw('PRAGMA busy_timeout = 0');
  await connection.raw('PRAGMA locking_mode = EXCLUSIVE');
  await connection.raw('PRAGMA journal_mode = WAL');
  await connection.raw('PRAGMA synchronous = FULL');
  await connection.raw('PRAGMA secure_delete = ON');
  await connection.raw('PRAGMA temp_store = MEMORY');
  await connection.raw('PRAGMA foreign_keys = ON');
  // The lock is taken now and kept, so that a second station learns of it at its start and not in the middle of a check.
  await connection.raw('BEGIN EXCLUSIVE');
  await connection.raw('COMMIT');
}

/**
 * Opens the station's database, makes it if there is none, checks it, and brings its schema up to date, after a copy of
 * what was there. The file is readable by its owner only and stays locked against any other process until `close`.
 * @throws StorageFault not-a-database, corrupted, in-use, newer-schema, read-only, disk-full
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<StationDatabase> {
  const filePath = resolve(options.filePath);
  if (heldHere.has(filePath)) throw new StorageFault('storage.in-use');
  heldHere.add(filePath);
  try {
    return await openHeld(filePath, options.onProgress);
  } catch (error) {
    heldHere.delete(filePath);
    throw error;
  }
}

async function openHeld(filePath: string, onProgress: OpenDatabaseOptions['onProgress']): Promise<StationDatabase> {
  await refuseReadOnlyPlace(filePath);
  await refuseForeignFile(filePath);
  const connection = connect(filePath, []);
  try {
    await takeHold(connection);
    await refuseCorruption(connection);
    await refuseForeignSchema(connection);
    await copyBeforeMigrating(connection, filePath, MIGRATIONS);
    await migrate(connection, MIGRATIONS, onProgress);
  } catch (error) {
    await connection.destroy();
    throw storageFaultFrom(error);
  }
  return new OpenDatabase(filePath, connection);
}

/**
 * Opens a database file for reading alone, without migrating, locking or changing it: for the offline tools.
 * @throws StorageFault not-a-database, corrupted, in-use, missing
 */
export async function openForReading(filePath: string): Promise<StationDatabase> {
  if (heldHere.has(resolve(filePath))) throw new StorageFault('storage.in-use');
  if (!(await isThere(filePath))) throw new StorageFault('storage.missing');
  await refuseForeignFile(filePath);
  const connection = connect(`${pathToFileURL(filePath).href}?mode=ro`, ['OPEN_URI']);
  try {
    await connection.raw('SELECT count(*) FROM sqlite_schema');
  } catch (error) {
    await connection.destroy();
    throw storageFaultFrom(error);
  }
  return new OpenDatabase(filePath, connection);
}

class OpenDatabase implements StationDatabase {
  readonly filePath: string;
  readonly #connection: Knex;
  readonly #around = new AsyncLocalStorage<{ readonly transaction: Knex.Transaction }>();

  constructor(filePath: string, connection: Knex) {
    this.filePath = filePath;
    this.#connection = connection;
  }

  /** The caller's own transaction while it is open; work that outlives it falls back to the database. */
  #current(): Knex.Transaction | undefined {
    const transaction = this.#around.getStore()?.transaction;
    return transaction === undefined || transaction.isCompleted() ? undefined : transaction;
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.#current() !== undefined) return work();
    try {
      return await this.#connection.transaction((transaction) => this.#around.run({ transaction }, work));
    } catch (error) {
      throw storageFaultFrom(error);
    }
  }

  async run<T>(query: (connection: Connection) => PromiseLike<T>): Promise<T> {
    try {
      return await query(this.#current() ?? this.#connection);
    } catch (error) {
      throw storageFaultFrom(error);
    }
  }

  async backUpTo(filePath: string): Promise<void> {
    // Made empty first, so that the copy is never readable by others, not even while it grows.
    const file = await open(filePath, 'wx', 0o600).catch((error: unknown) => {
      throw new StorageFault('storage.conflict', { reason: 'file-exists' }, { cause: error });
    });
    await file.close();
    await this.run((connection) => connection.raw('VACUUM INTO ?', [filePath]));
  }

  async checkpoint(): Promise<void> {
    await this.run((connection) => connection.raw('PRAGMA wal_checkpoint(TRUNCATE)'));
  }

  async findDamage(): Promise<string | null> {
    try {
      const rows: { integrity_check: string }[] = await this.run((connection) =>
        connection.raw('PRAGMA integrity_check(1)'),
      );
      return rows[0]?.integrity_check === 'ok' ? null : (rows[0]?.integrity_check ?? 'unknown');
    } catch (error) {
      if (error instanceof StorageFault) return error.code;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#connection.destroy();
    heldHere.delete(this.filePath);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
