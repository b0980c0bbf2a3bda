import type { CountTable } from './count-table.ts';
import { cellIndex } from './count-table.ts';
import { COLUMN_WEIGHTS, LEVEL_WEIGHTS, WEIGHT_PER_DOUBLING } from './parameters.ts';

/** Which cells are hidden, and what it would cost to hide another one. A zero is never hidden. */
export interface Hiding {
  readonly doubt: number;
  isHidden(cell: number): boolean;
  hide(cell: number): void;
  show(cell: number): void;
  /** Shown for ever, because an earlier release showed it. */
  pin(cell: number): void;
  /** Never published, neither before nor now: it may be anything, zero too. */
  leaveOut(cell: number): void;
  isPinned(cell: number): boolean;
  /** The information that is lost when the cell is hidden. */
  weight(cell: number): number;
  /** Cost of a history in which the cell is higher: nothing if hidden, its weight if it would have to be, else infinite. */
  costUp(cell: number): number;
  /** The same for a history in which it is lower; a reader knows that a hidden cell is not zero. */
  costDown(cell: number): number;
  /** The cost of a history in which the cell is higher or lower by so many checks. */
  costOfChange(cell: number, change: number): number;
}

const SHOWN = 0;
const HIDDEN = 1;
const PINNED = 2;
const ABSENT = 3;

/** Starts with everything shown. `lowest` is the lowest value that any release has given the cell. */
export function startHiding(
  table: CountTable,
  doubt: number,
  lowest: (cell: number) => number = (cell) => table.values[cell] ?? 0,
): Hiding {
  const { values } = table;
  const states = new Uint8Array(values.length);
  const weights = new Float64Array(values.length);
  const up = new Float64Array(values.length);
  const down = new Float64Array(values.length);
  for (const [row, { level }] of table.periods.entries()) {
    for (const [column, { name }] of table.columns.entries()) {
      const cell = cellIndex(table, row, column);
      const value = values[cell] ?? 0;
      const base = LEVEL_WEIGHTS[level] * (COLUMN_WEIGHTS[name] ?? 1);
      weights[cell] = base * (1 + Math.log2(1 + value) * WEIGHT_PER_DOUBLING);
    }
  }
  const price = (cell: number): void => {
    const value = lowest(cell);
    if (states[cell] === ABSENT) {
      up[cell] = 0;
      down[cell] = value - doubt < 0 ? Infinity : 0;
      return;
    }
    const cost = states[cell] === PINNED || value === 0 ? Infinity : states[cell] === HIDDEN ? 0 : (weights[cell] ?? 0);
    up[cell] = cost;
    down[cell] = value - doubt < 1 ? Infinity : cost;
  };
  for (let cell = 0; cell < values.length; cell += 1) price(cell);
  const put = (cell: number, state: number): void => {
    states[cell] = state;
    price(cell);
  };
  return {
    doubt,
    isHidden: (cell) => states[cell] === HIDDEN,
    hide: (cell) => put(cell, HIDDEN),
    show: (cell) => put(cell, SHOWN),
    pin: (cell) => put(cell, PINNED),
    leaveOut: (cell) => put(cell, ABSENT),
    isPinned: (cell) => states[cell] === PINNED,
    weight: (cell) => weights[cell] ?? 0,
    costUp: (cell) => up[cell] ?? Infinity,
    costDown: (cell) => down[cell] ?? Infinity,
    costOfChange(cell, change) {
      const floor = states[cell] === ABSENT ? 0 : 1;
      return lowest(cell) + change * doubt < floor && change < 0 ? Infinity : (up[cell] ?? Infinity);
    },
  };
}
