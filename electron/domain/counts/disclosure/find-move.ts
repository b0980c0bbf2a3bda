import type { CountTable } from './count-table.ts';
import type { Hiding } from './hiding.ts';
import { cheapestAlong, pathTo } from './imaginary-check.ts';
import type { Move } from './imaginary-check.ts';
import type { Leg } from './leg.ts';

/** Every leg that changes a period: between a month inside and one outside, or a month inside alone; both ways. */
function* legsThrough(table: CountTable, period: number): Generator<readonly [Leg, 'plus' | 'minus']> {
  const inside = table.periods[period]?.months ?? [];
  for (const month of inside) {
    for (const other of table.months.keys()) {
      if (inside.includes(other)) continue;
      yield [{ plus: month, minus: other }, 'plus'];
      yield [{ plus: other, minus: month }, 'minus'];
    }
    yield [{ plus: month, minus: -1 }, 'plus'];
    yield [{ plus: -1, minus: month }, 'minus'];
  }
}

/**
 * The cheapest other history that changes one hidden cell and leaves every shown number as it is, once the cells that it
 * returns are hidden too. @returns null when none costs less than `below`
 */
export function findMove(table: CountTable, hiding: Hiding, cell: number, below = Infinity): Move | null {
  const width = table.columns.length;
  const period = Math.floor(cell / width);
  const path = pathTo(table, cell % width);
  let limit = below;
  let found: (() => Move) | null = null;
  for (const [leg, side] of legsThrough(table, period)) {
    const along = cheapestAlong(table, hiding, path, leg, side, limit);
    if (along === null) continue;
    limit = along.cost;
    found = along.cells;
    if (limit === 0) break;
  }
  return found === null ? null : found();
}
