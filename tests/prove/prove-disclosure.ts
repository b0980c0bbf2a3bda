import { performance } from 'node:perf_hooks';
import type { MonthCounts } from '../../electron/domain/counts/consistency.ts';
import { decideRelease } from '../../electron/domain/counts/disclosure/release.ts';
import { monthAfter, monthsBetween } from '../../electron/domain/counts/month.ts';
import { attack } from '../support/counts/attack.ts';
import { drawFrom } from '../support/counts/counting-station.ts';
import { addCheck, drawCheck, randomCounts } from '../support/counts/random-counts.ts';

/**
 * `npm run prove:disclosure [-- SETS]`: a linear-programming reader attacks so many random publications, each of them
 * alone, then together with its successor (more months, late checks); and the same with secondary suppression off.
 */
const sets = Number(process.argv[2] ?? 1_000);
const started = performance.now();
let hidden = 0;
let exposedAlone = 0;
let exposedTogether = 0;
let contradictions = 0;
let unprotected = 0;
let openedWhenOff = 0;
let held = 0;

function later(counts: ReadonlyMap<string, MonthCounts>, to: string, seed: number): Map<string, MonthCounts> {
  const draw = drawFrom(`later ${seed}`);
  const first = [...counts.keys()][0] ?? to;
  const all = new Map<string, MonthCounts>(randomCounts(monthsBetween(first, to), 1 + draw(40), `more ${seed}`));
  for (const [month, of] of counts) {
    const corrected: Record<string, number> = {};
    for (const [cell, value = 0] of Object.entries(of)) corrected[cell] = value;
    const late = [0, 0, 0, 1, 3, 15][draw(6)] ?? 0;
    for (let index = 0; index < late; index += 1) addCheck(corrected, drawCheck(draw, false));
    all.set(month, corrected);
  }
  return all;
}

for (let seed = 1; seed <= sets; seed += 1) {
  const draw = drawFrom(`set ${seed}`);
  const from = monthAfter('2023-06', draw(12));
  const to = monthAfter(from, draw(14));
  const counts = randomCounts(monthsBetween(from, to), 1 + draw(60), `set ${seed}`, draw(4) === 0);
  const request = { from, to, counts, threshold: 2 + draw(8), doubt: 1, earlier: [] };
  const first = decideRelease(request);
  const alone = attack([first.release.rows]);
  const until = monthAfter(to, draw(5));
  const next = decideRelease({ ...request, to: until, counts: later(counts, until, seed), earlier: [first.release] });
  const together = attack([first.release.rows, next.release.rows]);
  const off = attack([decideRelease({ ...request, isSecondaryOff: true }).release.rows]);
  hidden += alone.hidden;
  exposedAlone += alone.exposed.length;
  exposedTogether += together.exposed.length;
  contradictions += Number(alone.isContradictory) + Number(together.isContradictory);
  unprotected += first.unprotected + next.unprotected;
  held += next.heldMonths.length;
  if (off.exposed.length > 0) openedWhenOff += 1;
  if (alone.exposed.length + together.exposed.length > 0)
    console.error(`set ${seed}:`, alone.exposed[0] ?? together.exposed[0]);
}
console.log(
  JSON.stringify({
    sets,
    hidden,
    exposedAlone,
    exposedTogether,
    contradictions,
    unprotected,
    monthsHeldBack: held,
    setsOpenedWhenSwitchedOff: openedWhenOff,
    seconds: Math.round((performance.now() - started) / 1_000),
  }),
);
process.exitCode =
  exposedAlone + exposedTogether + contradictions + unprotected === 0 && openedWhenOff > sets / 2 ? 0 : 1;
