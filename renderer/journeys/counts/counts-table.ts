import type { CountRow, PublishedCount } from '../../../electron/contract/counts.ts';

/** One line of the page's table: a cell of the counts, month by month. */
export interface CountLine {
  readonly cell: string;
  /** In the order of the months; null where nothing was counted. */
  readonly counts: readonly (PublishedCount | null)[];
}

/** Months as columns, cells as lines, both in their order; a month without a row has no number. */
export function toCountLines(rows: readonly CountRow[], months: readonly string[]): readonly CountLine[] {
  const cells = [...new Set(rows.map((row) => row.cell))];
  return cells.map((cell) => ({
    cell,
    counts: months.map((month) => rows.find((row) => row.month === month && row.cell === cell)?.count ?? null),
  }));
}

/** The months from one to another, both included. */
export function monthsBetween(from: string, to: string): readonly string[] {
  const months: string[] = [];
  let [year = 0, month = 1] = from.split('-').map(Number);
  for (;;) {
    const name = `${year}-${String(month).padStart(2, '0')}`;
    if (name > to) return months;
    months.push(name);
    month += 1;
    if (month > 12) {
      month = 1;
      year += 1;
    }
  }
}

/** The message key and the names for a cell such as `answer/police/no-match`. */
export function cellKey(cell: string): string {
  return `counts.cells.${cell.replaceAll('/', '.').replaceAll('+', '-')}`;
}
