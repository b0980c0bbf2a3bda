/**
 * Runs the ordinary test suites, each given on the command line as a vitest project, and ends with one line:
 * `N passed, N failed`. Ends with 1 when anything failed, when a suite could not be loaded, or when nothing ran.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { buildRenderer } from './build-renderer.ts';
import { closingLine, skippedLines, type SuiteReport } from './closing-line.ts';

const PROJECT = path.resolve(import.meta.dirname, '..');
const REPORT_FILE = path.join(PROJECT, '.out/test-report.json');
const VITEST = path.join(PROJECT, 'node_modules/vitest/vitest.mjs');

const projects = process.argv.slice(2).flatMap((name) => ['--project', name]);
await mkdir(path.dirname(REPORT_FILE), { recursive: true });
await rm(REPORT_FILE, { force: true });
const isBuilt = await buildPage();
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT_FILE}`];
const exitCode = isBuilt ? await run([VITEST, 'run', ...projects, ...reporters]) : 1;
const written = await report();
for (const line of skippedLines(written)) console.log(line);
const closing = closingLine(written, exitCode);
console.log(closing.line);
process.exitCode = closing.exitCode;

/** Once, before the tests: several of them want the built page, and two that built it side by side would spoil it. */
async function buildPage(): Promise<boolean> {
  try {
    await buildRenderer(PROJECT);
    return true;
  } catch (fault) {
    console.error(fault);
    return false;
  }
}

function run(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: PROJECT, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

async function report(): Promise<SuiteReport | null> {
  try {
    return JSON.parse(await readFile(REPORT_FILE, 'utf8'));
  } catch {
    // A runner that died leaves no report, or half of one; both are a failure, which the closing line says.
    return null;
  }
}
