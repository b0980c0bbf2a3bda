import { checkLetter } from './check-letter.ts';
import { fullYear, shortYear } from './full-year.ts';
import { refuse, type Parsed } from './reference-refusal.ts';

/** A person's identifier in police records: a year and a serial of up to 7 digits. */
export interface PncId {
  readonly year: number;
  readonly serial: number;
}

/** Digits of a serial, padded. */
const SERIAL_DIGITS = 7;
const FORM = /^((?:19|20)\d{2}|\d{2})\/(\d{1,7})([A-Z])$/;

/** Parses `YYYY/NNNNNNND` of 1900 or later, or `YY/N…D`, in either case of letters, spaces around it ignored. */
export function parsePncId(text: string, currentYear: number): Parsed<PncId> {
  const [, yearDigits, serialDigits, letter] = FORM.exec(text.trim().toUpperCase()) ?? [];
  if (yearDigits === undefined || serialDigits === undefined) return refuse('wrong-form');
  const year = yearDigits.length === 2 ? fullYear(Number(yearDigits), currentYear) : Number(yearDigits);
  const reference = { year, serial: Number(serialDigits) };
  if (pncCheckLetter(reference) !== letter) return refuse('wrong-check-letter');
  return year > currentYear ? refuse('year-in-the-future') : { kind: 'parsed', reference };
}

/** Prints the long form, `2002/0073319Z`. */
export function printPncId(id: PncId): string {
  return `${id.year}/${paddedSerial(id)}${pncCheckLetter(id)}`;
}

/** Prints the short form, `02/73319Z`. It says the century only by the rule for two-digit years. */
export function printShortPncId(id: PncId): string {
  return `${shortYear(id.year)}/${id.serial}${pncCheckLetter(id)}`;
}

/** The check letter divides the last two digits of the year, then the serial padded to 7. */
function pncCheckLetter(id: PncId): string {
  return checkLetter(`${shortYear(id.year)}${paddedSerial(id)}`);
}

function paddedSerial({ serial }: PncId): string {
  return String(serial).padStart(SERIAL_DIGITS, '0');
}
