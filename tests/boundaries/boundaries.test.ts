import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GROUND, NODE_MODULES, PLANTED } from './planted.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const FOLDERS = ['electron', 'renderer', 'native-bridge', 'build', 'tests'];
const RULES_FILE = '.dependency-cruiser.mjs';

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

let folder: string;
let planted: readonly Violation[];
let ground: readonly Violation[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-boundaries-'));
  await cp(path.join(PROJECT, RULES_FILE), path.join(folder, RULES_FILE));
  await writeFile(path.join(folder, 'package.json'), '{ "name": "planted", "type": "module" }');
  for (const name of FOLDERS) await mkdir(path.join(folder, name));
  for (const name of NODE_MODULES) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    await write(`node_modules/${name}/index.js`, '');
  }
  for (const [file, source] of Object.entries(GROUND)) await write(file, source);
  ground = await violations();
  for (const { from, source } of PLANTED) await write(from, source);
  planted = await violations();
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a planted violation is caught by its rule', () => {
  test.each(PLANTED)('$rule catches $from', ({ rule, from }) => {
    expect(planted.filter((violation) => violation.from === from).map((violation) => violation.rule.name)).toContain(
      rule,
    );
  });
});

test('every rule has at least one planted violation', async () => {
  const { default: rules } = await import(path.join(PROJECT, RULES_FILE));
  const names: readonly string[] = rules.forbidden.map(({ name }: { name: string }) => name);

  expect(new Set(PLANTED.map(({ rule }) => rule))).toEqual(new Set(names));
});

test('nothing else is caught: what may be imported, may be', () => {
  const ownFiles = new Set(PLANTED.map(({ from }) => from));

  // `other.ts` is the second half of the planted circle.
  expect(planted.filter(({ from }) => !ownFiles.has(from) && from !== 'electron/search/other.ts')).toEqual([]);
  expect(ground.map(({ from }) => from)).toEqual(['electron/search/other.ts']);
});

async function write(file: string, source: string): Promise<void> {
  const target = path.join(folder, file);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, `${source}\n`);
}

async function violations(): Promise<readonly Violation[]> {
  const tool = path.join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [tool, '--config', RULES_FILE, '--output-type', 'json', ...FOLDERS],
    { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
  );
  const { summary } = JSON.parse(stdout) as { summary: { violations: readonly Violation[] } };
  return summary.violations;
}
