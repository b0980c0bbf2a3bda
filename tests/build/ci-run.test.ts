import { spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const PROJECT = path.resolve(import.meta.dirname, '../..');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-ci-'));
  await mkdir(path.join(folder, 'bin'));
  await cp(path.join(PROJECT, '.ci'), path.join(folder, '.ci'), { recursive: true });
  await program('dpkg-query', 'echo "install ok installed"');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A program of the same name in front of the real one. */
async function program(name: string, script: string): Promise<void> {
  const file = path.join(folder, 'bin', name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

/** An npm whose tests print these words and end with this code, and of whose gates one may fail. */
async function npm(words: string, testCode: number, failingGate = 'none'): Promise<void> {
  await program(
    'npm',
    `echo "$*" >> "${folder}/called"
case "$*" in
  test) echo "${words}"; exit ${testCode} ;;
  *${failingGate}) exit 1 ;;
esac`,
  );
}

function runCi(): Promise<{ code: number | null; lines: readonly string[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', [path.join(folder, '.ci/run')], {
      env: { ...process.env, PATH: `${folder}/bin:${process.env['PATH']}` },
    });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, lines: output.trim().split('\n') }));
  });
}

describe.skipIf(process.platform === 'win32')('what continuous integration runs', () => {
  test('is the test command of the README and then every gate, and ends with the line of the tests', async () => {
    await npm('7 passed, 0 failed', 0);

    const { code, lines } = await runCi();

    expect(code).toBe(0);
    expect(lines.at(-1)).toBe('7 passed, 0 failed');
    const called = (await readFile(path.join(folder, 'called'), 'utf8')).trim().split('\n');
    expect(called.slice(0, 2)).toEqual(['ci', 'test']);
    const gates = ['format', 'lint', 'types', 'boundaries', 'unused'].map((gate) => `run --silent check:${gate}`);
    expect(called).toEqual(
      expect.arrayContaining([
        ...gates,
        'run --silent dist:rehearse',
        'run --silent dist:compare -- --here .out/ci-rehearsal.log',
      ]),
    );
  });

  test('fails when a test fails, and still ends with the line', async () => {
    await npm('7 passed, 1 failed', 1);

    const { code, lines } = await runCi();

    expect(code).toBe(1);
    expect(lines.at(-1)).toBe('7 passed, 1 failed');
  });

  test('fails when a gate fails although the tests passed, names it, and runs the others', async () => {
    await npm('7 passed, 0 failed', 0, 'check:types');

    const { code, lines } = await runCi();

    expect(code).toBe(1);
    expect(lines).toContain('gate failed: check:types');
    expect(lines.at(-1)).toBe('7 passed, 0 failed');
    expect(await readFile(path.join(folder, 'called'), 'utf8')).toContain('check:unused');
  });

  test('fails when the packages of two rehearsals of one commit differ', async () => {
    await npm('7 passed, 0 failed', 0, 'ci-rehearsal.log');

    const { code, lines } = await runCi();

    expect(code).toBe(1);
    expect(lines).toContain('the packages of two rehearsals differ');
    expect(lines.at(-1)).toBe('7 passed, 0 failed');
  });

  test('counts one failure when the tests never came to their line', async () => {
    await npm('something broke', 1);

    const { code, lines } = await runCi();

    expect(code).toBe(1);
    expect(lines.at(-1)).toBe('0 passed, 1 failed');
  });
});
