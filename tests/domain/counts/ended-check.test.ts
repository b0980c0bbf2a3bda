import { expect, test } from 'vitest';
import { inconsistencyOf } from '../../../electron/domain/counts/consistency.ts';
import { ALL_CELLS, cellName, CELL_NAMES } from '../../../electron/domain/counts/count-cell.ts';
import { cellsOf, outcomeOf } from '../../../electron/domain/counts/ended-check.ts';
import type { EndedCheck } from '../../../electron/domain/counts/ended-check.ts';
import { medianBand, timeBandOf } from '../../../electron/domain/counts/time-band.ts';
import { isEthnicityCode } from '../../../electron/domain/counts/ethnicity-codes.ts';
import { drawFrom } from '../../support/counts/counting-station.ts';
import { addCheck, drawCheck } from '../../support/counts/random-counts.ts';

const CHECK: EndedCheck = {
  ground: '6B(a)',
  ending: 'answered',
  answers: { police: 'match', immigration: 'no-match' },
  werePrintsUnusable: false,
  msToAnswers: 9_999,
  ethnicity: [],
};

test('a searched check is counted once by ground, outcome, each database, each answer and time', () => {
  expect(cellsOf(CHECK).map(cellName)).toEqual([
    'check',
    'ground/6B(a)',
    'outcome/searched',
    'search/police',
    'answer/police/match',
    'search/immigration',
    'answer/immigration/no-match',
    'time/under-10-s',
  ]);
});

test.each<[Partial<EndedCheck>, string]>([
  [{ answers: null, ending: 'declined' }, 'declined'],
  [{ answers: null, ending: 'declined', werePrintsUnusable: true }, 'declined'],
  [{ answers: null, ending: 'abandoned', werePrintsUnusable: true }, 'unusable'],
  [{ answers: null, ending: 'signed-out' }, 'abandoned'],
  [{ answers: null, ending: 'ended-with-the-process' }, 'abandoned'],
  [{ ending: 'abandoned' }, 'searched'],
])('a check with %j is counted as %s', (changes, outcome) => {
  expect(outcomeOf({ ...CHECK, ...changes })).toBe(outcome);
});

test('ethnicity is counted under its code set and nowhere else', () => {
  const cells = cellsOf({ ...CHECK, ethnicity: [{ codeSet: 'self-18+1', code: 'NS' }] }).map(cellName);

  expect(cells.filter((cell) => cell.includes('NS'))).toEqual(['ethnicity/self-18+1/NS']);
});

test('the closed list has no cell twice and none for what the law forbids to record', () => {
  expect(new Set(CELL_NAMES).size).toBe(ALL_CELLS.length);
  expect(CELL_NAMES.filter((name) => /nation|gender|sex|visa|arrest|detain|deport|remov/i.test(name))).toEqual([]);
});

test('the 16+1 codes have O1 and neither W3 nor O2, the 18+1 codes the other way round', () => {
  expect(['O1', 'W3', 'O2'].map((code) => isEthnicityCode('self-16+1', code))).toEqual([true, false, false]);
  expect(['O1', 'W3', 'O2'].map((code) => isEthnicityCode('self-18+1', code))).toEqual([false, true, true]);
});

test('any number of whole checks adds up', () => {
  const draw = drawFrom('adds up');
  const counts: Record<string, number> = {};
  for (let index = 0; index < 200; index += 1) {
    addCheck(counts, drawCheck(draw, index % 3 === 0));
    expect(inconsistencyOf(counts)).toBeNull();
  }
});

test.each([
  [{ check: 1 }, 'grounds'],
  [{ check: 1, 'ground/6B(a)': 1 }, 'outcomes'],
  [{ check: 1, 'ground/6B(a)': 1, 'outcome/searched': 1 }, 'searches'],
  [{ check: 1, 'ground/6B(a)': 1, 'outcome/searched': 1, 'search/police': 1, 'search/immigration': 1 }, 'answers'],
  [{ check: 1, 'ground/6B(a)': 1, 'outcome/declined': 1, 'time/over-120-s': 1 }, 'times'],
  [{ check: 1, 'ground/6B(a)': 1, 'outcome/declined': 1, 'ethnicity/officer-ic/IC1': 2 }, 'ethnicity'],
  [{ check: -1, 'ground/6B(a)': -1, 'outcome/declined': -1 }, 'negative'],
])('counts %j do not add up: %s', (counts, inconsistency) => {
  expect(inconsistencyOf(counts)).toBe(inconsistency);
});

test.each([
  [0, 'under-10-s'],
  [9_999, 'under-10-s'],
  [10_000, '10-to-30-s'],
  [119_999, '60-to-120-s'],
  [120_000, 'over-120-s'],
])('%i ms lie in the band %s', (ms, band) => {
  expect(timeBandOf(ms)).toBe(band);
});

test('the median lies in the band of the middle check, in the lower one of two, and nowhere for none', () => {
  const none = { 'under-10-s': 0, '10-to-30-s': 0, '30-to-60-s': 0, '60-to-120-s': 0, 'over-120-s': 0 };

  expect(medianBand(none)).toBeNull();
  expect(medianBand({ ...none, 'under-10-s': 1, 'over-120-s': 2 })).toBe('over-120-s');
  expect(medianBand({ ...none, 'under-10-s': 2, 'over-120-s': 2 })).toBe('under-10-s');
});
