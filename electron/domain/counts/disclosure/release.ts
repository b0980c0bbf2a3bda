import type { MonthCounts } from '../consistency.ts';
import { monthsBetween } from '../month.ts';
import type { Month } from '../month.ts';
import { cellIndex, layOutTable, periodKey, sumsOver } from './count-table.ts';
import type { CountTable, Level } from './count-table.ts';
import { valueOf } from './dimension.ts';
import { runAtOnce } from './steps.ts';
import type { Steps } from './steps.ts';
import { suppress } from './suppress.ts';
import type { HidingReason, Past } from './suppress.ts';
import { keepWitnesses, recallWitness } from './witness.ts';
import type { Witness } from './witness.ts';

/** One row as it was published. */
export interface ReleasedRow {
  readonly key: string;
  readonly level: Level;
  readonly from: Month;
  readonly to: Month;
  /** Columns that were shown, with their numbers. */
  readonly shown: Readonly<Record<string, number>>;
  readonly hidden: readonly string[];
}

/** One publication, kept so that the next one can be measured against it. The months' counts are the force's own, never published. */
export interface Release {
  readonly from: Month;
  readonly to: Month;
  readonly threshold: number;
  readonly rows: readonly ReleasedRow[];
  readonly counts: Readonly<Record<Month, Readonly<Record<string, number>>>>;
  /** The other histories by which its hidden numbers are in doubt; later releases must leave them possible. */
  readonly witnesses: readonly Witness[];
}

/** Why one number of a release is hidden, in names. */
export interface NamedReason {
  readonly period: string;
  readonly column: string;
  readonly kind: HidingReason['kind'];
  /** For `protects`: whose number could otherwise be computed. */
  readonly protects: { readonly period: string; readonly column: string } | null;
}

/** What is to be published, why the rest is not, and which months keep their earlier numbers. */
export interface ReleaseDecision {
  readonly release: Release;
  readonly table: CountTable;
  readonly reasons: readonly NamedReason[];
  /** Months whose corrections are too small to be published yet. */
  readonly heldMonths: readonly Month[];
  /** Numbers of cells that earlier releases have given away and nothing can protect; must be empty to publish. */
  readonly unprotected: number;
  readonly lost: number;
}

export interface ReleaseRequest {
  readonly from: Month;
  readonly to: Month;
  readonly counts: ReadonlyMap<Month, MonthCounts>;
  readonly threshold: number;
  readonly doubt: number;
  readonly earlier: readonly Release[];
  readonly isSecondaryOff?: boolean;
  /** One attempt instead of the best of several: for a screen. */
  readonly isQuick?: boolean;
}

type Fate = ReadonlyMap<string, 'shown' | 'hidden'>;

const cellKey = (period: string, column: string): string => `${period} ${column}`;

/** What each cell of earlier releases has become: shown once is shown for ever. */
function fateOf(earlier: readonly Release[]): Fate {
  const fate = new Map<string, 'shown' | 'hidden'>();
  for (const row of earlier.flatMap(({ rows }) => rows)) {
    for (const column of row.hidden)
      if (!fate.has(cellKey(row.key, column))) fate.set(cellKey(row.key, column), 'hidden');
    for (const column of Object.keys(row.shown)) fate.set(cellKey(row.key, column), 'shown');
  }
  return fate;
}

/**
 * True when a month's new counts may replace the released ones: each number that changes does so by the threshold or more,
 * none that was shown becomes small, and none that was hidden becomes zero or one. Otherwise the difference of two releases would
 * itself be a small number about people.
 */
function mayReplace(
  month: Month,
  next: MonthCounts,
  released: MonthCounts,
  columns: readonly string[],
  fate: Fate,
  threshold: number,
): boolean {
  return columns.every((column) => {
    const now = valueOf(next, column);
    const difference = Math.abs(now - valueOf(released, column));
    if (difference === 0) return true;
    const past = fate.get(cellKey(month, column));
    // Two and not one, so that a history with one check less stays possible.
    if (past === 'hidden') return difference >= threshold && now >= 2;
    return difference >= threshold && (past === undefined || now === 0 || now >= threshold);
  });
}

interface Chosen {
  readonly counts: ReadonlyMap<Month, MonthCounts>;
  readonly held: readonly Month[];
}

function chooseCounts(request: ReleaseRequest, columns: readonly string[], fate: Fate): Chosen {
  const released = new Map<Month, MonthCounts>();
  for (const release of request.earlier) {
    for (const [month, counts] of Object.entries(release.counts)) released.set(month, counts);
  }
  const chosen = new Map<Month, MonthCounts>(released);
  const held: Month[] = [];
  for (const month of monthsBetween(request.from, request.to)) {
    const next = request.counts.get(month) ?? {};
    const before = released.get(month);
    const isHeld = before !== undefined && !mayReplace(month, next, before, columns, fate, request.threshold);
    if (isHeld) held.push(month);
    chosen.set(month, isHeld ? before : next);
  }
  return { counts: chosen, held };
}

