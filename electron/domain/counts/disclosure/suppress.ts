import type { CountTable } from './count-table.ts';
import { findMove } from './find-move.ts';
import { startHiding } from './hiding.ts';
import type { Hiding } from './hiding.ts';
import type { Move } from './imaginary-check.ts';

/** Why a number is not shown. Kept for the force; the reader sees one mark for all of them. */
export type HidingReason =
  /** It is from 1 up to below the threshold. */
  | { readonly kind: 'small' }
  /** Without it the number of another cell could be computed. */
  | { readonly kind: 'protects'; readonly cell: number }
  /** An earlier release hid it, and showing it now would give others of that release away. */
  | { readonly kind: 'hidden-before' };

/** What earlier releases have made of a cell; `left-out` is one that is published neither before nor now. */
export type Past = 'shown' | 'hidden' | 'new' | 'left-out';

/** Which cells are hidden and why. */
export interface Suppression {
  readonly reasons: ReadonlyMap<number, HidingReason>;
  /** Cells that could not be protected, because earlier releases have shown too much; empty but for a broken history. */
  readonly unprotected: readonly number[];
  /** For each hidden cell another history in which it is different. */
  readonly witnesses: ReadonlyMap<number, Move>;
  /** The information lost: the sum of the weights of what is hidden. */
  readonly lost: number;
}

export interface SuppressOptions {
  readonly threshold: number;
  readonly doubt: number;
  readonly past?: (cell: number) => Past;
  /** The lowest value that any release, this one included, has given a cell. */
  readonly lowest?: (cell: number) => number;
  /** Histories that bore witness for earlier releases: taken where the search finds none. */
  readonly oldWitnesses?: readonly Move[];
  /** Switched off only by tests, to show that a reader then computes hidden numbers. */
  readonly isSecondaryOff?: boolean;
  /** One order instead of the best of several. */
  readonly isQuick?: boolean;
}

/** Costs below this are nothing: rounding of sums of weights. */
const NOTHING = 1e-9;

/** Orders in which the cells are protected; the order decides what is shared, so the best of several is kept. */
const ORDERS: readonly ((values: Int32Array) => (one: number, other: number) => number)[] = [
  (values) => (one, other) => (values[other] ?? 0) - (values[one] ?? 0) || one - other,
  (values) => (one, other) => (values[one] ?? 0) - (values[other] ?? 0) || one - other,
  () => (one, other) => other - one,
];

/**
 * Hides every small number and as little else as is needed, so that for each hidden cell there is another history of whole
 * checks with all shown numbers the same, no hidden number zero, and this cell higher or lower by `doubt`. Then nothing
 * that is shown, in whichever table, adds up to a hidden number. Nothing hidden can be shown again without breaking that.
 */
export function suppress(table: CountTable, options: SuppressOptions): Suppression {
  let best: Suppression | null = null;
  for (const order of options.isSecondaryOff === true || options.isQuick === true ? ORDERS.slice(0, 1) : ORDERS) {
    const made = suppressInOrder(table, options, order(table.values));
    if (best === null || made.unprotected.length < best.unprotected.length || made.lost < best.lost - NOTHING)
      best = made;
  }
  return best ?? { reasons: new Map(), unprotected: [], witnesses: new Map(), lost: 0 };
}

function suppressInOrder(
  table: CountTable,
  options: SuppressOptions,
  order: (one: number, other: number) => number,
): Suppression {
  const hiding = startHiding(table, options.doubt, options.lowest);
  const reasons = hideWhatMust(table, hiding, options);
  const witnesses = new Map<number, Move>();
  const unprotected: number[] = [];
  if (options.isSecondaryOff !== true) {
    for (const cell of [...reasons.keys()].sort(order)) {
      if (witnesses.has(cell)) continue;
      const move = findMove(table, hiding, cell) ?? oldWitness(options.oldWitnesses ?? [], hiding, cell);
      if (move === null) unprotected.push(cell);
      else hideMove(move, cell, hiding, reasons, witnesses);
    }
    showWhatCan(table, hiding, reasons, witnesses);
  }
  const lost = [...reasons.keys()].reduce((sum, cell) => sum + hiding.weight(cell), 0);
  return { reasons, unprotected, witnesses, lost };
}

/** The cheapest history of an earlier release that changes the cell and is still one of the present numbers. */
function oldWitness(moves: readonly Move[], hiding: Hiding, cell: number): Move | null {
  let best: { readonly cost: number; readonly move: Move | null } = { cost: Infinity, move: null };
  for (const move of moves) {
    if (!move.has(cell)) continue;
    const cost = [...move].reduce((sum, [changed, by]) => sum + hiding.costOfChange(changed, by), 0);
    if (cost < best.cost) best = { cost, move };
  }
  return best.move;
}

function hideWhatMust(table: CountTable, hiding: Hiding, options: SuppressOptions): Map<number, HidingReason> {
  const reasons = new Map<number, HidingReason>();
  for (const [cell, value] of table.values.entries()) {
    const past = options.past?.(cell) ?? 'new';
    if (past === 'shown') hiding.pin(cell);
    else if (past === 'left-out') hiding.leaveOut(cell);
    else if (value > 0 && value < options.threshold) reasons.set(cell, { kind: 'small' });
    else if (value > 0 && past === 'hidden') reasons.set(cell, { kind: 'hidden-before' });
  }
  for (const cell of reasons.keys()) hiding.hide(cell);
  return reasons;
}

/** Hides what the move needs; it bears witness for each of its cells. */
function hideMove(
  move: Move,
  target: number,
  hiding: Hiding,
  reasons: Map<number, HidingReason>,
  witnesses: Map<number, Move>,
): void {
  for (const cell of move.keys()) {
    if (!reasons.has(cell) && hiding.costUp(cell) > 0) {
      reasons.set(cell, { kind: 'protects', cell: target });
      hiding.hide(cell);
    }
    if (!witnesses.has(cell)) witnesses.set(cell, move);
  }
}

/** Shows again, dearest first, whatever is hidden only for others that have another witness by now. */
function showWhatCan(
  table: CountTable,
  hiding: Hiding,
  reasons: Map<number, HidingReason>,
  witnesses: Map<number, Move>,
): void {
  const helpers = [...reasons].flatMap(([cell, reason]) => (reason.kind === 'protects' ? [cell] : []));
  helpers.sort((one, other) => hiding.weight(other) - hiding.weight(one) || one - other);
  for (const helper of helpers) {
    hiding.show(helper);
    const replaced = new Map<number, Move>();
    const needs = [...witnesses].filter(([cell, move]) => cell !== helper && move.has(helper));
    const isFree = needs.every(([cell]) => {
      const other = replaced.get(cell) ?? findMove(table, hiding, cell, NOTHING);
      if (other !== null) for (const shared of other.keys()) replaced.set(shared, other);
      return other !== null;
    });
    if (!isFree) {
      hiding.hide(helper);
      continue;
    }
    reasons.delete(helper);
    witnesses.delete(helper);
    for (const [cell] of needs) {
      const other = replaced.get(cell);
      if (other !== undefined) witnesses.set(cell, other);
    }
  }
}
