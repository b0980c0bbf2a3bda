/**
 * The 23 letters of check letters: no I, O, S. The letter of a number is the one at its remainder by 23.
 * Source: public police software and its tests (domain.md §5).
 */
export const CHECK_LETTERS = 'ZABCDEFGHJKLMNPQRTUVWXY';

/** The check letter of a string of decimal digits, computed in exact integers. @throws SyntaxError when it is not digits */
export function checkLetter(digits: string): string {
  return CHECK_LETTERS.charAt(Number(BigInt(digits) % BigInt(CHECK_LETTERS.length)));
}
