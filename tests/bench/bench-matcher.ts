import { readdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { detCurve, drawDet } from '../support/matcher/det-curve.ts';
import { PEER_SERIES } from '../support/matcher/peer-points.ts';
import { fnmrWithoutWorst } from '../support/matcher/quality-discard.ts';
import { errorRates, type ErrorRates } from '../support/matcher/error-rates.ts';
import type { ScoredSet } from '../support/matcher/score-set.ts';
import { twoFingerScores } from '../support/matcher/two-fingers.ts';

/** Resolution of images whose file names none, pixels per inch. */
const DEFAULT_RESOLUTION_PPI = 500;

const { values } = parseArgs({
  options: {
    images: { type: 'string' },
    ppi: { type: 'string' },
    only: { type: 'string' },
    threads: { type: 'string' },
    det: { type: 'string' },
  },
});
if (values.images === undefined)
  throw new Error('usage: bench:matcher -- --images DIR [--ppi N] [--only SET] [--threads N] [--det SVG]');

async function imageSets(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return folders.length === 0 ? ['.'] : folders.toSorted();
}

function scoreInWorker(directory: string, resolutionPpi: number): Promise<ScoredSet> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./score-set-worker.ts', import.meta.url), {
      workerData: { directory, resolutionPpi },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

const percent = (share: number): string => (share * 100).toFixed(2).padStart(6);

function row(name: string, rates: ErrorRates, rest = ''): string {
  const shares = [rates.eer, rates.fmr100, rates.fmr1000, rates.fmr10000, rates.zeroFmr].map(percent).join('   ');
  return `${name.padEnd(24)} ${shares}   ${rest}\n`;
}

function ratesOf(pairs: ScoredSet['pairs']): ErrorRates {
  return errorRates(
    pairs.filter((pair) => pair.isGenuine).map((pair) => pair.score),
    pairs.filter((pair) => !pair.isGenuine).map((pair) => pair.score),
  );
}

const root = values.images;
const names = (await imageSets(root)).filter((name) => values.only === undefined || name.includes(values.only));
const resolutionPpi = Number(values.ppi ?? DEFAULT_RESOLUTION_PPI);
const queue = names.map((name, index) => ({ name, index }));
const sets: ScoredSet[] = [];
// One set a thread at a time: the speeds are those of a single thread while its neighbour is busy too.
await Promise.all(
  Array.from({ length: Math.min(names.length, Number(values.threads ?? availableParallelism())) }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      sets[next.index] = await scoreInWorker(join(root, next.name), resolutionPpi);
    }
  }),
);

const out = process.stdout;
out.write(
  `${'percent'.padEnd(24)}    EER   FMR100  FMR1000 FMR10000  ZeroFMR   enrolled   extract ms (cpu)   comparisons/s (cpu)\n`,
);
const report: Record<string, unknown> = {};
for (const [index, set] of sets.entries()) {
  const rates = ratesOf(set.pairs);
  const speed = [
    `${set.enrolled}/${set.fingers.length}`.padStart(8),
    `${set.extractMsMedian.toFixed(1)} (${set.extractCpuMsMedian.toFixed(1)})`.padStart(18),
    `${Math.round(set.comparisonsPerSecond)} (${Math.round(set.comparisonsPerCpuSecond)})`.padStart(22),
  ].join('');
  out.write(row(names[index], rates, speed));
  report[names[index]] = {
    ...rates,
    enrolled: set.enrolled,
    extractMsMedian: set.extractMsMedian,
    extractCpuMsMedian: set.extractCpuMsMedian,
    comparisonsPerSecond: set.comparisonsPerSecond,
    comparisonsPerCpuSecond: set.comparisonsPerCpuSecond,
  };
}
const pooled = ratesOf(sets.flatMap((set) => set.pairs));
const people = sets.map(twoFingerScores);
const twoFingers = errorRates(
  people.flatMap(({ genuine }) => genuine),
  people.flatMap(({ impostor }) => impostor),
);
out.write(row('pooled, one threshold', pooled));
out.write(row('two fingers, pooled', twoFingers));
const discarded = [0, 0.05, 0.1, 0.2, 0.3].map((share) => ({ share, fnmr: fnmrWithoutWorst(sets, share) }));
out.write(
  `FMR1000 without the worst by quality: ${discarded.map(({ share, fnmr }) => `${share * 100} % ${percent(fnmr).trim()}`).join(', ')}\n`,
);
if (values.det !== undefined) {
  const pairs = sets.flatMap((set) => set.pairs);
  const scores = (isGenuine: boolean): number[] =>
    pairs.filter((pair) => pair.isGenuine === isGenuine).map((pair) => pair.score);
  const title = `${names.length} sets pooled at one threshold`;
  const own = { name: 'Ridgeway', colour: '#1d70b8', points: detCurve(scores(true), scores(false)) };
  await writeFile(values.det, drawDet([own, ...PEER_SERIES], title));
}
out.write(`${JSON.stringify({ ...report, pooled, twoFingers, discarded })}\n`);
