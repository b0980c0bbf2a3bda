import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readImageFile } from '../../../native-bridge/image/read-image.ts';
import { SynthUsageFault, synthArguments } from '../../../native-bridge/synthesis/cli/synth-arguments.ts';
import { imageFileName, writePeople } from '../../../native-bridge/synthesis/cli/write-people.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'synth-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ARGUMENTS = ['--people', '2', '--impressions', '2', '--seed', 'test', '--out', 'DIR'];

function requestFor(out: string): ReturnType<typeof synthArguments> {
  return synthArguments([...ARGUMENTS.slice(0, -1), out, '--width', '200', '--height', '240']);
}

test('a run writes one 500 ppi image a finger and impression, named so that it can be fed to the scanner', async () => {
  const out = path.join(folder, 'first');
  const progress: number[] = [];
  const written = await writePeople(requestFor(out), new AbortController().signal, (done) => progress.push(done));
  const names = await readdir(out);
  expect(names.toSorted()).toEqual(
    ['101_1', '101_2', '102_1', '102_2', '103_1', '103_2', '104_1', '104_2'].map((name) => `${name}.png`),
  );
  expect([written, progress]).toEqual([8, [1, 2, 3, 4, 5, 6, 7, 8]]);
  const image = await readImageFile(path.join(out, '103_2.png'));
  expect([image.widthPx, image.heightPx, image.resolutionPpi]).toEqual([200, 240, 500]);
});

test('a second run with the same seed writes the same bytes, and with another seed other bytes', async () => {
  const hashes = async (name: string, seed: string): Promise<string> => {
    const out = path.join(folder, name);
    await writePeople({ ...requestFor(out), seed, people: 1 }, new AbortController().signal, () => undefined);
    const files = await Promise.all((await readdir(out)).toSorted().map((file) => readFile(path.join(out, file))));
    return createHash('sha256').update(Buffer.concat(files)).digest('hex');
  };
  const first = await hashes('again', 'test');
  expect(await hashes('again-2', 'test')).toBe(first);
  expect(await hashes('other', 'test 2')).not.toBe(first);
});

test('a run that is stopped leaves whole files only and says how many', async () => {
  const out = path.join(folder, 'stopped');
  const stop = new AbortController();
  const written = await writePeople(requestFor(out), stop.signal, (done) => {
    if (done === 3) stop.abort();
  });
  const names = await readdir(out);
  expect([written, names.length]).toEqual([3, 3]);
  for (const name of names) await expect(readImageFile(path.join(out, name))).resolves.toBeDefined();
});

test('persons have consecutive fingers, as many as positions were asked for', () => {
  expect(imageFileName(1, 0, 2, 1)).toBe('101_1.png');
  expect(imageFileName(3, 1, 2, 8)).toBe('106_8.png');
  expect(imageFileName(2, 0, 10, 1)).toBe('111_1.png');
});

test('the two index fingers are made unless other positions are named', () => {
  expect(synthArguments(ARGUMENTS).positions).toEqual([2, 7]);
  expect(synthArguments([...ARGUMENTS, '--positions', '1,6,10']).positions).toEqual([1, 6, 10]);
});

test.each([
  [['--people', '0'], '--people must be a whole number from 1 to 1000000, not "0".'],
  [['--people', 'many'], '--people must be a whole number from 1 to 1000000, not "many".'],
  [['--impressions', '1.5'], '--impressions must be a whole number from 1 to 1000, not "1.5".'],
  [['--impressions', ''], '--impressions must be a whole number from 1 to 1000, not "".'],
  [['--seed', ''], '--seed is missing: any word or number will do.'],
  [['--out', ''], '--out is missing: the folder for the images.'],
  [['--hardship', '2'], '--hardship must be a number from 0 to 1, not "2".'],
  [['--positions', '2,11'], '--positions are numbers from 1 to 10, not "11".'],
  [['--positions', '2,2'], '--positions names a finger twice.'],
  [['--colour', 'red'], "Unknown option '--colour'"],
])('%j is refused with a sentence', (extra, sentence) => {
  expect(() => synthArguments([...ARGUMENTS, ...extra])).toThrow(SynthUsageFault);
  expect(() => synthArguments([...ARGUMENTS, ...extra])).toThrow(sentence);
});

test('a command line without people says what is missing', () => {
  expect(() => synthArguments([])).toThrow('--people must be a whole number from 1 to 1000000; it is missing.');
});
