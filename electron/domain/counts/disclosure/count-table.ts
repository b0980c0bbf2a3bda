import type { MonthCounts } from '../consistency.ts';
import { yearOf } from '../month.ts';
import type { Month } from '../month.ts';
import { ALL_CHECKS, dimensionsFor, valueOf } from './dimension.ts';
import type { Dimension } from './dimension.ts';

export type Level = 'month' | 'year' | 'all';

/** A row of the published tables: a month, a calendar year as far as the tables cover it, or all of them together. */
export interface Period {
  /** First and last month, the same in every release that has this row: `2024-01` or `2024-01..2024-12`. */
  readonly key: string;
  readonly level: Level;
  /** Indexes of the months that it sums. */
  readonly months: readonly number[];
}

/** A column and where it stands in the tree of totals and their parts. */
export interface Column {
  readonly name: string;
  /** The index of the dimension that it is a part of; null for all checks. */
  readonly dimension: number | null;
  /** Indexes of the dimensions into which it is split. */
  readonly splits: readonly number[];
}

/** All tables as one: every period by every column, with the sums that bind them. */
export interface CountTable {
  readonly months: readonly Month[];
  readonly dimensions: readonly (Dimension & {
    readonly totalColumn: number;
    readonly columnIndexes: readonly number[];
  })[];
  readonly columns: readonly Column[];
  /** Months first, in order; then the sums. */
  readonly periods: readonly Period[];
  /** For each month the indexes of the sums that contain it. */
  readonly sumsOf: readonly (readonly number[])[];
  /** periods × columns, row by row. */
  readonly values: Int32Array;
}

/** The index of a cell in `values`. */
export function cellIndex(table: CountTable, period: number, column: number): number {
  return period * table.columns.length + column;
}

/** The key of the period from one month to another. */
export function periodKey(from: Month, to: Month): string {
  return from === to ? from : `${from}..${to}`;
}

/** A row that sums months: a year or the whole, from its first month to its last. */
export interface Sum {
  readonly level: Level;
  readonly from: Month;
  readonly to: Month;
}

/** The sums that tables over those consecutive months show: years and the whole, each only where it sums several months. */
export function sumsOver(months: readonly Month[]): readonly Sum[] {
  const first = months[0];
  const last = months.at(-1);
  if (first === undefined || last === undefined || first === last) return [];
  const years = [...new Set(months.map(yearOf))];
  const spans = years.map((year): Sum => {
    const inside = months.filter((month) => yearOf(month) === year);
    return { level: 'year', from: inside[0] ?? first, to: inside.at(-1) ?? last };
  });
  const several = spans.filter(({ from, to }) => from !== to);
  return years.length > 1 ? [...several, { level: 'all', from: first, to: last }] : several;
}

/**
 * Lays the counts of months out as one table with those sums, the present ones and the ones of earlier releases: they bind
 * the same months although they are not shown again.
 */
export function layOutTable(
  months: readonly Month[],
  counts: ReadonlyMap<Month, MonthCounts>,
  sums: readonly Sum[] = sumsOver(months),
): CountTable {
  const dimensions = dimensionsFor(months.map((month) => counts.get(month) ?? {}));
  const names = [ALL_CHECKS, ...dimensions.flatMap(({ columns }) => columns)];
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const at = (name: string): number => indexOf.get(name) ?? 0;
  const columns = names.map((name) => {
    const part = dimensions.findIndex((dimension) => dimension.columns.includes(name));
    const splits = dimensions.flatMap(({ total }, index) => (total === name ? [index] : []));
    return { name, dimension: part === -1 ? null : part, splits };
  });
  const periods: Period[] = months.map((key, index) => ({ key, level: 'month', months: [index] }));
  for (const { from, to, level } of sums) {
    const key = periodKey(from, to);
    if (periods.some((period) => period.key === key)) continue;
    const inside = months.flatMap((month, index) => (month >= from && month <= to ? [index] : []));
    periods.push({ key, level, months: inside });
  }
  const values = new Int32Array(periods.length * names.length);
  for (const [row, period] of periods.entries()) {
    for (const month of period.months) {
      const of = counts.get(months[month] ?? '') ?? {};
      for (const [column, name] of names.entries()) {
        const index = row * names.length + column;
        values[index] = (values[index] ?? 0) + valueOf(of, name);
      }
    }
  }
  return {
    months,
    dimensions: dimensions.map((dimension) => ({
      ...dimension,
      totalColumn: at(dimension.total),
      columnIndexes: dimension.columns.map(at),
    })),
    columns,
    periods,
    sumsOf: months.map((_, month) =>
      periods.flatMap((period, row) => (row >= months.length && period.months.includes(month) ? [row] : [])),
    ),
    values,
  };
}