/**
 * Decides what of the counts from one month to another may be published, given all that was published before: no hidden
 * number can be computed from the tables, from each other, or from the difference between releases.
 */
export function decideRelease(request: ReleaseRequest): ReleaseDecision {
  return runAtOnce(decideReleaseInSteps(request));
}

/** The same in steps, for a process that must not stop for seconds. */
export function* decideReleaseInSteps(request: ReleaseRequest): Steps<ReleaseDecision> {
  const { from, to, earlier, threshold } = request;
  const present = monthsBetween(from, to);
  const months = [
    ...new Set([...earlier.flatMap((release) => monthsBetween(release.from, release.to)), ...present]),
  ].sort();
  const sums = [...sumsOver(present), ...earlier.flatMap(({ rows }) => rows.filter(({ level }) => level !== 'month'))];
  const fate = fateOf(earlier);
  const columns = layOutTable(present, request.counts).columns.map(({ name }) => name);
  const { counts, held } = chooseCounts(request, columns, fate);
  const table = layOutTable(months, counts, sums);
  const keys = new Set([...present, ...sumsOver(present).map((sum) => periodKey(sum.from, sum.to))]);
  const nameOf = (cell: number): { period: string; column: string } => ({
    period: table.periods[Math.floor(cell / table.columns.length)]?.key ?? '',
    column: table.columns[cell % table.columns.length]?.name ?? '',
  });
  const past = (cell: number): Past => {
    const { period, column } = nameOf(cell);
    return fate.get(cellKey(period, column)) ?? (keys.has(period) ? 'new' : 'left-out');
  };
  const lowest = lowestOf(table, earlier, counts);
  const { reasons, unprotected, witnesses, lost } = yield* suppress(table, {
    threshold,
    doubt: request.doubt,
    past,
    lowest: (cell) => lowest[cell] ?? 0,
    oldWitnesses: earlier.flatMap((release) => release.witnesses.flatMap((witness) => recallWitness(table, witness))),
    isQuick: request.isQuick === true,
    ...(request.isSecondaryOff !== undefined && { isSecondaryOff: request.isSecondaryOff }),
  });
  const rows = table.periods.flatMap((period, row) => {
    if (!keys.has(period.key)) return [];
    const inside = period.months.map((month) => months[month] ?? '');
    const cells = table.columns.map(({ name }, column) => [name, cellIndex(table, row, column)] as const);
    const shown = cells.filter(([, cell]) => !reasons.has(cell)).map(([name, cell]) => [name, table.values[cell] ?? 0]);
    return {
      key: period.key,
      level: period.level,
      from: inside[0] ?? from,
      to: inside.at(-1) ?? to,
      shown: Object.fromEntries(shown),
      hidden: cells.filter(([, cell]) => reasons.has(cell)).map(([name]) => name),
    };
  });
  const named = [...reasons].map(([cell, reason]) => ({
    ...nameOf(cell),
    kind: reason.kind,
    protects: reason.kind === 'protects' ? nameOf(reason.cell) : null,
  }));
  const kept = Object.fromEntries(present.map((month) => [month, withoutZeros(counts.get(month) ?? {})]));
  return {
    release: { from, to, threshold, rows, counts: kept, witnesses: keepWitnesses(table, witnesses.values()) },
    table,
    reasons: named.filter(({ period }) => keys.has(period)),
    heldMonths: held,
    unprotected: unprotected.length,
    lost,
  };
}

/** The lowest value that each cell has had in any release, by the same sums over each release's own counts. */
function lowestOf(table: CountTable, earlier: readonly Release[], counts: ReadonlyMap<Month, MonthCounts>): Int32Array {
  const lowest = table.values.slice();
  const sums = table.periods.map(({ months }) => ({
    level: 'year' as const,
    from: table.months[months[0] ?? 0] ?? '',
    to: table.months[months.at(-1) ?? 0] ?? '',
  }));
  for (const release of earlier) {
    const then = layOutTable(table.months, new Map([...counts, ...Object.entries(release.counts)]), sums);
    const columnOf = new Map(then.columns.map(({ name }, index) => [name, index]));
    for (const [row] of table.periods.entries()) {
      for (const [column, { name }] of table.columns.entries()) {
        const other = columnOf.get(name);
        if (other === undefined) continue;
        const cell = cellIndex(table, row, column);
        lowest[cell] = Math.min(lowest[cell] ?? 0, then.values[cellIndex(then, row, other)] ?? 0);
      }
    }
  }
  return lowest;
}

function withoutZeros(counts: MonthCounts): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([cell, value = 0]) => (value === 0 ? [] : [[cell, value]])),
  );
}
