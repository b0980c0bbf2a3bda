import type { AuditStore } from '../storage/audit-store.ts';
import { AuditFault } from './audit-fault.ts';
import { parseEvent } from './chain.ts';
import { EVENT_OPERATIONS } from './event-codes.ts';

/** Which events go to the regulator. */
export interface ExportPeriod {
  /** ISO 8601 in UTC, inclusive; null from the first event on. */
  readonly from: string | null;
  /** Exclusive; null up to the last event. */
  readonly to: string | null;
}

/** One event in both forms. */
export interface ExportedEvent {
  /** One line of a CSV file, without its end. */
  readonly csv: string;
  /** The very text that was hashed. */
  readonly json: string;
  /** SHA-256 of that text, hexadecimal. */
  readonly hash: string;
}

/** The header of the CSV file. */
export const EXPORT_HEADER = 'sequence,at,code,operation,actor,reference,details,previous,hash';

/** What each column means, for whoever reads the export without the station: CSV. */
export const EXPORT_DICTIONARY = [
  'column,meaning',
  'sequence,"number of the event, from 1, without a gap"',
  'at,"when it was written, ISO 8601 in UTC, by the station\'s clock"',
  'code,"what happened, from the closed list of the station"',
  'operation,"the operation of section 62 of the Data Protection Act 2018 that it is, or empty"',
  'actor,"identifier of the user, or empty for the station itself"',
  'reference,"reference of the identity check, or empty"',
  'details,"codes and figures of the event, JSON; nothing personal about the detainee and nothing computed from a print"',
  'previous,"SHA-256 of the text of the event before it, hexadecimal"',
  'hash,"SHA-256 of the text of this event, hexadecimal; the text is the line of events.jsonl"',
].join('\r\n');

const ROWS_AT_ONCE = 5_000;

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Reads the events of a period in order. @throws AuditFault `audit.row-unreadable` */
export async function* exportLog(store: AuditStore, period: ExportPeriod): AsyncGenerator<ExportedEvent> {
  let last = 0;
  for (;;) {
    const rows = await store.after(last, ROWS_AT_ONCE);
    if (rows.length === 0) return;
    for (const row of rows) {
      last = row.sequence;
      const event = parseEvent(row.event);
      if (event === null) throw new AuditFault('audit.row-unreadable', { sequence: row.sequence });
      if ((period.from !== null && event.at < period.from) || (period.to !== null && event.at >= period.to)) continue;
      const hash = row.hash.toString('hex');
      const fields = [
        String(event.sequence),
        event.at,
        event.code,
        EVENT_OPERATIONS[event.code] ?? '',
        event.actor ?? '',
        event.reference ?? '',
        JSON.stringify(event.details),
        event.previous,
        hash,
      ];
      yield { csv: fields.map(quoted).join(','), json: row.event, hash };
    }
  }
}
