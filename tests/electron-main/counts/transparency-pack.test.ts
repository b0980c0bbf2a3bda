import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { countDocument, documentHash } from '../../../electron/counts/count-document.ts';
import { signerOf } from '../../../electron/counts/station-key.ts';
import { ingest } from '../../upstream/collector/ingest.ts';
import { runningCollector } from '../../support/counts/running-collector.ts';
import { csvField } from '../../../electron/counts/pack/csv.ts';
import { collectorSource, stationSource } from '../../../electron/counts/pack/pack-source.ts';
import { makePack, makePackInTurns } from '../../../electron/counts/pack/transparency-pack.ts';
import { viewCounts } from '../../../electron/counts/counts-view.ts';
import { monthsBetween } from '../../../electron/domain/counts/month.ts';
import { openDatabase } from '../../../electron/storage/database.ts';
import { countingStation } from '../../support/counts/counting-station.ts';
import { fillCounts } from '../../support/counts/fill-counts.ts';
import { randomCounts } from '../../support/counts/random-counts.ts';
import { handClock, temporaryDatabase, temporaryFolder } from '../../support/counts/temporary-database.ts';

const MONTHS = monthsBetween('2024-01', '2025-12');
const REQUEST = {
  from: '2024-01',
  to: '2025-12',
  publisher: 'Test <Force> & Co',
  threshold: 5,
  nowMs: Date.parse('2026-02-10T12:00:00Z'),
};

function source(withEthnicity = true) {
  return { counts: randomCounts(MONTHS, 40, 'pack', withEthnicity), earlier: [], inUseSince: '2024-01', missing: [] };
}

/** Made once: it is the same for every test that only looks at it. */
const PACK = makePack(source(), REQUEST);

const textOf = (files: readonly { path: string; content: string | Uint8Array }[], path: string): string => {
  const content = files.find((file) => file.path === path)?.content;
  return typeof content === 'string' ? content : '';
};

test('the pack has tables, a page, a spreadsheet, a dictionary, a note, a draft answer, and reasons set apart', () => {
  const { files } = PACK;

  expect(files.map(({ path }) => path)).toEqual([
    'index.html',
    'tables.ods',
    'searches-by-month.csv',
    'outcomes.csv',
    'police-answers.csv',
    'immigration-answers.csv',
    'ethnicity-self-18-plus-1.csv',
    'ethnicity-officer-ic.csv',
    'time-to-answer.csv',
    'data-dictionary.csv',
    'suppression-note.md',
    'draft-answer.md',
    'not-for-publication/suppression-reasons.csv',
    'not-for-publication/held-months.csv',
  ]);
});

test('searches by month has a row for each month and year and for all, and no number from 1 to 4', () => {
  const { files } = PACK;

  const lines = textOf(files, 'searches-by-month.csv').trim().split('\r\n');
  expect(lines).toHaveLength(1 + 24 + 2 + 1);
  expect(lines[1]).toMatch(/^2024-01,month,January 2024,\d+,/);
  expect(lines.at(-1)).toMatch(/^2024-01\.\.2025-12,all,All months,\d+,/);
  for (const file of files.filter(({ path }) => /^(searches|outcomes|police|immigration|ethnicity).*csv$/.test(path))) {
    const cells = textOf(files, file.path)
      .trim()
      .split('\r\n')
      .slice(1)
      .flatMap((line) => line.split(',').slice(3));
    expect(cells.filter((cell) => /^[1-4]$/.test(cell))).toEqual([]);
  }
});

test('the spreadsheet opens as a zip whose first entry is its type, and holds the same numbers as the CSV files', () => {
  const { files } = PACK;
  const bytes = files.find(({ path }) => path === 'tables.ods')?.content as Uint8Array;

  const entries = unzipSync(bytes);

  expect(strFromU8(bytes.subarray(30, 38))).toBe('mimetype');
  expect(strFromU8(entries['mimetype'] as Uint8Array)).toBe('application/vnd.oasis.opendocument.spreadsheet');
  const content = strFromU8(entries['content.xml'] as Uint8Array);
  const first = textOf(files, 'searches-by-month.csv').split('\r\n')[1]?.split(',').slice(3) ?? [];
  const row = content.match(/January 2024<\/text:p><\/table:table-cell>(.*?)<\/table:table-row>/)?.[1] ?? '';
  expect([...row.matchAll(/<text:p>(.*?)<\/text:p>/g)].map((match) => match[1])).toEqual(first);
});

