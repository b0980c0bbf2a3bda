import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AuditStore } from '../storage/audit-store.ts';
import { EXPORT_DICTIONARY, EXPORT_HEADER, exportLog, type ExportedEvent, type ExportPeriod } from './export-log.ts';
import type { Verification } from './verify-log.ts';

/** What was written: the names of the files, and how many events each of the two lists holds. */
export interface WrittenLog {
  readonly files: readonly string[];
  readonly events: number;
}

/** Files of an export; `verification.json` says what the log was found to be when it was written. */
const FILES = ['events.csv', 'events.jsonl', 'data-dictionary.csv', 'verification.json'] as const;

/**
 * Writes the events of a period into a folder, twice: as a table, and as the very text that was hashed; with what each
 * column means and with what the whole log was found to be. No file is overwritten.
 * @throws AuditFault `audit.row-unreadable`
 */
export async function writeExport(
  store: AuditStore,
  period: ExportPeriod,
  verification: Verification,
  folder: string,
): Promise<WrittenLog> {
  let events = 0;
  async function* lines(form: 'csv' | 'json'): AsyncGenerator<string> {
    if (form === 'csv') yield `${EXPORT_HEADER}\r\n`;
    for await (const event of exportLog(store, period)) {
      if (form === 'json') events += 1;
      yield lineOf(event, form);
    }
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const write = (name: string, form: 'csv' | 'json') =>
    pipeline(Readable.from(lines(form)), createWriteStream(join(folder, name), { flags: 'wx', mode: 0o600 }));
  await write(FILES[0], 'csv');
  await write(FILES[1], 'json');
  await writeFile(join(folder, FILES[2]), `${EXPORT_DICTIONARY}\r\n`, { flag: 'wx', mode: 0o600 });
  const said = { ...verification, period };
  await writeFile(join(folder, FILES[3]), `${JSON.stringify(said, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  return { files: FILES, events };
}

function lineOf(event: ExportedEvent, form: 'csv' | 'json'): string {
  return form === 'csv' ? `${event.csv}\r\n` : `${event.json}\n`;
}
