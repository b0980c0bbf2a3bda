import type { Migration } from './migration.ts';

/**
 * The audit log: the event as the very text that was hashed, from which the searchable columns are computed by the
 * database, so that they cannot say anything else. Triggers make it append-only for everyone who goes through SQLite.
 */
export const auditLog: Migration = {
  name: '0002-audit-log',
  async up(connection) {
    await connection.raw(`
      CREATE TABLE audit_event (
        sequence INTEGER PRIMARY KEY,
        event TEXT NOT NULL,
        hash BLOB NOT NULL CHECK (length(hash) = 32),
        at TEXT GENERATED ALWAYS AS (json_extract(event, '$.at')) VIRTUAL,
        code TEXT GENERATED ALWAYS AS (json_extract(event, '$.code')) VIRTUAL,
        reference TEXT GENERATED ALWAYS AS (json_extract(event, '$.reference')) VIRTUAL
      )`);
    await connection.raw(
      'CREATE INDEX audit_event_reference ON audit_event (reference, sequence) WHERE reference IS NOT NULL',
    );
    await connection.raw(`
      CREATE TABLE audit_checkpoint (
        sequence INTEGER PRIMARY KEY REFERENCES audit_event (sequence),
        hash BLOB NOT NULL CHECK (length(hash) = 32)
      )`);
    await connection.raw(`
      CREATE TRIGGER audit_event_in_order BEFORE INSERT ON audit_event
      WHEN NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM audit_event)
      BEGIN SELECT raise(ABORT, 'append-only: the next event has the next number'); END`);
    for (const table of ['audit_event', 'audit_checkpoint']) {
      await connection.raw(`
        CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
        BEGIN SELECT raise(ABORT, 'append-only: an entry is never changed'); END`);
      await connection.raw(`
        CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
        BEGIN SELECT raise(ABORT, 'append-only: an entry is never removed'); END`);
    }
  },
  async down(connection) {
    await connection.raw('DROP TABLE audit_checkpoint');
    await connection.raw('DROP TABLE audit_event');
  },
};
