import type { Month } from '../../domain/counts/month.ts';

/** The public's words for each column. Content, to be read by the force's publication officer. */
const WORDS: Readonly<Record<string, string>> = {
  check: 'Identity checks',
  'ground/6B(a)': 'Name unknown: section 61(6B)(a)',
  'ground/6B(b)': 'Name doubted: section 61(6B)(b)',
  'outcome/searched': 'Searched',
  'outcome/declined': 'Declined by the person',
  'outcome/abandoned': 'Ended before a search',
  'outcome/unusable': 'No usable print',
};

const ANSWER_WORDS: Readonly<Record<string, string>> = {
  match: 'Match',
  'possible-match': 'Possible match',
  'no-match': 'No match',
  unusable: 'Print not usable',
  unavailable: 'Database not available',
  'timed-out': 'No answer in time',
};

const ETHNICITY_WORDS: Readonly<Record<string, string>> = {
  W1: 'White: British',
  W2: 'White: Irish',
  W3: 'White: Gypsy or Irish Traveller',
  W9: 'White: any other',
  M1: 'Mixed: White and Black Caribbean',
  M2: 'Mixed: White and Black African',
  M3: 'Mixed: White and Asian',
  M9: 'Mixed: any other',
  A1: 'Asian: Indian',
  A2: 'Asian: Pakistani',
  A3: 'Asian: Bangladeshi',
  A4: 'Asian: Chinese',
  A9: 'Asian: any other',
  B1: 'Black: Caribbean',
  B2: 'Black: African',
  B9: 'Black: any other',
  O1: 'Chinese',
  O2: 'Arab',
  O9: 'Any other ethnic group',
  NS: 'Not stated',
  IC1: 'White, North European',
  IC2: 'White, South European',
  IC3: 'Black',
  IC4: 'Asian',
  IC5: 'Chinese, Japanese or South-East Asian',
  IC6: 'Arab or North African',
  IC9: 'Unknown',
  'not-recorded': 'Not recorded',
};

const BAND_WORDS: Readonly<Record<string, string>> = {
  'under-10-s': 'under 10 seconds',
  '10-to-30-s': '10 to 30 seconds',
  '30-to-60-s': '30 to 60 seconds',
  '60-to-120-s': '1 to 2 minutes',
  'over-120-s': 'over 2 minutes',
};

/** A column in words. */
export function columnWords(column: string): string {
  const last = column.slice(column.lastIndexOf('/') + 1);
  return WORDS[column] ?? (column.startsWith('answer/') ? ANSWER_WORDS[last] : ETHNICITY_WORDS[last]) ?? column;
}

/** A band of time in words. */
export function bandWords(band: string): string {
  return BAND_WORDS[band] ?? band;
}

const MONTH_NAMES = 'January February March April May June July August September October November December'.split(' ');

/** A month in words: `January 2024`. */
export function monthWords(month: Month): string {
  return `${MONTH_NAMES[Number(month.slice(5)) - 1] ?? month} ${month.slice(0, 4)}`;
}
