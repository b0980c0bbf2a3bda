import type { CountTable } from './count-table.ts';
import { cellIndex } from './count-table.ts';
import type { Hiding } from './hiding.ts';

/** One imaginary check more in one month, one less in another; -1 for neither. */
export interface Leg {
  readonly plus: number;
  readonly minus: number;
}

/** Which end of a leg a column takes part in. */
export type End = 'both' | 'plus' | 'minus';

/** The same leg the other way round. */
export function reversed({ plus, minus }: Leg): Leg {
  return { plus: minus, minus: plus };
}

/** The sums that contain the one month but not the other. */
function sumsApart(table: CountTable, month: number, other: number): readonly number[] {
  const own = table.sumsOf[month] ?? [];
  const others = table.sumsOf[other] ?? [];
  return own.length === others.length && own.every((sum, index) => sum === others[index])
    ? []
    : own.filter((sum) => !others.includes(sum));
}

/** The periods in which a column would be higher or lower by one, for one end of a leg or both. */
export interface Effect {
  readonly up: readonly number[];
  readonly down: readonly number[];
}

/** The periods that a leg changes. A sum that contains both months stays as it is when both ends take part. */
export function effectOf(table: CountTable, { plus, minus }: Leg, end: End): Effect {
  const chain = (month: number): readonly number[] => (month === -1 ? [] : [month, ...(table.sumsOf[month] ?? [])]);
  if (end === 'plus' || (end === 'both' && minus === -1)) return { up: chain(plus), down: [] };
  if (end === 'minus' || plus === -1) return { up: [], down: chain(minus) };
  return { up: [plus, ...sumsApart(table, plus, minus)], down: [minus, ...sumsApart(table, minus, plus)] };
}

/** What it costs to let a column change like that. */
export function costOf(table: CountTable, hiding: Hiding, effect: Effect, column: number): number {
  let cost = 0;
  for (const period of effect.up) cost += hiding.costUp(cellIndex(table, period, column));
  if (cost === Infinity) return cost;
  for (const period of effect.down) cost += hiding.costDown(cellIndex(table, period, column));
  return cost;
}
