import { solve } from 'yalps';
import type { Constraint } from 'yalps';

/** A published row as a reader has it: numbers and marks, nothing of how they came about. */
export interface ReadRow {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly level: string;
  readonly shown: Readonly<Record<string, number>>;
  readonly hidden: readonly string[];
}

/** A hidden number that a reader can compute. */
export interface Exposed {
  readonly cell: string;
  readonly value: number;
}

/** Into which total a column adds, told from its name alone. */
function totalOf(column: string): string | null {
  if (column === 'check') return null;
  return column.startsWith('answer/') ? 'outcome/searched' : 'check';
}

function groupOf(column: string): string {
  return column
    .split('/')
    .slice(0, column.startsWith('ground') || column.startsWith('outcome') ? 1 : 2)
    .join('/');
}

/** One equation: known sums on one side, unknown cells with their signs on the other. */
interface Equation {
  known: number;
  readonly unknown: Map<string, number>;
}

/** The numbers of one release, where a month that changed since has names of its own. */
function equationsOf(rows: readonly ReadRow[], nameOf: (row: ReadRow, column: string) => string): readonly Equation[] {
  const equations: Equation[] = [];
  const add = (equation: Equation, row: ReadRow, column: string, sign: number): void => {
    const number = row.shown[column];
    if (number !== undefined) equation.known += sign * number;
    else if (row.hidden.includes(column)) {
      const name = nameOf(row, column);
      equation.unknown.set(name, (equation.unknown.get(name) ?? 0) + sign);
    }
  };
  const months = rows.filter(({ level }) => level === 'month');
  for (const row of rows) {
    const columns = [...Object.keys(row.shown), ...row.hidden];
    for (const group of new Set(columns.filter((column) => column !== 'check').map(groupOf))) {
      const parts = columns.filter((column) => column !== 'check' && groupOf(column) === group);
      const equation: Equation = { known: 0, unknown: new Map() };
      for (const part of parts) add(equation, row, part, 1);
      add(equation, row, totalOf(parts[0] ?? '') ?? 'check', -1);
      equations.push(equation);
    }
    if (row.level === 'month') continue;
    for (const column of columns) {
      const equation: Equation = { known: 0, unknown: new Map() };
      for (const month of months.filter(({ key }) => key >= row.from && key <= row.to)) add(equation, month, column, 1);
      add(equation, row, column, -1);
      equations.push(equation);
    }
  }
  return equations;
}

/**
 * What a reader can compute from one or several releases, by linear programming over all their numbers at once. The reader
 * is given more than the public has: that no hidden number is zero, and which months did not change between releases.
 * @returns the hidden cells whose value is determined, and whether the numbers contradict each other
 */
export function attack(releases: readonly (readonly ReadRow[])[]): {
  readonly exposed: readonly Exposed[];
  readonly isContradictory: boolean;
  readonly hidden: number;
} {
  const shownIn = releases.map((rows) => new Map(rows.map((row) => [row.key, JSON.stringify(row.shown)])));
  const versionOf = (index: number, row: ReadRow): number => {
    const first = releases.findIndex((_, other) => other <= index && sameNumbers(shownIn[other]?.get(row.key), row));
    return first === -1 ? index : first;
  };
  const equations = releases.flatMap((rows, index) =>
    equationsOf(rows, (row, column) => `${row.key} ${column} @${versionOf(index, row)}`),
  );
  const names = [...new Set(equations.flatMap(({ unknown }) => [...unknown.keys()]))];
  const constraints = new Map<string, Constraint>();
  const variables = new Map<string, Map<string, number>>(names.map((name) => [name, new Map<string, number>()]));
  for (const [index, { known, unknown }] of equations.entries()) {
    if (unknown.size === 0) {
      if (known !== 0) return { exposed: [], isContradictory: true, hidden: names.length };
      continue;
    }
    // Each unknown is one plus something that is not negative.
    const atLeast = [...unknown.values()].reduce((sum, sign) => sum + sign, 0);
    constraints.set(`e${index}`, { equal: -known - atLeast });
    for (const [name, sign] of unknown) variables.get(name)?.set(`e${index}`, sign);
  }
  const solutions: Map<string, number>[] = [];
  const open = new Set(names);
  const separate = (): void => {
    for (const name of open) {
      const seen = solutions.map((solution) => solution.get(name) ?? 0);
      if (Math.max(...seen) - Math.min(...seen) >= 1 - 1e-6) open.delete(name);
    }
  };
  const optimise = (wanted: readonly string[], direction: 'maximize' | 'minimize'): 'found' | 'unbounded' | 'none' => {
    const aims = new Set(wanted);
    const model = {
      direction,
      objective: 'aim',
      constraints,
      variables: new Map(
        [...variables].map(
          ([name, of]) => [name, aims.has(name) ? new Map([...of, ['aim', 1]] as const) : of] as const,
        ),
      ),
    };
    const { status, variables: values } = solve(model, { includeZeroVariables: false, maxPivots: 100_000 });
    if (status === 'unbounded') return 'unbounded';
    if (status !== 'optimal') return 'none';
    solutions.push(new Map(values));
    return 'found';
  };
  if (optimise(names, 'minimize') === 'none') return { exposed: [], isContradictory: true, hidden: names.length };
  optimise(names, 'maximize');
  separate();
  const exposed: Exposed[] = [];
  while (open.size > 0) {
    const [name] = open;
    if (name === undefined) break;
    open.delete(name);
    const top = optimise([name], 'maximize');
    const bottom = optimise([name], 'minimize');
    const values = solutions.slice(-2).map((solution) => solution.get(name) ?? 0);
    const width = Math.floor(Math.max(...values) + 1e-6) - Math.ceil(Math.min(...values) - 1e-6);
    if (top === 'found' && bottom === 'found' && width < 1)
      exposed.push({ cell: name, value: 1 + Math.round(values[0] ?? 0) });
    separate();
  }
  return { exposed, isContradictory: false, hidden: names.length };
}

/** A month whose shown numbers are the same is taken to be the same in all its numbers. */
function sameNumbers(shown: string | undefined, row: ReadRow): boolean {
  if (shown === undefined) return false;
  const other: Record<string, number> = JSON.parse(shown);
  return Object.entries(row.shown).every(([column, value]) => other[column] === undefined || other[column] === value);
}
