import type { Knex } from 'knex';

/** One step of the schema: forwards, and backwards for the tests that prove it. */
export interface Migration {
  /** Its number and what it does; never changed once released. */
  readonly name: string;
  up(connection: Knex): Promise<void>;
  down(connection: Knex): Promise<void>;
}

/** How far the migrations are: `done` of `total`, the last of them being `name`. */
export interface MigrationProgress {
  readonly done: number;
  readonly total: number;
  readonly name: string;
}
