import { checkLetter } from './check-letter.ts';
import { fullYear, shortYear } from './full-year.ts';
import { refuse, type Parsed } from './reference-refusal.ts';

/** An arrest or summons number. `force`, `unit` and `system` are two characters each. */
export interface ArrestSummonsNumber {
  readonly year: number;
  readonly force: string;
  readonly unit: string;
  readonly system: string;
  readonly sequence: number;
}

/** Digits of the sequence, padded; 99,999,999,999 is well inside the exact integers of a double. */
const SEQUENCE_DIGITS = 11;
const FORM = /^(\d{2})([A-Z\d]{2})([A-Z\d]{2})([A-Z\d]{2})(\d{11})([A-Z])$/;

/** Parses `YY FF UU SS N{11} C`, with or without the spaces, in either case of letters. */
export function parseAsn(text: string, currentYear: number): Parsed<ArrestSummonsNumber> {
  const written = text.replaceAll(' ', '').toUpperCase();
  const [, yearDigits, force, unit, system, sequence, letter] = FORM.exec(written) ?? [];
  if (yearDigits === undefined || force === undefined || unit === undefined) return refuse('wrong-form');
  if (system === undefined || sequence === undefined) return refuse('wrong-form');
  const year = fullYear(Number(yearDigits), currentYear);
  const reference = { year, force, unit, system, sequence: Number(sequence) };
  return asnCheckLetter(reference) === letter ? { kind: 'parsed', reference } : refuse('wrong-check-letter');
}

/** Prints `1101ZD0100000410836V`. */
export function printAsn(asn: ArrestSummonsNumber): string {
  const { force, unit, system } = asn;
  return `${shortYear(asn.year)}${force}${unit}${system}${paddedSequence(asn)}${asnCheckLetter(asn)}`;
}

/**
 * The check letter divides force, system, year and the 11-digit sequence; a force or system that is no number is left
 * out, and the unit is not in it. The number has up to 17 digits, more than a double holds exactly.
 */
function asnCheckLetter(asn: ArrestSummonsNumber): string {
  const parts = [asn.force, asn.system].filter((part) => /^\d+$/.test(part));
  return checkLetter(`${parts.join('')}${shortYear(asn.year)}${paddedSequence(asn)}`);
}

function paddedSequence({ sequence }: ArrestSummonsNumber): string {
  return String(sequence).padStart(SEQUENCE_DIGITS, '0');
}
