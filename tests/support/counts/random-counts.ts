import { ANSWERS } from '../../../electron/domain/counts/count-cell.ts';
import { cellName } from '../../../electron/domain/counts/count-cell.ts';
import type { MonthCounts } from '../../../electron/domain/counts/consistency.ts';
import { cellsOf } from '../../../electron/domain/counts/ended-check.ts';
import type { EndedCheck } from '../../../electron/domain/counts/ended-check.ts';
import { ETHNICITY_CODE_SETS } from '../../../electron/domain/counts/ethnicity-codes.ts';
import type { Month } from '../../../electron/domain/counts/month.ts';
import { drawFrom } from './counting-station.ts';

/** Shares in thousandths, made up: what is common and what is rare in tests. */
const POLICE = [300, 50, 600, 20, 20, 10];
const IMMIGRATION = [100, 20, 830, 20, 20, 10];
const SELF = [400, 20, 20, 100, 30, 10, 20, 30, 50, 50, 40, 20, 30, 40, 60, 20, 10, 20, 30];
const OFFICER = [450, 80, 180, 150, 30, 60, 50];

function pick<T>(from: readonly T[], shares: readonly number[], draw: (below: number) => number): T {
  let left = draw(1000);
  const index = shares.findIndex((share) => (left -= share) < 0);
  return from[index === -1 ? from.length - 1 : index] as T;
}

/** One made-up check that has ended. */
export function drawCheck(draw: (below: number) => number, withEthnicity: boolean): EndedCheck {
  const isSearched = draw(100) < 92;
  return {
    ground: draw(10) < 6 ? '6B(a)' : '6B(b)',
    ending: isSearched ? 'answered' : draw(2) === 0 ? 'declined' : 'abandoned',
    answers: isSearched ? { police: pick(ANSWERS, POLICE, draw), immigration: pick(ANSWERS, IMMIGRATION, draw) } : null,
    werePrintsUnusable: !isSearched && draw(3) === 0,
    msToAnswers: isSearched ? 1_000 * draw(150) : null,
    ethnicity: withEthnicity
      ? [
          { codeSet: 'self-18+1', code: pick(ETHNICITY_CODE_SETS['self-18+1'], SELF, draw) },
          { codeSet: 'officer-ic', code: pick(ETHNICITY_CODE_SETS['officer-ic'], OFFICER, draw) },
        ]
      : [],
  };
}

/** Adds one to each cell of the check. */
export function addCheck(counts: Record<string, number>, check: EndedCheck): void {
  for (const name of cellsOf(check).map(cellName)) counts[name] = (counts[name] ?? 0) + 1;
}

/** Counts of made-up checks: about `mean` a month, the same for the same seed. */
export function randomCounts(
  months: readonly Month[],
  mean: number,
  seed: number | string,
  withEthnicity = false,
): Map<Month, MonthCounts> {
  const draw = drawFrom(seed);
  return new Map(
    months.map((month) => {
      const counts: Record<string, number> = {};
      const checks = Math.round(mean * (0.3 + (1.4 * draw(1000)) / 1000));
      for (let index = 0; index < checks; index += 1) addCheck(counts, drawCheck(draw, withEthnicity));
      return [month, counts] as const;
    }),
  );
}
