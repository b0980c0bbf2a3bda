import type { EndedCheck } from '../../electron/domain/counts/ended-check.ts';
import { cellName } from '../../electron/domain/counts/count-cell.ts';
import { cellsOf } from '../../electron/domain/counts/ended-check.ts';
import { monthOf, monthsBetween } from '../../electron/domain/counts/month.ts';
import { drawFrom } from '../support/counts/counting-station.ts';
import { drawCheck } from '../support/counts/random-counts.ts';

/** The year that is proved. */
export const YEAR = monthsBetween('2026-01', '2026-12');
export const FORCE = 'proved';

/** One check that a station is to make, with the moment of its end. */
export interface ScriptedCheck {
  readonly id: string;
  readonly endedAtMs: number;
  readonly check: EndedCheck;
}

/** What one station does in a year, the same at every start: up to three checks a month, some at the very border. */
export function scriptOf(station: number): readonly ScriptedCheck[] {
  const draw = drawFrom(`station ${station}`);
  return YEAR.flatMap((month) => {
    const start = Date.parse(`${month}-01T02:00:00Z`);
    const many = Array.from({ length: draw(4) }, () => start + draw(25 * 86_400) * 1_000);
    return many
      .toSorted((one, other) => one - other)
      .map((endedAtMs, index) => ({ id: `${month}-${index}`, endedAtMs, check: drawCheck(draw, true) }));
  });
}

/** Adds what upstream must say about a station, when all is delivered. */
export function addWanted(wanted: Map<string, number>, station: number): void {
  for (const { check, endedAtMs } of scriptOf(station)) {
    for (const cell of cellsOf(check)) {
      const key = `${monthOf(endedAtMs)} ${cellName(cell)}`;
      wanted.set(key, (wanted.get(key) ?? 0) + 1);
    }
  }
}
