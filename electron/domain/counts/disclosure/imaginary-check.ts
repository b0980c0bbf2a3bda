import type { CountTable } from './count-table.ts';
import { cellIndex } from './count-table.ts';
import type { Hiding } from './hiding.ts';
import { costOf, effectOf, reversed } from './leg.ts';
import type { Effect, End, Leg } from './leg.ts';

/** One other history that gives the same published numbers: its cells, and by how many checks each is higher or lower. */
export type Move = ReadonlyMap<number, number>;

type Gathered = Map<number, number>;

interface Costing {
  readonly table: CountTable;
  readonly hiding: Hiding;
  readonly effects: Readonly<Record<End, Effect>>;
  /** A leg has two ends, so that a check may leave one column and another check enter another. */
  readonly hasTwoEnds: boolean;
}

function costing(table: CountTable, hiding: Hiding, leg: Leg): Costing {
  const hasTwoEnds = leg.plus !== -1 && leg.minus !== -1;
  const both = effectOf(table, leg, 'both');
  const effects = hasTwoEnds
    ? { both, plus: effectOf(table, leg, 'plus'), minus: effectOf(table, leg, 'minus') }
    : { both, plus: both, minus: both };
  return { table, hiding, effects, hasTwoEnds };
}

/** The cheapest choice of a column in each split below; `cells`, if given, gathers the cells that change. */
function columnCost(of: Costing, column: number, end: End, cells: Gathered | null): number {
  let cost = costOf(of.table, of.hiding, of.effects[end], column);
  if (cost === Infinity) return cost;
  if (cells !== null) gather(of, column, end, cells);
  for (const split of of.table.columns[column]?.splits ?? []) {
    cost += splitCost(of, split, end, [], cells);
    if (cost === Infinity) return cost;
  }
  return cost;
}

function gather({ table, effects }: Costing, column: number, end: End, cells: Gathered): void {
  const add = (period: number, change: number): void => {
    const cell = cellIndex(table, period, column);
    cells.set(cell, (cells.get(cell) ?? 0) + change);
  };
  for (const period of effects[end].up) add(period, 1);
  for (const period of effects[end].down) add(period, -1);
}

function cheapest(
  of: Costing,
  split: number,
  end: End,
  not: readonly number[],
): { readonly cost: number; readonly column: number } {
  let best = { cost: Infinity, column: -1 };
  for (const column of of.table.dimensions[split]?.columnIndexes ?? []) {
    if (not.includes(column)) continue;
    const cost = columnCost(of, column, end, null);
    if (cost < best.cost) best = { cost, column };
  }
  return best;
}

/** The cheapest way for an imaginary check through one dimension, leaving some columns out. */
function splitCost(of: Costing, split: number, end: End, not: readonly number[], cells: Gathered | null): number {
  const same = cheapest(of, split, end, not);
  if (end === 'both' && of.hasTwoEnds && same.cost > 0) {
    const apart = apartCost(of, split, same.cost, not);
    if (apart !== null) {
      if (cells !== null) {
        columnCost(of, apart.plus, 'plus', cells);
        columnCost(of, apart.minus, 'minus', cells);
      }
      return apart.cost;
    }
  }
  if (cells !== null && same.column !== -1) columnCost(of, same.column, end, cells);
  return same.cost;
}

function apartCost(
  of: Costing,
  split: number,
  below: number,
  not: readonly number[],
): { readonly cost: number; readonly plus: number; readonly minus: number } | null {
  const one = cheapest(of, split, 'plus', not);
  if (one.cost >= below) return null;
  const other = cheapest(of, split, 'minus', [...not, one.column]);
  const cost = one.cost + other.cost;
  return cost < below ? { cost, plus: one.column, minus: other.column } : null;
}

/** From all checks down to the column: the columns that an imaginary check of that column must pass. */
export function pathTo(table: CountTable, column: number): readonly number[] {
  const split = table.columns[column]?.dimension ?? null;
  if (split === null) return [column];
  return [...pathTo(table, table.dimensions[split]?.totalColumn ?? 0), column];
}

