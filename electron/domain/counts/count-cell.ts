import type { AnswerKind, DatabaseName } from '../../contract/checks.ts';
import { unreachable } from '../unreachable.ts';
import { ETHNICITY_CODE_SETS } from './ethnicity-codes.ts';
import type { EthnicityCodeSet } from './ethnicity-codes.ts';
import { TIME_BANDS } from './time-band.ts';
import type { TimeBand } from './time-band.ts';

export const GROUNDS = ['6B(a)', '6B(b)'] as const;
export type Ground = (typeof GROUNDS)[number];

/** How a check ended, as the public reads it. Each check has exactly one. */
export const OUTCOMES = ['searched', 'declined', 'abandoned', 'unusable'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const DATABASES = ['police', 'immigration'] as const satisfies readonly DatabaseName[];
export const ANSWERS = [
  'match',
  'possible-match',
  'no-match',
  'unusable',
  'unavailable',
  'timed-out',
] as const satisfies readonly AnswerKind[];

/** One thing that is counted in a month. There is no other, and nothing that happened after the check. */
export type CountCell =
  | { readonly kind: 'check' }
  | { readonly kind: 'ground'; readonly ground: Ground }
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'search'; readonly database: DatabaseName }
  | { readonly kind: 'answer'; readonly database: DatabaseName; readonly answer: AnswerKind }
  | { readonly kind: 'time'; readonly band: TimeBand }
  | { readonly kind: 'ethnicity'; readonly codeSet: EthnicityCodeSet; readonly code: string };

/** A cell's name in the store, on the wire and in tables, such as `answer/police/no-match`. */
export function cellName(cell: CountCell): string {
  switch (cell.kind) {
    case 'check':
      return 'check';
    case 'ground':
      return `ground/${cell.ground}`;
    case 'outcome':
      return `outcome/${cell.outcome}`;
    case 'search':
      return `search/${cell.database}`;
    case 'answer':
      return `answer/${cell.database}/${cell.answer}`;
    case 'time':
      return `time/${cell.band}`;
    case 'ethnicity':
      return `ethnicity/${cell.codeSet}/${cell.code}`;
    default:
      return unreachable(cell);
  }
}

function codeSets(): readonly EthnicityCodeSet[] {
  return ['self-18+1', 'self-16+1', 'officer-ic'];
}

/** Every cell that there is, in the order in which tables show them. */
export const ALL_CELLS: readonly CountCell[] = [
  { kind: 'check' },
  ...GROUNDS.map((ground) => ({ kind: 'ground' as const, ground })),
  ...OUTCOMES.map((outcome) => ({ kind: 'outcome' as const, outcome })),
  ...DATABASES.flatMap((database) => [
    { kind: 'search' as const, database },
    ...ANSWERS.map((answer) => ({ kind: 'answer' as const, database, answer })),
  ]),
  ...TIME_BANDS.map((band) => ({ kind: 'time' as const, band })),
  ...codeSets().flatMap((codeSet) =>
    ETHNICITY_CODE_SETS[codeSet].map((code) => ({ kind: 'ethnicity' as const, codeSet, code })),
  ),
];

/** The names of all cells: the closed list that a document upstream may use. */
export const CELL_NAMES: readonly string[] = ALL_CELLS.map(cellName);
