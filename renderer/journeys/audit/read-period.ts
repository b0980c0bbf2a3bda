import { dayBegins } from '../../station/moments.ts';

/** What was typed as a period: its bounds for the station, or the fields that hold no day. */
export type PeriodReading =
  | { readonly kind: 'period'; readonly period: { readonly from?: string; readonly to?: string } }
  | { readonly kind: 'wrong'; readonly fields: readonly ('from' | 'to')[] };

/** Reads two days, both included, as they are typed; nothing typed is no bound. */
export function readPeriod(from: string, to: string): PeriodReading {
  const begins = from.trim() === '' ? undefined : dayBegins(from);
  const ends = to.trim() === '' ? undefined : dayBegins(to, 1);
  const fields = [...(begins === null ? (['from'] as const) : []), ...(ends === null ? (['to'] as const) : [])];
  if (begins === null || ends === null) return { kind: 'wrong', fields };
  return {
    kind: 'period',
    period: { ...(begins !== undefined && { from: begins }), ...(ends !== undefined && { to: ends }) },
  };
}
