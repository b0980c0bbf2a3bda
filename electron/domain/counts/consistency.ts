import { ANSWERS, DATABASES, GROUNDS, OUTCOMES } from './count-cell.ts';
import { ETHNICITY_CODE_SETS } from './ethnicity-codes.ts';
import { TIME_BANDS } from './time-band.ts';

/** The counts of one month by cell name; a cell that is not there is zero. */
export type MonthCounts = Readonly<Record<string, number | undefined>>;

/** What does not add up in a month's counts. */
export type Inconsistency = 'negative' | 'grounds' | 'outcomes' | 'searches' | 'answers' | 'times' | 'ethnicity';

/**
 * What does not add up, or null: every check has one ground and one outcome, every search is of both databases with one
 * answer each, at most one time and at most one ethnicity of each kind.
 */
export function inconsistencyOf(counts: MonthCounts): Inconsistency | null {
  const at = (name: string): number => counts[name] ?? 0;
  const sum = (names: readonly string[]): number => names.reduce((total, name) => total + at(name), 0);
  const checks = at('check');
  const searched = at('outcome/searched');
  if (Object.values(counts).some((value = 0) => value < 0)) return 'negative';
  if (sum(GROUNDS.map((ground) => `ground/${ground}`)) !== checks) return 'grounds';
  if (sum(OUTCOMES.map((outcome) => `outcome/${outcome}`)) !== checks) return 'outcomes';
  if (DATABASES.some((database) => at(`search/${database}`) !== searched)) return 'searches';
  if (DATABASES.some((database) => sum(ANSWERS.map((answer) => `answer/${database}/${answer}`)) !== searched)) {
    return 'answers';
  }
  if (sum(TIME_BANDS.map((band) => `time/${band}`)) > searched) return 'times';
  const codes = (set: keyof typeof ETHNICITY_CODE_SETS): number =>
    sum(ETHNICITY_CODE_SETS[set].map((code) => `ethnicity/${set}/${code}`));
  if (codes('self-18+1') + codes('self-16+1') > checks || codes('officer-ic') > checks) return 'ethnicity';
  return null;
}
