import type { Month } from '../month.ts';
import { cellIndex } from './count-table.ts';
import type { CountTable } from './count-table.ts';
import type { Move } from './imaginary-check.ts';

/** Another history by its months alone: in which month, which column, how many checks more or fewer. */
export type Witness = readonly (readonly [month: Month, column: string, change: number])[];

/** The histories as they are kept with a release: each once, without the sums, which follow from the months. */
export function keepWitnesses(table: CountTable, moves: Iterable<Move>): readonly Witness[] {
  return [...new Set(moves)].map((move) =>
    [...move].flatMap(([cell, change]) => {
      const month = table.months[Math.floor(cell / table.columns.length)];
      const column = table.columns[cell % table.columns.length];
      return month === undefined || column === undefined || change === 0 ? [] : [[month, column.name, change] as const];
    }),
  );
}

/**
 * A history of an earlier release in the present tables, with their sums, and with a place in each split that the earlier
 * release did not have: the largest column of that month, which is never zero where its total is not.
 */
export function recallWitness(table: CountTable, witness: Witness): readonly Move[] {
  const months = new Map<number, Map<number, number>>();
  for (const [month, name, change] of witness) {
    const at = table.months.indexOf(month);
    const column = table.columns.findIndex((one) => one.name === name);
    if (at === -1 || column === -1) return [];
    const changes = months.get(at) ?? new Map<number, number>();
    months.set(at, changes.set(column, change));
  }
  const move = new Map<number, number>();
  const add = (cell: number, change: number): void => {
    move.set(cell, (move.get(cell) ?? 0) + change);
  };
  for (const [month, changes] of months) {
    for (const { totalColumn, columnIndexes } of table.dimensions) {
      const parts = columnIndexes.reduce((sum, column) => sum + (changes.get(column) ?? 0), 0);
      const missing = (changes.get(totalColumn) ?? 0) - parts;
      if (missing === 0) continue;
      const largest = columnIndexes.reduce((best, column) =>
        valueAt(table, month, column) > valueAt(table, month, best) ? column : best,
      );
      changes.set(largest, (changes.get(largest) ?? 0) + missing);
    }
    for (const [column, change] of changes) {
      add(cellIndex(table, month, column), change);
      for (const sum of table.sumsOf[month] ?? []) add(cellIndex(table, sum, column), change);
    }
  }
  for (const [cell, change] of move) if (change === 0) move.delete(cell);
  return [move];
}

function valueAt(table: CountTable, period: number, column: number): number {
  return table.values[cellIndex(table, period, column)] ?? 0;
}
