import type { Migration } from './migration.ts';

/**
 * Scanners that were named or enrolled, profiles that were imported, and how scanners fared, by day and by month. A day
 * holds sums of one scanner: no check, no officer, no time of day.
 */
export const scanners: Migration = {
  name: '0004-scanners',
  async up(connection) {
    await connection.schema.createTable('scanner', (table) => {
      table.integer('vendor_id').notNullable();
      table.integer('product_id').notNullable();
      table.string('serial_number', 300).notNullable();
      table.string('given_name', 100).nullable();
      table.string('enrolled_at', 24).nullable();
      table.primary(['vendor_id', 'product_id', 'serial_number']);
    });
    await connection.schema.createTable('scanner_profile', (table) => {
      table.string('profile_id', 63).primary();
      table.text('json').notNullable();
      table.string('imported_at', 24).notNullable();
    });
    await connection.schema.createTable('scanner_day', (table) => {
      table.string('day', 10).notNullable();
      table.integer('vendor_id').notNullable();
      table.integer('product_id').notNullable();
      table.string('serial_number', 300).notNullable();
      table.integer('captures').notNullable();
      table.integer('quality_sum').notNullable();
      table.integer('reports_lost').notNullable();
      table.integer('reports_repeated').notNullable();
      table.integer('faults').notNullable();
      table.primary(['day', 'vendor_id', 'product_id', 'serial_number']);
    });
    // Which qualities there were is kept by month and for all scanners together: enough to see what a threshold does.
    await connection.schema.createTable('capture_quality', (table) => {
      table.string('month', 7).notNullable();
      table.integer('quality').notNullable();
      table.integer('captures').notNullable();
      table.primary(['month', 'quality']);
    });
  },
  async down(connection) {
    for (const table of ['capture_quality', 'scanner_day', 'scanner_profile', 'scanner']) {
      await connection.schema.dropTable(table);
    }
  },
};
