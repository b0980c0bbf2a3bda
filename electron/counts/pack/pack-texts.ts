import type { ReleaseDecision } from '../../domain/counts/disclosure/release.ts';
import type { Month } from '../../domain/counts/month.ts';
import { csvText } from './csv.ts';
import { HIDDEN_MARK, NOT_AVAILABLE_MARK } from './pack-tables.ts';
import type { PackTable } from './pack-tables.ts';
import { monthWords } from './words.ts';

/** Every column of every table: its code, its words, what is counted. */
export function dictionaryCsv(tables: readonly PackTable[]): string {
  const meaning = (code: string): string => {
    if (code === 'check')
      return 'Uses of the power that ended in the period, each counted once, by the time of their end in London';
    if (code === 'outcome/searched') return 'Checks whose prints were searched against both databases';
    if (code.startsWith('ground/')) return 'Checks by the condition of section 61(6B) that was met';
    if (code.startsWith('outcome/')) return 'Checks that ended without a search, by how';
    if (code.startsWith('answer/')) return `Searches of the ${code.split('/')[1]} database by its answer`;
    if (code.startsWith('ethnicity/')) return `Checks by ethnicity, code set ${code.split('/')[1]}`;
    return 'The band in which the middle one of all times to both answers lies';
  };
  return csvText([
    ['table', 'column', 'code', 'meaning', 'values'],
    ...tables.flatMap(({ id, columns }) =>
      columns.map(({ code, words }) => [
        id,
        words,
        code,
        meaning(code),
        `a whole number, ${HIDDEN_MARK} or ${NOT_AVAILABLE_MARK}`,
      ]),
    ),
  ]);
}

/** Why numbers are not shown, for the reader. */
export function suppressionNote({ release }: ReleaseDecision, notes: readonly string[]): string {
  const rows = release.rows.reduce((sum, row) => sum + row.hidden.length, 0);
  return `# How these numbers are protected

Numbers from 1 to ${release.threshold - 1} are marked ${HIDDEN_MARK}, because so small a number could point to a person. ${rows} numbers in this publication are marked.

Some larger numbers are marked too. If only the small ones were, many could be worked out from totals, from another table, or by comparing this publication with an earlier one. The larger ones are chosen so that little is lost: each hidden number could be at least one other number, with everything that is shown the same. One mark is used for both, because the difference would itself say something.

A zero is always shown. A number that was published once is published again. A correction of a month that was published before is shown only once it changes each number by ${release.threshold} or more; until then the month keeps its published numbers.

The median time is given only where at least ten times were measured.
${notes.map((note) => `\n${note}\n`).join('')}`;
}

/** For the force alone: each hidden number with its reason. Never to be published, because the reasons narrow the numbers down. */
export function reasonsCsv({ reasons }: ReleaseDecision): string {
  return csvText([
    ['period', 'column', 'reason', 'protects_period', 'protects_column'],
    ...reasons.map(({ period, column, kind, protects }) => [
      period,
      column,
      kind,
      protects?.period ?? '',
      protects?.column ?? '',
    ]),
  ]);
}

/** For the force alone: months with corrections that are too small to be published. That there are any says something. */
export function heldMonthsCsv({ heldMonths }: ReleaseDecision): string {
  return csvText([['month'], ...heldMonths.map((month) => [month])]);
}

/** A draft for the officer who answers requests; the bracketed places are theirs to fill. */
export function draftAnswer(
  { release }: ReleaseDecision,
  publisher: string,
  inUseSince: Month | null,
  madeOn: string,
): string {
  const years = release.rows
    .filter(({ level }) => level !== 'month')
    .map(({ level, from, to, shown }) => {
      const words = level === 'all' ? 'All months together' : `${monthWords(from)} to ${monthWords(to)}`;
      return `- ${words}: ${shown['check'] ?? HIDDEN_MARK} checks, ${shown['outcome/searched'] ?? HIDDEN_MARK} of them searched`;
    });
  const period = `${monthWords(release.from)} to ${monthWords(release.to)}`;
  return `# Draft answer to a request for information

${publisher}, ${madeOn}. A draft made from the published tables; to be checked and signed by the officer responsible.

## 1. Since when has the service been in use?

${inUseSince === null ? '[to be filled in]' : `Since ${monthWords(inUseSince)}.`}

## 2. How many searches were made in each month?

See the table *Identity checks and searches by month* (searches-by-month.csv), ${period}. Numbers from 1 to ${release.threshold - 1} and those from which they could be worked out are marked ${HIDDEN_MARK}.

## 3. How many were made in each year?

${years.length === 0 ? '- See the months.' : years.join('\n')}

## 4. What is not held, and why?

Nationality, gender and visa status are not recorded: they are not needed for the search. Arrests, detentions or removals that may follow are not recorded by this service: it counts uses of a power, and keeps no record of what happened to a person afterwards. The prints themselves are not held: they are destroyed as soon as both databases have answered, and the record of that holds nothing computed from a print. Ethnicity is held only as monthly counts, and only where the force has switched that on.

## 5. What is the privacy statement?

Fingerprints are taken under section 61(6A) of the Police and Criminal Evidence Act 1984, when a condition of section 61(6B) is met. They are searched against the police and the immigration databases and then destroyed. What is published are counts by month in which no person can be found; how that is ensured is described in suppression-note.md. [contact of the data protection officer] [how to complain]
`;
}
