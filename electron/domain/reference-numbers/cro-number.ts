import { checkLetter } from './check-letter.ts';
import { fullYear, shortYear } from './full-year.ts';
import { refuse, type Parsed } from './reference-refusal.ts';

/** A number of the criminal records office: the usual form, or the SF form, whose serial is kept as it was written. */
export type CroNumber =
  | { readonly kind: 'usual'; readonly year: number; readonly serial: number }
  | { readonly kind: 'sf'; readonly year: number; readonly serialAsWritten: string };

/** Digits of the usual form's serial, padded. */
const SERIAL_DIGITS = 6;
const USUAL_FORM = /^(\d{1,6})\/(\d{2})([A-Z])$/;
const SF_FORM = /^SF(\d{2})\/(\d{1,6})([A-Z])$/;

/** Parses `NNNNNN/YYD` or `SFYY/N{1,6}D`, in either case of letters, spaces around it ignored. */
export function parseCroNumber(text: string, currentYear: number): Parsed<CroNumber> {
  const written = text.trim().toUpperCase();
  return written.startsWith('SF') ? parseSfForm(written, currentYear) : parseUsualForm(written, currentYear);
}

function parseUsualForm(written: string, currentYear: number): Parsed<CroNumber> {
  const [, serialDigits, yearDigits, letter] = USUAL_FORM.exec(written) ?? [];
  if (serialDigits === undefined || yearDigits === undefined) return refuse('wrong-form');
  return checked(
    { kind: 'usual', year: fullYear(Number(yearDigits), currentYear), serial: Number(serialDigits) },
    letter,
  );
}

function parseSfForm(written: string, currentYear: number): Parsed<CroNumber> {
  const [, yearDigits, serialAsWritten, letter] = SF_FORM.exec(written) ?? [];
  if (serialAsWritten === undefined || yearDigits === undefined) return refuse('wrong-form');
  return checked({ kind: 'sf', year: fullYear(Number(yearDigits), currentYear), serialAsWritten }, letter);
}

function checked(reference: CroNumber, letter: string | undefined): Parsed<CroNumber> {
  return croCheckLetter(reference) === letter ? { kind: 'parsed', reference } : refuse('wrong-check-letter');
}

/** Prints `065656/91H` or `SF05/482703J`. */
export function printCroNumber(cro: CroNumber): string {
  const yearDigits = shortYear(cro.year);
  return cro.kind === 'usual'
    ? `${serialOf(cro)}/${yearDigits}${croCheckLetter(cro)}`
    : `SF${yearDigits}/${serialOf(cro)}${croCheckLetter(cro)}`;
}

/** The check letter divides the year's two digits, then the serial: padded to 6, or in the SF form as written. */
function croCheckLetter(cro: CroNumber): string {
  return checkLetter(`${shortYear(cro.year)}${serialOf(cro)}`);
}

function serialOf(cro: CroNumber): string {
  return cro.kind === 'usual' ? String(cro.serial).padStart(SERIAL_DIGITS, '0') : cro.serialAsWritten;
}
