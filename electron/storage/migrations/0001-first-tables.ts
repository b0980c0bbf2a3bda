import type { Migration } from './migration.ts';

/**
 * People who use the station, identity checks, settings. An identity check has no column for nationality, gender, visa
 * status, ethnicity or anything that happened afterwards (docs/law.md); a test of the schema says so.
 */
export const firstTables: Migration = {
  name: '0001-first-tables',
  async up(connection) {
    await connection.schema.createTable('user', (table) => {
      table.string('id', 64).primary();
      table.specificType('user_name', 'TEXT COLLATE NOCASE').notNullable().unique();
      table.string('display_name', 100).notNullable();
      table.enum('role', ['officer', 'sergeant', 'administrator', 'auditor']).notNullable();
      table.string('password_hash', 500).notNullable();
      table.boolean('must_change_password').notNullable();
      table.integer('failed_attempts').notNullable().defaultTo(0);
      table.string('locked_until', 24).nullable();
      table.boolean('disabled').notNullable().defaultTo(false);
    });
    await connection.schema.createTable('setting', (table) => {
      table.string('key', 100).primary();
      table.text('json').notNullable();
    });
    await connection.schema.createTable('reference_sequence', (table) => {
      table.integer('year').primary();
      table.integer('last_number').notNullable();
    });
    await connection.schema.createTable('identity_check', (table) => {
      table.string('id', 64).primary();
      table.string('reference', 20).notNullable().unique();
      table.string('officer_id', 64).notNullable().references('id').inTable('user').index();
      table.string('state', 40).notNullable();
      table.string('opened_at', 24).notNullable().index();
      table.string('ended_at', 24).nullable();
      table.text('grounds_text').nullable();
      table.string('police_answer', 20).nullable();
      table.string('immigration_answer', 20).nullable();
      table.string('way_out', 30).nullable();
      table.boolean('counted').notNullable().defaultTo(false);
    });
  },
  async down(connection) {
    for (const table of ['identity_check', 'reference_sequence', 'setting', 'user']) {
      await connection.schema.dropTable(table);
    }
  },
};
