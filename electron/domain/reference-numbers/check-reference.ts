import { checkLetter } from './check-letter.ts';
import { refuse, type Parsed } from './reference-refusal.ts';

/** Random bytes that one reference takes: 40 bits, so that the remainder by 10^9 favours no value by more than 0.1 %. */
export const CHECK_REFERENCE_BYTES = 5;

const DIGITS = 9;
const FORM = /^(\d{3})-?(\d{3})-?(\d{3})-?([A-Z])$/;

/**
 * An identity check's own reference, `483-201-764-K`: nine random digits and a check letter, short enough to be read out
 * and typed back, with no date, station or officer in it. Of 1,000 references of one station, two are the same once in
 * 2,000 stations: the store refuses a second one and the caller draws again.
 *
 * @param random exactly `CHECK_REFERENCE_BYTES` random bytes
 * @throws RangeError when there are fewer or more
 */
export function checkReference(random: Uint8Array): string {
  if (random.length !== CHECK_REFERENCE_BYTES)
    throw new RangeError(`${CHECK_REFERENCE_BYTES} bytes, not ${random.length}`);
  const drawn = random.reduce((sum, byte) => sum * 256 + byte, 0);
  const digits = String(drawn % 10 ** DIGITS).padStart(DIGITS, '0');
  return `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}-${checkLetter(digits)}`;
}

/** Parses a check's reference as somebody typed it, with or without the hyphens, into its printed form. */
export function parseCheckReference(text: string): Parsed<string> {
  const [, first, second, third, letter] = FORM.exec(text.trim().toUpperCase()) ?? [];
  if (first === undefined || second === undefined || third === undefined) return refuse('wrong-form');
  return checkLetter(`${first}${second}${third}`) === letter
    ? { kind: 'parsed', reference: `${first}-${second}-${third}-${letter}` }
    : refuse('wrong-check-letter');
}