/** The cost of an imaginary check that passes the given path from its step `from` on; the other splits go cheapest. */
function forcedCost(
  of: Costing,
  path: readonly number[],
  from: number,
  end: End,
  side: 'plus' | 'minus',
  cells: Gathered | null,
): number {
  const column = path[from] ?? 0;
  let cost = costOf(of.table, of.hiding, of.effects[end], column);
  if (cost === Infinity) return cost;
  if (cells !== null) gather(of, column, end, cells);
  const next = path[from + 1];
  const nextSplit = next === undefined ? null : of.table.columns[next]?.dimension;
  for (const split of of.table.columns[column]?.splits ?? []) {
    if (split !== nextSplit || next === undefined) {
      cost += splitCost(of, split, end, [], cells);
      continue;
    }
    const together = forcedCost(of, path, from + 1, end, side, null);
    const other = side === 'plus' ? 'minus' : 'plus';
    const apart =
      end === 'both' && of.hasTwoEnds
        ? forcedCost(of, path, from + 1, side, side, null) + cheapest(of, split, other, [next]).cost
        : Infinity;
    cost += Math.min(together, apart);
    if (cells === null || cost === Infinity) continue;
    if (together <= apart) forcedCost(of, path, from + 1, end, side, cells);
    else {
      forcedCost(of, path, from + 1, side, side, cells);
      columnCost(of, cheapest(of, split, other, [next]).column, other, cells);
    }
  }
  return cost;
}

/**
 * The cheapest other history along one leg that changes the last column of the path in a period on that `side`: a whole
 * imaginary check more or less, or one check that was otherwise in one respect.
 * @returns null when none costs less than `below`
 */
export function cheapestAlong(
  table: CountTable,
  hiding: Hiding,
  path: readonly number[],
  leg: Leg,
  side: 'plus' | 'minus',
  below: number,
): { readonly cost: number; readonly cells: () => Move } | null {
  const forth = costing(table, hiding, leg);
  const target = path.at(-1) ?? 0;
  const own = Math.min(
    costOf(table, hiding, forth.effects.both, target),
    forth.hasTwoEnds ? costOf(table, hiding, forth.effects[side], target) : Infinity,
  );
  if (own >= below) return null;
  let best: Choice = { cost: below, from: -1, partner: -1 };
  for (let from = 0; from < path.length; from += 1) {
    best = cheaper(best, choose(forth, table, hiding, leg, path, from, side, best.cost));
  }
  const { from, partner, cost } = best;
  if (from === -1) return null;
  const cells = (): Move => {
    const gathered: Gathered = new Map();
    const column = path[from] ?? -1;
    const split = table.columns[column]?.dimension ?? null;
    forcedCost(forth, path, from, partner === -1 ? 'both' : side, side, gathered);
    if (split !== null) {
      if (partner !== -1) columnCost(forth, partner, side === 'plus' ? 'minus' : 'plus', gathered);
      const back = costing(table, hiding, reversed(leg));
      if (partner === -1) splitCost(back, split, 'both', [column], gathered);
      else columnCost(back, cheapest(back, split, 'both', [column, partner]).column, 'both', gathered);
    }
    return gathered;
  };
  return { cost, cells };
}

/** What was chosen: from which step of the path on, and which other column the far end of the leg passes, or -1. */
interface Choice {
  readonly cost: number;
  readonly from: number;
  readonly partner: number;
}

function cheaper(one: Choice, other: Choice | null): Choice {
  return other !== null && other.cost < one.cost ? other : one;
}

/**
 * From the first step of the path: a whole imaginary check more or less. From a later one: in one month a check enters the
 * column from another one, and in the other month it goes the way back, or on to a third.
 */
function choose(
  forth: Costing,
  table: CountTable,
  hiding: Hiding,
  leg: Leg,
  path: readonly number[],
  from: number,
  side: 'plus' | 'minus',
  below: number,
): Choice | null {
  const column = path[from] ?? -1;
  const split = table.columns[column]?.dimension ?? null;
  const together = forcedCost(forth, path, from, 'both', side, null);
  if (split === null) return together < below ? { cost: together, from, partner: -1 } : null;
  const back = costing(table, hiding, reversed(leg));
  let best: Choice | null = null;
  if (together < below) {
    const cost = together + splitCost(back, split, 'both', [column], null);
    if (cost < below) best = { cost, from, partner: -1 };
  }
  if (!forth.hasTwoEnds) return best;
  const here = forcedCost(forth, path, from, side, side, null);
  if (here >= (best?.cost ?? below)) return best;
  const partner = cheapest(forth, split, side === 'plus' ? 'minus' : 'plus', [column]);
  const cost = here + partner.cost + cheapest(back, split, 'both', [column, partner.column]).cost;
  return cost < (best?.cost ?? below) ? { cost, from, partner: partner.column } : best;
}
