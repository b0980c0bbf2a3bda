/** The full year of a two-digit one: up to this year's it is 20YY, else 19YY. Source: domain.md §5. */
export function fullYear(twoDigits: number, currentYear: number): number {
  return twoDigits <= currentYear % 100 ? 2000 + twoDigits : 1900 + twoDigits;
}

/** The last two digits of a year, padded. */
export function shortYear(year: number): string {
  return String(year % 100).padStart(2, '0');
}
