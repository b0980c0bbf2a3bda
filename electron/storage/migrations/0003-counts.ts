import type { Migration } from './migration.ts';

/**
 * Counts by month. A check adds to cells and leaves no row of its own, so nothing here can be joined to a check, not
 * even by its order. Corrections are entries of their own. The outbox has one row a month; deliveries keep what was sent.
 */
export const counts: Migration = {
  name: '0003-counts',
  async up(connection) {
    await connection.schema.createTable('count_cell', (table) => {
      table.string('month', 7).notNullable();
      table.string('cell', 60).notNullable();
      table.integer('tally').notNullable();
      table.primary(['month', 'cell']);
    });
    await connection.schema.createTable('count_correction', (table) => {
      table.increments('entry');
      table.string('month', 7).notNullable().index();
      table.string('cell', 60).notNullable();
      table.integer('difference').notNullable();
      table.string('reason', 40).notNullable();
    });
    for (const change of ['UPDATE', 'DELETE']) {
      await connection.raw(`
        CREATE TRIGGER count_correction_no_${change.toLowerCase()} BEFORE ${change} ON count_correction
        BEGIN SELECT raise(ABORT, 'append-only: a correction is a new entry'); END`);
    }
    await connection.schema.createTable('outbox', (table) => {
      table.string('month', 7).primary();
      table.integer('changes').notNullable();
      table.integer('delivered_changes').notNullable().defaultTo(0);
      table.integer('next_revision').notNullable().defaultTo(1);
      table.text('sealed_document').nullable();
      table.integer('sealed_changes').nullable();
      table.string('last_refusal', 60).nullable();
      table.string('last_attempt_at', 24).nullable();
      table.string('last_delivered_at', 24).nullable();
    });
    await connection.schema.createTable('count_release', (table) => {
      table.increments('entry');
      table.string('made_on', 10).notNullable();
      table.text('json').notNullable();
    });
  },
  async down(connection) {
    for (const table of ['count_release', 'outbox', 'count_correction', 'count_cell']) {
      await connection.schema.dropTable(table);
    }
  },
};
