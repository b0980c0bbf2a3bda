import type { Knex } from 'knex';
import { StorageFault } from '../storage-fault.ts';
import type { Migration, MigrationProgress } from './migration.ts';

/** Where knex keeps the names of the migrations that were made. */
const MIGRATION_TABLE = 'schema_migration';

function settings(migrations: readonly Migration[]): Knex.MigratorConfig {
  return {
    tableName: MIGRATION_TABLE,
    migrationSource: {
      getMigrations: async () => [...migrations],
      getMigrationName: (migration: Migration) => migration.name,
      getMigration: async (migration: Migration) => ({
        up: (connection: Knex) => migration.up(connection),
        down: (connection: Knex) => migration.down(connection),
      }),
    },
  };
}

/**
 * How many migrations of the list the file has had, and which are still to be made, in order.
 * @throws StorageFault `storage.newer-schema` when the file was written by a later version of the station
 */
export async function waitingMigrations(
  connection: Knex,
  migrations: readonly Migration[],
): Promise<{ readonly made: number; readonly waiting: readonly Migration[] }> {
  const made: { name: string }[] = (await connection.schema.hasTable(MIGRATION_TABLE))
    ? await connection(MIGRATION_TABLE).select('name')
    : [];
  const unknown = made.filter(({ name }) => !migrations.some((migration) => migration.name === name));
  if (unknown.length > 0) throw new StorageFault('storage.newer-schema', { unknownMigrations: unknown.length });
  const waiting = migrations.filter((migration) => !made.some(({ name }) => name === migration.name));
  return { made: made.length, waiting };
}

/**
 * Makes the migrations of the list that are still to be made, each in its own transaction.
 * @throws StorageFault `storage.newer-schema` when the file was written by a later version of the station
 */
export async function migrate(
  connection: Knex,
  migrations: readonly Migration[],
  onProgress: (progress: MigrationProgress) => void = () => undefined,
): Promise<void> {
  const { waiting } = await waitingMigrations(connection, migrations);
  const config = settings(migrations);
  // The file is held by this process alone, so a lock that is found is that of a station that was killed.
  await connection.migrate.forceFreeMigrationsLock(config);
  for (const [index, migration] of waiting.entries()) {
    await connection.migrate.up({ ...config, name: migration.name });
    onProgress({ done: index + 1, total: waiting.length, name: migration.name });
  }
}

/** Undoes the last migration that was made; for the tests of migrations, never called by the station. */
export async function migrateDown(connection: Knex, migrations: readonly Migration[]): Promise<void> {
  await connection.migrate.down(settings(migrations));
}
