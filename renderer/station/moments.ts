/** Time zone of every moment that a person reads. Source: the force works in it; the station's log is in UTC. */
const TIME_ZONE = 'Europe/London';

/** The clock time of a moment, `14:05`, or `14:05:09` with seconds. */
export function clockTime(moment: string | Date, withSeconds = false): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: TIME_ZONE,
    hour: '2-digit',
    minute: '2-digit',
    ...(withSeconds ? { second: '2-digit' } : {}),
  }).format(new Date(moment));
}

/** The tags under which dates are written: Welsh where the browser has it, and the English of the United Kingdom. */
const dateLocale = (locale: string): readonly string[] => (locale === 'cy' ? ['cy', 'en-GB'] : ['en-GB']);

/** The day of a moment in words, `5 November 2026`. */
export function dayInWords(moment: string | Date, locale: string): string {
  return new Intl.DateTimeFormat(dateLocale(locale), {
    timeZone: TIME_ZONE,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date(moment));
}

/** A month `YYYY-MM` in words, `November 2026`. */
export function monthInWords(month: string, locale: string): string {
  return new Intl.DateTimeFormat(dateLocale(locale), { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    new Date(`${month}-15T00:00:00Z`),
  );
}

/** The month `YYYY-MM` in which a moment lies, moved by some months. */
export function monthOf(moment: Date, movedBy = 0): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: TIME_ZONE, year: 'numeric', month: '2-digit' })
    .format(moment)
    .split('-')
    .map(Number);
  const monthsSinceZero = (parts[0] ?? 0) * 12 + (parts[1] ?? 1) - 1 + movedBy;
  const year = Math.floor(monthsSinceZero / 12);
  return `${year}-${String((monthsSinceZero % 12) + 1).padStart(2, '0')}`;
}

/** Minutes of the day, Europe/London, 0 to 1439. */
function minutesOfDay(moment: Date): number {
  const [hours = 0, minutes = 0] = clockTime(moment).split(':').map(Number);
  return hours * 60 + minutes;
}

/**
 * The latest moment, not after `now`, at which the clock in Europe/London showed `HH:MM`; null when the text is not a
 * time. A time that is later than now is yesterday's: a check begun at midnight may tell of 23:50.
 */
export function latestMomentAt(text: string, now: Date): string | null {
  const match = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/.exec(text.trim());
  if (match === null) return null;
  const wanted = Number(match[1]) * 60 + Number(match[2]);
  const minutesAgo = (minutesOfDay(now) - wanted + 1440) % 1440;
  const moment = new Date(now.getTime() - minutesAgo * 60_000);
  moment.setUTCSeconds(0, 0);
  return moment.toISOString();
}

/**
 * The moment at which a day typed as `5/11/2026` begins in Europe/London, or the day so many days after it; null when the
 * text is no day.
 */
export function dayBegins(text: string, daysLater = 0): string | null {
  const typed = /^(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})$/.exec(text.trim());
  if (typed === null) return null;
  const [day = 0, month = 0, year = 0] = typed.slice(1).map(Number);
  const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && month >= 1 && month <= 12;
  if (!isDay || year < 2000) return null;
  // Midnight in London is midnight or 23:00 of the day before in UTC: the one at which its clock shows 00:00.
  const midnight = Date.UTC(year, month - 1, day + daysLater);
  const hourBefore = new Date(midnight - 3_600_000);
  return (clockTime(hourBefore) === '00:00' ? hourBefore : new Date(midnight)).toISOString();
}

/** Whole days of 24 hours from one moment to another; negative when the other is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
