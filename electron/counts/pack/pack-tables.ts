import type { ReleaseDecision } from '../../domain/counts/disclosure/release.ts';
import type { Level } from '../../domain/counts/disclosure/count-table.ts';
import { medianBand, noTimes, TIME_BANDS } from '../../domain/counts/time-band.ts';
import { monthsBetween } from '../../domain/counts/month.ts';
import { bandWords, columnWords, monthWords } from './words.ts';

/** The mark of a number that is not shown, as the Government Statistical Service recommends for confidential figures. */
export const HIDDEN_MARK = '[c]';
/** The mark of a figure that cannot be given, for instance the median of nothing. */
export const NOT_AVAILABLE_MARK = '[x]';

/** A number, or a mark that says why there is none, or words. */
export type PackCell = number | string;

/** One published table. */
export interface PackTable {
  /** Also the name of its file and of its sheet. */
  readonly id: string;
  readonly title: string;
  readonly columns: readonly { readonly code: string; readonly words: string }[];
  readonly rows: readonly {
    readonly level: Level;
    readonly key: string;
    readonly words: string;
    readonly cells: readonly PackCell[];
  }[];
}

/** Least checks of which a median is given. Ours: fewer would describe single people's checks. */
const LEAST_FOR_A_MEDIAN = 10;

function rowWords(level: Level, from: string, to: string): string {
  if (level === 'month') return monthWords(from);
  if (level === 'all') return 'All months';
  const isWhole = from.endsWith('-01') && to.endsWith('-12');
  return isWhole ? `Year ${from.slice(0, 4)}` : `Year ${from.slice(0, 4)} (${monthWords(from)} to ${monthWords(to)})`;
}

/** The tables of a publication, from what was decided to be shown. */
export function packTables({ release, table }: ReleaseDecision): readonly PackTable[] {
  const make = (
    id: string,
    title: string,
    codes: readonly string[],
    rename: Readonly<Record<string, string>> = {},
  ): PackTable => ({
    id,
    title,
    columns: codes.map((code) => ({ code, words: rename[code] ?? columnWords(code) })),
    rows: release.rows.map(({ level, key, from, to, shown }) => ({
      level,
      key,
      words: rowWords(level, from, to),
      cells: codes.map((code) => shown[code] ?? HIDDEN_MARK),
    })),
  });
  const partsOf = (name: string): readonly string[] =>
    table.dimensions.find((dimension) => dimension.name === name)?.columns ?? [];
  const searches = { 'outcome/searched': 'Searches' };
  const ethnicity = table.dimensions.filter(({ name }) => name.startsWith('ethnicity/'));
  return [
    make('searches-by-month', 'Identity checks and searches by month', [
      'check',
      'outcome/searched',
      ...partsOf('ground'),
    ]),
    make('outcomes', 'How identity checks ended', ['check', ...partsOf('outcome')]),
    make(
      'police-answers',
      'Answers of the police database',
      ['outcome/searched', ...partsOf('answer/police')],
      searches,
    ),
    make(
      'immigration-answers',
      'Answers of the immigration database',
      ['outcome/searched', ...partsOf('answer/immigration')],
      searches,
    ),
    ...ethnicity.map(({ name, columns }) =>
      make(
        name.replace('/', '-').replace('+', '-plus-'),
        name.startsWith('ethnicity/self')
          ? `Self-defined ethnicity, code set ${name.slice('ethnicity/self-'.length)}`
          : 'Officer-defined ethnicity',
        ['check', ...columns],
      ),
    ),
    medianTable(release),
  ];
}

function medianTable(release: ReleaseDecision['release']): PackTable {
  return {
    id: 'time-to-answer',
    title: 'Median time from the last print to both answers',
    columns: [{ code: 'median-time', words: 'Median time' }],
    rows: release.rows.map(({ level, key, from, to, shown }) => {
      const tally = noTimes();
      for (const month of monthsBetween(from, to)) {
        for (const band of TIME_BANDS) tally[band] += release.counts[month]?.[`time/${band}`] ?? 0;
      }
      const timed = Object.values(tally).reduce((sum, value) => sum + value, 0);
      const band = medianBand(tally);
      const searched = shown['outcome/searched'];
      const isHidden = searched === undefined || (timed > 0 && timed < LEAST_FOR_A_MEDIAN);
      const cell = isHidden ? HIDDEN_MARK : band === null ? NOT_AVAILABLE_MARK : bandWords(band);
      return { level, key, words: rowWords(level, from, to), cells: [cell] };
    }),
  };
}
