import { strToU8, zipSync } from 'fflate';
import type { PackTable } from './pack-tables.ts';
import { escapeMarkup } from './escape-markup.ts';

/** The type of the file, which must be its first entry and not be compressed. Source: OpenDocument 1.3 part 2, 3.3. */
const MEDIA_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';
/** Zip entries cannot be older; a fixed one makes the same tables give the same bytes. */
const ENTRY_TIME = new Date('1980-01-02T00:00:00Z');

const NAMESPACES = [
  ['office', 'urn:oasis:names:tc:opendocument:xmlns:office:1.0'],
  ['table', 'urn:oasis:names:tc:opendocument:xmlns:table:1.0'],
  ['text', 'urn:oasis:names:tc:opendocument:xmlns:text:1.0'],
]
  .map(([prefix, name]) => `xmlns:${prefix}="${name}"`)
  .join(' ');

function cell(value: string | number): string {
  if (typeof value === 'number') {
    return `<table:table-cell office:value-type="float" office:value="${value}"><text:p>${value}</text:p></table:table-cell>`;
  }
  return `<table:table-cell office:value-type="string"><text:p>${escapeMarkup(value)}</text:p></table:table-cell>`;
}

function row(values: readonly (string | number)[]): string {
  return `<table:table-row>${values.map(cell).join('')}</table:table-row>`;
}

/** A sheet of words and numbers. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A published table as a sheet: title, notes on marks, one header row, one row a period. */
export function tableSheet(table: PackTable): Sheet {
  return {
    name: table.id.slice(0, 31),
    rows: [
      [table.title],
      ['[c] means not shown, to protect people; [x] means not available.'],
      ['Period', ...table.columns.map(({ words }) => words)],
      ...table.rows.map(({ words, cells }) => [words, ...cells]),
    ],
  };
}

/** Writes sheets as an OpenDocument spreadsheet. */
export function openDocument(sheets: readonly Sheet[]): Uint8Array {
  const tables = sheets.map(
    ({ name, rows }) => `<table:table table:name="${escapeMarkup(name)}">${rows.map(row).join('')}</table:table>`,
  );
  const content = `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${NAMESPACES} office:version="1.3"><office:body><office:spreadsheet>${tables.join('')}</office:spreadsheet></office:body></office:document-content>`;
  const entry = (path: string, type: string): string =>
    `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`;
  const manifest = `<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">${entry('/', MEDIA_TYPE)}${entry('content.xml', 'text/xml')}</manifest:manifest>`;
  return zipSync(
    {
      mimetype: [strToU8(MEDIA_TYPE), { level: 0, mtime: ENTRY_TIME }],
      'content.xml': [strToU8(content), { mtime: ENTRY_TIME }],
      'META-INF/manifest.xml': [strToU8(manifest), { mtime: ENTRY_TIME }],
    },
    { mtime: ENTRY_TIME },
  );
}
