import type { AnswerKind, CheckEnding, DatabaseName } from '../../contract/checks.ts';
import type { CountCell, Ground, Outcome } from './count-cell.ts';
import { DATABASES } from './count-cell.ts';
import type { EthnicityCodeSet } from './ethnicity-codes.ts';
import { timeBandOf } from './time-band.ts';

/** What is known of a check when it has ended, and no more than is counted. */
export interface EndedCheck {
  /** The ground that was made out. A check that never had one was no use of the power, and is not counted. */
  readonly ground: Ground;
  readonly ending: CheckEnding;
  /** What the databases answered, or null when no search was started. A search is always of both. */
  readonly answers: Readonly<Record<DatabaseName, AnswerKind>> | null;
  /** True when prints were tried and none was usable, so that no search could be started. */
  readonly werePrintsUnusable: boolean;
  /** Milliseconds from the lift of the last finger to the second answer, or null. */
  readonly msToAnswers: number | null;
  /** Ethnicity, at most one of self-defined and one of officer-defined; empty unless the force has switched it on. */
  readonly ethnicity: readonly { readonly codeSet: EthnicityCodeSet; readonly code: string }[];
}

/** The one outcome of a check: searched before everything else, then what the person and the prints allowed. */
export function outcomeOf(check: EndedCheck): Outcome {
  if (check.answers !== null) return 'searched';
  if (check.ending === 'declined') return 'declined';
  return check.werePrintsUnusable ? 'unusable' : 'abandoned';
}

/** The cells to which a check adds one. */
export function cellsOf(check: EndedCheck): readonly CountCell[] {
  const cells: CountCell[] = [
    { kind: 'check' },
    { kind: 'ground', ground: check.ground },
    { kind: 'outcome', outcome: outcomeOf(check) },
    ...check.ethnicity.map(({ codeSet, code }) => ({ kind: 'ethnicity' as const, codeSet, code })),
  ];
  if (check.answers === null) return cells;
  for (const database of DATABASES) {
    cells.push({ kind: 'search', database }, { kind: 'answer', database, answer: check.answers[database] });
  }
  if (check.msToAnswers !== null) cells.push({ kind: 'time', band: timeBandOf(check.msToAnswers) });
  return cells;
}
