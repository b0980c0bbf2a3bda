import { execFileSync } from 'node:child_process';
import { rmSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from '../../build/bundle-for-electron.ts';

const USAGE = `npm run bench:gallery-file -- [--people 100000]

Writes a signed gallery of N statistical people with two index fingers each, imports it as a station does, and opens it as a
station does at its start, each in a process of its own whose peak of memory is its own. The code runs bundled, as a package
holds it: stripping types would take some 40 MB in each thread. Prints a table and one JSON line.`;

const { values } = parseArgs({
  options: { people: { type: 'string', default: '100000' }, help: { type: 'boolean', default: false } },
});
const people = Number(values.people);
if (values.help || !Number.isSafeInteger(people) || people < 1) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(values.help ? 0 : 2);
}

/** What a step's process printed: its own measurements. */
interface StepFigures {
  readonly seconds: number;
  /** Processor time of all its threads: what the machine's other work does not change. */
  readonly cpuSeconds: number;
  /** The most that the process ever held. */
  readonly peakBytes: number;
  readonly people: number;
}

const project = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.join(project, '.out/bench');
await mkdir(folder, { recursive: true });
// As deep as the sources, so that the way to the WebAssembly fits.
const code = path.join(folder, 'gallery-file-step');
await bundle(project, code, 'esm', {
  'gallery-file-step': 'tests/bench/gallery-file-step.ts',
  'matcher-worker': 'native-bridge/matcher/matcher-worker.ts',
});
const steps = path.join(code, 'gallery-file-step.js');
const place = path.join(folder, `gallery-file-${process.pid}`);

function run(step: 'write' | 'import' | 'open'): StepFigures {
  const output = execFileSync(process.execPath, [steps, step, place, String(people)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const figures: StepFigures = JSON.parse(output);
  return figures;
}

const BOUNDS = { import: 60, open: 3, bytes: 500_000_000 } as const;
try {
  run('write');
  const fileBytes = statSync(`${place}.rwgallery`).size;
  const imported = run('import');
  const installedBytes = statSync(`${place}.extract`).size;
  // The first opening after the import finds the file in the system's memory; so does one after a restart of the station.
  const openings = [run('open'), run('open'), run('open')].toSorted((a, b) => a.seconds - b.seconds);
  const opened = openings[1] ?? openings[0] ?? imported;
  const row = (name: string, { cpuSeconds, peakBytes, seconds }: StepFigures, bound: number): string =>
    `${name.padEnd(28)} ${seconds.toFixed(2).padStart(8)} s (≤ ${bound} s), ${cpuSeconds.toFixed(1)} s of processor time, ${(peakBytes / 1e6).toFixed(0).padStart(6)} MB (≤ ${BOUNDS.bytes / 1e6} MB)\n`;
  process.stderr.write(
    `${people} people, ${(fileBytes / 1e6).toFixed(0)} MB signed, ${(installedBytes / 1e6).toFixed(0)} MB installed\n`,
  );
  process.stderr.write(row('import from templates', imported, BOUNDS.import));
  process.stderr.write(row('ready at start (middle of 3)', opened, BOUNDS.open));
  const figures = { people, threads: availableParallelism(), fileBytes, installedBytes, imported, opened };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  for (const ending of ['.rwgallery', '.extract', '.keys']) rmSync(`${place}${ending}`, { force: true });
}
