import knex from 'knex';
import type { Knex } from 'knex';

/** Where a collector keeps its counts: one SQLite file, or a PostgreSQL server by its address. */
export type CollectorPlace =
  | { readonly kind: 'sqlite'; readonly filePath: string }
  | { readonly kind: 'postgresql'; readonly address: string };

/** Connections to PostgreSQL at one time. Ours: more than the cores of a small server, fewer than its default limit. */
const CONNECTIONS = 8;

/** A place from what was typed: an address with `postgres:` or `postgresql:`, else a file. */
export function collectorPlace(text: string): CollectorPlace {
  return /^postgres(ql)?:\/\//.test(text) ? { kind: 'postgresql', address: text } : { kind: 'sqlite', filePath: text };
}

/** Opens the collector's database and makes its tables if they are not there. */
export async function openCollectorDatabase(place: CollectorPlace): Promise<Knex> {
  const connection =
    place.kind === 'postgresql'
      ? knex({ client: 'pg', connection: place.address, pool: { min: 0, max: CONNECTIONS } })
      : knex({
          client: 'sqlite3',
          connection: { filename: place.filePath },
          useNullAsDefault: true,
          pool: { min: 1, max: 1 },
        });
  if (place.kind === 'sqlite') await connection.raw('PRAGMA journal_mode = WAL');
  try {
    if (!(await connection.schema.hasTable('station'))) await makeTables(connection);
  } catch (error) {
    await connection.destroy();
    throw error;
  }
  return connection;
}

async function makeTables(connection: Knex): Promise<void> {
  await connection.schema.createTable('station', (table) => {
    table.string('force', 40).notNullable();
    table.string('station', 40).notNullable();
    table.string('public_key', 200).notNullable();
    table.primary(['force', 'station']);
  });
  const place = (table: Knex.CreateTableBuilder): void => {
    table.string('force', 40).notNullable();
    table.string('station', 40).notNullable();
    table.string('month', 7).notNullable();
  };
  await connection.schema.createTable('document', (table) => {
    place(table);
    table.integer('revision').notNullable();
    table.string('hash', 64).notNullable();
    table.text('signed').notNullable();
    table.primary(['force', 'station', 'month', 'revision']);
  });
  await connection.schema.createTable('newest', (table) => {
    place(table);
    table.integer('revision').notNullable();
    table.primary(['force', 'station', 'month']);
  });
  await connection.schema.createTable('month_cell', (table) => {
    place(table);
    table.string('cell', 60).notNullable();
    table.integer('total').notNullable();
    table.primary(['force', 'month', 'cell', 'station']);
  });
  await connection.schema.createTable('anchor', (table) => {
    table.string('force', 40).notNullable();
    table.string('station', 40).notNullable();
    table.integer('sequence').notNullable();
    table.string('hash', 64).notNullable();
    table.primary(['force', 'station', 'sequence', 'hash']);
  });
}
