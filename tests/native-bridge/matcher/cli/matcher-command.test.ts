import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFinger } from '../../../../native-bridge/synthesis/create-finger.ts';
import { takeImpression } from '../../../../native-bridge/synthesis/take-impression.ts';

const PROGRAM = resolve(import.meta.dirname, '../../../../native-bridge/matcher/cli/main.ts');
const run = promisify(execFile);
let folder = '';

async function matcher(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  return run(process.execPath, [PROGRAM, ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (failure: { code: number; stdout: string; stderr: string }) => failure,
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'matcher-command-'));
  for (const seed of [21, 22]) {
    const finger = createFinger(seed);
    for (const impression of [1, 2]) {
      const { widthPx, heightPx, pixels } = takeImpression(finger, impression);
      // PGM says nothing of resolution: --ppi must.
      const head = Buffer.from(`P5\n${widthPx} ${heightPx}\n255\n`);
      await writeFile(join(folder, `${seed}_${impression}.pgm`), Buffer.concat([head, pixels]));
    }
  }
  await writeFile(
    join(folder, 'blank_1.pgm'),
    Buffer.concat([Buffer.from('P5\n200 200\n255\n'), Buffer.alloc(40_000, 255)]),
  );
  await writeFile(join(folder, 'damaged_1.pgm'), 'P5\n200 200\n255\nno pixels');
});
afterAll(() => rm(folder, { recursive: true }));

test('scores writes every unordered pair once, 0 for an image that is blank or damaged, and one line of JSON', async () => {
  const out = join(folder, 'scores.txt');
  const { code, stdout } = await matcher('scores', '--images', folder, '--ppi', '500', '--out', out);
  const lines = (await readFile(out, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' '));
  const scoreOf = (a: string, b: string): number =>
    Number(lines.find(([x, y]) => (x === a && y === b) || (x === b && y === a))?.[2]);
  expect(code).toBe(0);
  expect(lines).toHaveLength(15);
  expect([scoreOf('21_1', 'blank_1'), scoreOf('21_1', 'damaged_1')]).toEqual([0, 0]);
  expect(scoreOf('21_1', '21_2')).toBeGreaterThan(scoreOf('21_1', '22_1'));
  const summary = JSON.parse(stdout);
  expect(summary).toMatchObject({ images: 6, enrolled: 4 });
  expect(summary.extractMsMedian).toBeGreaterThan(0);
  expect(summary.comparisonsPerSecond).toBeGreaterThan(0);
}, 60_000);

test('a template file that extract wrote compares like its image', async () => {
  const [image, other, template] = ['21_1.pgm', '21_2.pgm', 'a.rwt'].map((name) => join(folder, name));
  expect(JSON.parse((await matcher('extract', image, '--ppi', '500', '--out', template)).stdout)).toMatchObject({
    kind: 'extracted',
  });
  const byTemplate = await matcher('compare', template, other, '--ppi', '500');
  const byImage = await matcher('compare', image, other, '--ppi', '500');
  expect(byTemplate.stdout).toBe(byImage.stdout);
}, 60_000);

test('a mistake on the command line is told with the usage and status 2, a blank image with its reason and status 3', async () => {
  const mistake = await matcher('scores', '--image', folder);
  expect([mistake.code, mistake.stderr.includes('usage: matcher scores')]).toEqual([2, true]);
  const blank = await matcher('extract', join(folder, 'blank_1.pgm'), '--ppi', '500', '--out', join(folder, 'b.rwt'));
  expect([blank.code, JSON.parse(blank.stdout)]).toEqual([3, { kind: 'unusable', reason: 'blank' }]);
}, 60_000);
