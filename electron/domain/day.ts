/** A calendar day of Europe/London, `YYYY-MM-DD`. */
export type Day = string;

/** Every moment belongs to the day that a clock on a wall in London shows. */
const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** Milliseconds of one calendar day. */
const MS_PER_DAY = 86_400_000;

/** The day of Europe/London in which a moment lies. `atMs` is milliseconds since 1970-01-01 UTC. */
export function dayOf(atMs: number): Day {
  const parts = LONDON.formatToParts(atMs);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** The day that lies `step` days later; a negative step goes back. */
export function dayAfter(day: Day, step: number): Day {
  // Noon of UTC is the same date in London in summer and in winter.
  return dayOf(Date.parse(`${day}T12:00:00Z`) + step * MS_PER_DAY);
}
