import type { PackTable } from './pack-tables.ts';

/** One field of a CSV file (RFC 4180). Text that a spreadsheet would take for a formula gets an apostrophe. */
export function csvField(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Lines of a CSV file, in UTF-8 with the line ends that RFC 4180 asks for. */
export function csvText(lines: readonly (readonly (string | number)[])[]): string {
  return lines.map((line) => `${line.map(csvField).join(',')}\r\n`).join('');
}

/** A published table: one line a period, machine-readable period first. */
export function tableCsv(table: PackTable): string {
  return csvText([
    ['period', 'level', 'period_words', ...table.columns.map(({ words }) => words)],
    ...table.rows.map(({ key, level, words, cells }) => [key, level, words, ...cells]),
  ]);
}
