import type { CountTable } from './count-table.ts';
import { findMove } from './find-move.ts';
import { startHiding } from './hiding.ts';
import type { Hiding } from './hiding.ts';
import type { Move } from './imaginary-check.ts';
import type { Steps } from './steps.ts';

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

/** Cells that are protected in all attempts together, about: a small table gets many attempts and a large one few. Ours. */
const CELLS_IN_ALL_ATTEMPTS = 20_000;
const FEWEST_ATTEMPTS = 3;
const MOST_ATTEMPTS = 16;

type Order = (one: number, other: number) => number;

/** A number that looks random, the same for the same cell and attempt: Knuth's multiplicative hash. */
function scattered(cell: number, attempt: number): number {
  return Math.imul(cell + 1, 2_654_435_761 + 2 * attempt) >>> 0;
}

/** In which order the cells are protected: it decides what is shared, so the best of several is kept. */
function orderOf(attempt: number, values: Int32Array): Order {
  if (attempt === 0) return (one, other) => (values[other] ?? 0) - (values[one] ?? 0) || one - other;
  if (attempt === 1) return (one, other) => (values[one] ?? 0) - (values[other] ?? 0) || one - other;
  if (attempt === 2) return (one, other) => other - one;
  return (one, other) => scattered(one, attempt) - scattered(other, attempt) || one - other;
}

function attemptsFor(table: CountTable, options: SuppressOptions): number {
  if (options.isSecondaryOff === true || options.isQuick === true) return 1;
  const affordable = Math.floor(CELLS_IN_ALL_ATTEMPTS / Math.max(1, table.values.length));
  return Math.min(MOST_ATTEMPTS, Math.max(FEWEST_ATTEMPTS, affordable));
}

/**
 * Hides every small number and as little else as is needed, so that for each hidden cell there is another history of whole
 * checks with all shown numbers the same, no hidden number zero, and this cell higher or lower by `doubt`. Then nothing
 * that is shown, in whichever table, adds up to a hidden number. Work in steps, because ten years take seconds.
 */
export function* suppress(table: CountTable, options: SuppressOptions): Steps<Suppression> {
  let best: Suppression | null = null;
  for (let attempt = 0; attempt < attemptsFor(table, options); attempt += 1) {
    const made = yield* suppressInOrder(table, options, orderOf(attempt, table.values));
    if (best === null || isBetter(made, best)) best = made;
  }
  return best ?? { reasons: new Map(), unprotected: [], witnesses: new Map(), lost: 0 };
}

function isBetter(one: Suppression, other: Suppression): boolean {
  if (one.unprotected.length !== other.unprotected.length) return one.unprotected.length < other.unprotected.length;
  return one.lost < other.lost - NOTHING;
}

function* suppressInOrder(table: CountTable, options: SuppressOptions, order: Order): Steps<Suppression> {
  const hiding = startHiding(table, options.doubt, options.lowest);
  const reasons = hideWhatMust(table, hiding, options);
  const witnesses = new Map<number, Move>();
  const unprotected: number[] = [];
  if (options.isSecondaryOff !== true) {
    for (const cell of [...reasons.keys()].sort(order)) {
      if (witnesses.has(cell)) continue;
      yield;
      const move = findMove(table, hiding, cell) ?? oldWitness(options.oldWitnesses ?? [], hiding, cell);
      if (move === null) unprotected.push(cell);
      else hideMove(move, cell, hiding, reasons, witnesses);
    }
    yield* showWhatCan(table, hiding, reasons, witnesses);
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

/** Shows again, dearest first, whatever is not needed or can be replaced by cells that cost less together. */
function* showWhatCan(
  table: CountTable,
  hiding: Hiding,
  reasons: Map<number, HidingReason>,
  witnesses: Map<number, Move>,
): Steps<void> {
  const helpers = [...reasons].flatMap(([cell, reason]) => (reason.kind === 'protects' ? [cell] : []));
  helpers.sort((one, other) => hiding.weight(other) - hiding.weight(one) || one - other);
  for (const helper of helpers) {
    yield;
    replaceHelper(table, hiding, helper, reasons, witnesses);
  }
}

/** Shows one helper if every cell that needs it finds another witness, and what that hides anew costs less than it. */
function replaceHelper(
  table: CountTable,
  hiding: Hiding,
  helper: number,
  reasons: Map<number, HidingReason>,
  witnesses: Map<number, Move>,
): void {
  hiding.show(helper);
  let budget = hiding.weight(helper) - NOTHING;
  const replaced = new Map<number, Move>();
  const added = new Map<number, number>();
  const needs = [...witnesses].flatMap(([cell, move]) => (cell !== helper && move.has(helper) ? [cell] : []));
  for (const cell of needs) {
    if (replaced.has(cell)) continue;
    const move = findMove(table, hiding, cell, Math.max(budget, NOTHING));
    // The helper itself costs its whole weight, so it can never come back within the budget.
    if (move === null) return undo();
    for (const changed of move.keys()) {
      if (hiding.costUp(changed) > 0) {
        budget -= hiding.weight(changed);
        added.set(changed, cell);
        hiding.hide(changed);
      }
      replaced.set(changed, move);
    }
  }
  reasons.delete(helper);
  witnesses.delete(helper);
  for (const [cell, protectedCell] of added) reasons.set(cell, { kind: 'protects', cell: protectedCell });
  for (const cell of [...needs, ...added.keys()]) {
    const move = replaced.get(cell);
    if (move !== undefined) witnesses.set(cell, move);
  }

  function undo(): void {
    for (const cell of added.keys()) hiding.show(cell);
    hiding.hide(helper);
  }
}
