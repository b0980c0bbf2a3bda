import type { MonthCounts } from '../consistency.ts';
import { ANSWERS, GROUNDS, OUTCOMES } from '../count-cell.ts';
import { ETHNICITY_CODE_SETS } from '../ethnicity-codes.ts';
import type { EthnicityCodeSet } from '../ethnicity-codes.ts';

/** One way in which a total is split into columns that add up to it. */
export interface Dimension {
  readonly name: string;
  /** The column that is split. */
  readonly total: string;
  readonly columns: readonly string[];
}

/** The column of all checks, from which every other is split. */
export const ALL_CHECKS = 'check';

const ALWAYS: readonly Dimension[] = [
  { name: 'ground', total: ALL_CHECKS, columns: GROUNDS.map((ground) => `ground/${ground}`) },
  { name: 'outcome', total: ALL_CHECKS, columns: OUTCOMES.map((outcome) => `outcome/${outcome}`) },
  // A search is always of both databases, so the searches of each are the checks that were searched: one number, three names.
  ...['police', 'immigration'].map((database) => ({
    name: `answer/${database}`,
    total: 'outcome/searched',
    columns: ANSWERS.map((answer) => `answer/${database}/${answer}`),
  })),
];

const CODE_SETS: readonly EthnicityCodeSet[] = ['self-18+1', 'self-16+1', 'officer-ic'];

/** The column of the checks for which no code of that set was recorded, so that a code set too adds up to all checks. */
export function notRecorded(codeSet: EthnicityCodeSet): string {
  return `ethnicity/${codeSet}/not-recorded`;
}

function codesOf(codeSet: EthnicityCodeSet): readonly string[] {
  return ETHNICITY_CODE_SETS[codeSet].map((code) => `ethnicity/${codeSet}/${code}`);
}

/** The dimensions that are published for those months: a code set for ethnicity only if it was ever used in them. */
export function dimensionsFor(months: Iterable<MonthCounts>): readonly Dimension[] {
  const counted = [...months];
  const used = CODE_SETS.filter((set) =>
    counted.some((counts) => codesOf(set).some((code) => (counts[code] ?? 0) > 0)),
  );
  return [
    ...ALWAYS,
    ...used.map((set) => ({
      name: `ethnicity/${set}`,
      total: ALL_CHECKS,
      columns: [...codesOf(set), notRecorded(set)],
    })),
  ];
}

/** What a column says for one month: its count, or for a code set's last column what is left of all checks. */
export function valueOf(counts: MonthCounts, column: string): number {
  const set = CODE_SETS.find((codeSet) => notRecorded(codeSet) === column);
  if (set === undefined) return counts[column] ?? 0;
  return codesOf(set).reduce((left, code) => left - (counts[code] ?? 0), counts[ALL_CHECKS] ?? 0);
}
