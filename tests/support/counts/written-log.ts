import { join } from 'node:path';
import knex from 'knex';
import type { Knex } from 'knex';
import { createAuditLog } from '../../../electron/audit/audit-log.ts';
import type { AuditEvent } from '../../../electron/audit/event-schemas.ts';
import { openDatabase } from '../../../electron/storage/database.ts';
import { TEST_OFFICER } from './counting-station.ts';
import { handClock } from './temporary-database.ts';

/** A random-looking identifier, version 4, from a number. */
export function identifierOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** The events of one ordinary check with one print, in order. */
export function eventsOfCheck(number: number): AuditEvent[] {
  const of = { actor: TEST_OFFICER, reference: `RW-2026-${String(number).padStart(6, '0')}` };
  const print = { bufferId: identifierOf(number), kind: 'image' as const, sizeBytes: 100_000 };
  const at = '2026-03-01T09:00:00.000Z';
  return [
    { ...of, code: 'check-opened', details: {} },
    { ...of, code: 'grounds-recorded', details: { ground: '6B(a)', wasDiversionDeclined: false } },
    { ...of, code: 'capture-taken', details: { ...print, position: 2 } },
    { ...of, code: 'search-started', details: { database: 'police' } },
    { ...of, code: 'search-started', details: { database: 'immigration' } },
    { ...of, code: 'answer-received', details: { database: 'police', answer: 'no-match' } },
    { ...of, code: 'answer-received', details: { database: 'immigration', answer: 'no-match' } },
    { ...of, code: 'print-erased', details: { ...print, takenAt: at, erasedAt: at, why: 'answers-complete' } },
    { ...of, code: 'result-viewed', details: { justification: 'identity-check' } },
    { ...of, code: 'check-ended', details: { ending: 'answered' } },
  ];
}

/** Writes a log of events into a new database file in that folder and closes it. */
export async function writeLog(folder: string, events: readonly AuditEvent[], name = 'station.db'): Promise<string> {
  const filePath = join(folder, name);
  await using database = await openDatabase({ filePath });
  await createAuditLog(database, handClock('2026-03-01T09:00:00Z')).appendAll(events);
  return filePath;
}

/** Works on the file as someone with every right to it: past the station, past the triggers. */
export async function tamper(filePath: string, change: (connection: Knex) => Promise<unknown>): Promise<void> {
  const connection = knex({ client: 'sqlite3', connection: { filename: filePath }, useNullAsDefault: true });
  try {
    const triggers: { name: string }[] = await connection('sqlite_schema').where('type', 'trigger').select('name');
    for (const { name } of triggers) await connection.raw(`DROP TRIGGER ${name}`);
    await change(connection);
    await connection.raw('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    await connection.destroy();
  }
}
