/** A calendar month of Europe/London, `YYYY-MM`. */
export type Month = string;

/** Every moment belongs to the month that a clock on a wall in London shows. */
const LONDON = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit' });

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** True for `YYYY-MM` with a month from 01 to 12. */
export function isMonth(text: string): boolean {
  return MONTH.test(text);
}

/** The month of Europe/London in which a moment lies. `atMs` is milliseconds since 1970-01-01 UTC. */
export function monthOf(atMs: number): Month {
  const parts = LONDON.formatToParts(atMs);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}`;
}

/** The month that is `step` months later; a negative step goes back. */
export function monthAfter(month: Month, step = 1): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const months = year * 12 + (number - 1) + step;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** Every month from the first to the last, both included; none when they are the wrong way round. */
export function monthsBetween(from: Month, to: Month): readonly Month[] {
  const months: Month[] = [];
  for (let month = from; month <= to; month = monthAfter(month)) months.push(month);
  return months;
}

/** True when the month has ended on London's clocks at that moment: a month in the present or the future is open. */
export function isClosed(month: Month, nowMs: number): boolean {
  return month < monthOf(nowMs);
}

/** The calendar year of a month, `YYYY`. */
export function yearOf(month: Month): string {
  return month.slice(0, 4);
}