test('the page escapes its words, needs nothing from elsewhere, and has a table beside each chart', () => {
  const html = textOf(PACK.files, 'index.html');

  expect(html).toContain('Test &lt;Force&gt; &amp; Co');
  expect(html).not.toMatch(/<script|src=|href="http|url\(http|@import/);
  expect(html.match(/<svg /g)).toHaveLength(3);
  for (const section of html.split('<section').slice(1)) expect(section).toContain('<table>');
});

test('the chart draws a month that is not shown in the same height whatever its number', () => {
  const counts = randomCounts(monthsBetween('2024-01', '2024-04'), 3, 'few');
  const { files, release } = makePack({ ...source(), counts }, { ...REQUEST, to: '2024-04' });

  const html = textOf(files, 'index.html');
  const hidden = release.rows.filter((row) => row.level === 'month' && row.hidden.includes('check'));
  const heights = [
    ...html.matchAll(/<rect x="[\d.]+" y="12" width="[\d.]+" height="(\d+)" fill="url\(#chart-searches/g),
  ];

  expect(hidden.length).toBeGreaterThan(0);
  expect(heights).toHaveLength(hidden.length);
  expect(new Set(heights.map((match) => match[1])).size).toBe(1);
});

test.each([
  ['2025-12', '2024-01', 'a period the wrong way round'],
  ['2024-01', '2026-02', 'a month that is not closed yet'],
  ['2024-1', '2024-02', 'a month that is not a month'],
  ['1900-01', '2024-02', 'more than fifty years'],
])('from %s to %s is refused: %s', (from, to) => {
  expect(() => makePack(source(), { ...REQUEST, from, to })).toThrow(
    expect.objectContaining({ code: 'counts.period-refused' }),
  );
});

test('words that a spreadsheet would run as a formula are written as words', () => {
  expect(csvField('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`);
  expect(csvField('-1')).toBe("'-1");
});

test('the command makes a pack from a station, keeps the release, and the next one does not contradict it', async () => {
  await using folder = await temporaryFolder();
  const filePath = join(folder.path, 'station.db');
  {
    await using database = await openDatabase({ filePath });
    await countingStation(database, handClock('2024-01-05T09:00:00Z'));
    await fillCounts(database, randomCounts(MONTHS, 30, 'command'));
  }
  const pack = (to: string, out: string) =>
    spawnSync(
      process.execPath,
      [
        'electron/counts/cli/main.ts',
        'pack',
        '--from',
        '2024-01',
        '--to',
        to,
        '--out',
        join(folder.path, out),
        '--db',
        filePath,
      ],
      { encoding: 'utf8' },
    );

  const first = pack('2025-06', 'first');
  const again = pack('2025-06', 'first');
  const second = pack('2025-12', 'second');

  expect([first.stderr, first.status]).toEqual(['', 0]);
  expect([again.stderr.split(' ')[0], again.status]).toEqual(['counts.folder-not-empty', 1]);
  expect(JSON.parse(second.stdout)).toMatchObject({ files: 12, heldMonths: 0 });
  const line = async (out: string): Promise<string | undefined> =>
    (await readFile(join(folder.path, out, 'searches-by-month.csv'), 'utf8')).split('\r\n')[3];
  expect(await line('second')).toBe(await line('first'));
  expect(await readdir(join(folder.path, 'second', 'not-for-publication'))).toEqual([
    'held-months.csv',
    'suppression-reasons.csv',
  ]);
  await using database = await openDatabase({ filePath });
  expect((await stationSource(database, '2024-01', '2025-12')).earlier).toHaveLength(2);
});

test.each([
  [['pack'], 2, 'usage:'],
  [
    ['pack', '--from', '2024-01', '--to', '2024-02', '--out', '/tmp/never', '--db', 'a', '--collector', 'b'],
    2,
    'usage:',
  ],
  [['pack', '--frum', '2024-01'], 2, 'Unknown option'],
])('the command %j ends with %i and says how it is meant', (words, status, said) => {
  const { stderr, ...made } = spawnSync(process.execPath, ['electron/counts/cli/main.ts', ...words], {
    encoding: 'utf8',
  });

  expect(made.status).toBe(status);
  expect(stderr).toContain(said);
});

test('a database that is not there is named and not made', async () => {
  await using folder = await temporaryFolder();
  const missing = join(folder.path, 'missing.db');

  const { stderr, status } = spawnSync(
    process.execPath,
    [
      'electron/counts/cli/main.ts',
      'pack',
      '--from',
      '2024-01',
      '--to',
      '2024-02',
      '--out',
      join(folder.path, 'out'),
      '--db',
      missing,
    ],
    { encoding: 'utf8' },
  );

  expect([stderr.split(' ')[0], status]).toEqual(['storage.missing', 1]);
  expect(await readdir(folder.path)).toEqual(['out']);
});

test.each([
  ['not JSON', 'nonsense'],
  [
    'a cell that nobody knows',
    '{"force":"north","from":"2024-01","to":"2024-01","stations":1,"missing":[],"rows":[{"month":"2024-01","cell":"nationality/x","total":3}]}',
  ],
  [
    'counts that do not add up',
    '{"force":"north","from":"2024-01","to":"2024-01","stations":1,"missing":[],"rows":[{"month":"2024-01","cell":"check","total":3}]}',
  ],
])('a collector export with %s is refused', async (_name, text) => {
  await using folder = await temporaryFolder();
  const filePath = join(folder.path, 'tables.json');
  await writeFile(filePath, text);

  await expect(collectorSource(filePath, [])).rejects.toEqual(
    expect.objectContaining({ code: 'counts.source-unreadable' }),
  );
});

test("the station's own counts page hides small numbers and those from which they could be computed", async () => {
  await using temporary = await temporaryDatabase();
  const counts = randomCounts(['2024-01', '2024-02'], 20, 'view');
  await fillCounts(temporary.database, counts);

  const { rows } = await viewCounts(temporary.database, '2024-01', '2024-02', 5);

  const small = [...counts].flatMap(([month, cells]) =>
    Object.entries(cells).flatMap(([cell, value = 0]) =>
      value < 5 && !/^(search|time)/.test(cell) ? [`${month} ${cell}`] : [],
    ),
  );
  const hidden = rows.filter(({ count }) => count.kind === 'suppressed').map(({ month, cell }) => `${month} ${cell}`);
  expect(hidden).toEqual(expect.arrayContaining(small));
  expect(hidden.length).toBeGreaterThan(small.length);
});

test("the station's own counts page is empty before the first check and names no cell that was never counted", async () => {
  await using temporary = await temporaryDatabase();

  expect(await viewCounts(temporary.database, '2024-01', '2024-06', 5)).toEqual({ threshold: 5, rows: [] });
  expect(await viewCounts(temporary.database, '2024-06', '2024-01', 5)).toEqual({ threshold: 5, rows: [] });
});

test('made in turns the pack is the same, and other work goes on meanwhile', async () => {
  let turns = 0;
  const others = setInterval(() => (turns += 1), 1);

  const pack = await makePackInTurns(source(), REQUEST);
  clearInterval(others);

  expect(turns).toBeGreaterThan(2);
  expect(pack.files).toEqual(PACK.files);
});

test("the command makes a force's pack from what its collector serves, and keeps the releases in their file", async () => {
  await using folder = await temporaryFolder();
  await using collector = await runningCollector();
  const key = signerOf(generateKeyPairSync('ed25519').privateKey);
  for (const station of ['desk-1', 'desk-2']) {
    await collector.enrol('north', station, key.publicKey);
    for (const [month, cells] of randomCounts(['2024-01', '2024-02', '2024-03'], 30, station)) {
      const document = {
        format: 'ridgeway-counts/1',
        force: 'north',
        station,
        month,
        revision: 1,
        cells,
        auditAnchors: [],
      };
      const signed = key.sign(countDocument.parse(document));
      await ingest(collector.connection, signed, documentHash(signed.document));
    }
  }
  await collector.enrol('north', 'desk-3', key.publicKey);
  const tables = join(folder.path, 'tables.json');
  const history = join(folder.path, 'releases.json');
  await writeFile(tables, JSON.stringify(await collector.tables('north', '2024-01', '2024-03')));
  const pack = (to: string) =>
    spawnSync(
      process.execPath,
      [
        'electron/counts/cli/main.ts',
        'pack',
        '--from',
        '2024-01',
        '--to',
        to,
        '--out',
        join(folder.path, to),
        '--collector',
        tables,
        '--history',
        history,
      ],
      { encoding: 'utf8' },
    );

  const made = [pack('2024-02'), pack('2024-03')];

  expect(made.map(({ status, stderr }) => [status, stderr])).toEqual([
    [0, ''],
    [0, ''],
  ]);
  expect(JSON.parse(await readFile(history, 'utf8'))).toHaveLength(2);
  const rows = (await readFile(join(folder.path, '2024-03', 'searches-by-month.csv'), 'utf8')).split('\r\n');
  expect(rows[1]?.startsWith('2024-01,month,January 2024,')).toBe(true);
  const page = await readFile(join(folder.path, '2024-03', 'index.html'), 'utf8');
  expect(page).toContain('January 2024: 1 of the stations had not reported');
});
