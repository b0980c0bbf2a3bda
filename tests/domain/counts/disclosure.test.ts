import { expect, test } from 'vitest';
import { layOutTable } from '../../../electron/domain/counts/disclosure/count-table.ts';
import { decideRelease } from '../../../electron/domain/counts/disclosure/release.ts';
import type { Release } from '../../../electron/domain/counts/disclosure/release.ts';
import { runAtOnce } from '../../../electron/domain/counts/disclosure/steps.ts';
import { suppress } from '../../../electron/domain/counts/disclosure/suppress.ts';
import { monthAfter, monthsBetween } from '../../../electron/domain/counts/month.ts';
import { attack } from '../../support/counts/attack.ts';
import { drawFrom } from '../../support/counts/counting-station.ts';
import { addCheck, drawCheck, randomCounts } from '../../support/counts/random-counts.ts';

const OPTIONS = { threshold: 5, doubt: 1, earlier: [] };

function randomRequest(seed: number) {
  const draw = drawFrom(`request ${seed}`);
  const from = monthAfter('2024-01', draw(12));
  const to = monthAfter(from, draw(8));
  const months = monthsBetween(from, to);
  return { ...OPTIONS, from, to, counts: randomCounts(months, 1 + draw(40), seed, draw(4) === 0) };
}

test('no hidden number of a release can be computed by a solver, over random data sets', () => {
  for (let seed = 0; seed < 24; seed += 1) {
    const { release, unprotected } = decideRelease(randomRequest(seed));

    expect({ seed, ...attack([release.rows]), unprotected }).toMatchObject({
      seed,
      exposed: [],
      isContradictory: false,
      unprotected: 0,
    });
  }
});

test('the same solver does compute hidden numbers when secondary suppression is switched off', () => {
  let broken = 0;
  for (let seed = 0; seed < 8; seed += 1) {
    const { release } = decideRelease({ ...randomRequest(seed), isSecondaryOff: true });
    if (attack([release.rows]).exposed.length > 0) broken += 1;
  }

  expect(broken).toBeGreaterThan(5);
});

test('no number from 1 to 4 is shown, and every zero is', () => {
  for (let seed = 100; seed < 112; seed += 1) {
    const { release, table } = decideRelease(randomRequest(seed));

    const shown = release.rows.flatMap((row) => Object.values(row.shown));
    const hidden = release.rows.reduce((sum, row) => sum + row.hidden.length, 0);
    expect(shown.filter((value) => value > 0 && value < 5)).toEqual([]);
    expect(shown.length + hidden).toBe(table.values.length);
    expect(shown.filter((value) => value === 0).length).toBe(table.values.filter((value) => value === 0).length);
  }
});

test('two successive releases with more months and corrections give no hidden number away by their difference', () => {
  for (let seed = 0; seed < 10; seed += 1) {
    const request = randomRequest(seed);
    const first = decideRelease(request);
    const draw = drawFrom(`second ${seed}`);
    const to = monthAfter(request.to, draw(4));
    const counts = new Map(randomCounts(monthsBetween(request.from, to), 15, `later ${seed}`));
    for (const [month, of] of request.counts) {
      const corrected: Record<string, number> = { ...of } as Record<string, number>;
      const late = [0, 0, 1, 12][draw(4)] ?? 0;
      for (let index = 0; index < late; index += 1) addCheck(corrected, drawCheck(draw, false));
      counts.set(month, corrected);
    }

    const second = decideRelease({ ...request, to, counts, earlier: [first.release] });

    const found = attack([first.release.rows, second.release.rows]);
    expect({ seed, ...found, unprotected: second.unprotected }).toMatchObject({
      seed,
      exposed: [],
      isContradictory: false,
      unprotected: 0,
    });
  }
});

test('a month that gained one late check keeps its published numbers until the difference is large enough', () => {
  const counts = randomCounts(['2024-01', '2024-02'], 60, 'held');
  const first = decideRelease({ ...OPTIONS, from: '2024-01', to: '2024-02', counts });
  const late = { ...counts.get('2024-01') } as Record<string, number>;
  addCheck(late, drawCheck(drawFrom('late'), false));

  const second = decideRelease({
    ...OPTIONS,
    from: '2024-01',
    to: '2024-02',
    counts: new Map([...counts, ['2024-01', late]]),
    earlier: [first.release],
  });

  expect(second.heldMonths).toEqual(['2024-01']);
  expect(second.release.rows).toEqual(first.release.rows);
});

test('a number that one release has shown is shown by the next, and one that it hid stays hidden', () => {
  const months = monthsBetween('2024-01', '2024-06');
  const counts = randomCounts(months, 25, 'sticky');
  const first: Release = decideRelease({ ...OPTIONS, from: '2024-01', to: '2024-03', counts }).release;
  const second = decideRelease({ ...OPTIONS, from: '2024-01', to: '2024-06', counts, earlier: [first] }).release;

  for (const row of first.rows.filter(({ level }) => level === 'month')) {
    const again = second.rows.find(({ key }) => key === row.key);
    expect(again?.shown).toEqual(row.shown);
    expect(again?.hidden).toEqual(row.hidden);
  }
});

test('hidden numbers each have a reason, and a helper names the number that it protects', () => {
  const { release, reasons } = decideRelease(randomRequest(7));

  const hidden = release.rows.flatMap(({ key, hidden: columns }) => columns.map((column) => `${key} ${column}`));
  expect(reasons.map(({ period, column }) => `${period} ${column}`).toSorted()).toEqual(hidden.toSorted());
  for (const reason of reasons.filter(({ kind }) => kind === 'protects')) {
    expect(hidden).toContain(`${reason.protects?.period} ${reason.protects?.column}`);
  }
});

test('a table whose every number is large or zero is shown whole', () => {
  const month = { check: 20, 'ground/6B(a)': 10, 'ground/6B(b)': 10, 'outcome/declined': 20 };

  const { reasons } = runAtOnce(suppress(layOutTable(['2024-01', '2024-02'], new Map([['2024-01', month]])), OPTIONS));

  expect(reasons.size).toBe(0);
});

test('one small number in a month takes one other of its split with it, and two of the next month to keep the year', () => {
  const plain = {
    check: 40,
    'ground/6B(a)': 20,
    'ground/6B(b)': 20,
    'outcome/declined': 40,
  };
  const small = { ...plain, 'ground/6B(a)': 3, 'ground/6B(b)': 37 };
  const table = layOutTable(
    ['2024-01', '2024-02', '2024-03'],
    new Map([
      ['2024-01', small],
      ['2024-02', plain],
      ['2024-03', plain],
    ]),
  );

  const { reasons } = runAtOnce(suppress(table, OPTIONS));

  const names = [...reasons.keys()].map(
    (cell) =>
      `${table.periods[Math.floor(cell / table.columns.length)]?.key} ${table.columns[cell % table.columns.length]?.name}`,
  );
  expect(names.toSorted()).toEqual([
    '2024-01 ground/6B(a)',
    '2024-01 ground/6B(b)',
    expect.stringMatching(/^2024-0[23] ground\/6B\(a\)$/),
    expect.stringMatching(/^2024-0[23] ground\/6B\(b\)$/),
  ]);
});
