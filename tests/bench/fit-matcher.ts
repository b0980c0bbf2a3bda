import { readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { EVIDENCE_NAMES } from '../../native-bridge/matcher/compare/hypothesis.ts';
import { errorRates } from '../support/matcher/error-rates.ts';
import { fitFusion, pairScore, type EvidencePair } from '../support/matcher/fit-fusion.ts';

/** Fits the comparer's fusion to the development sets; `--write` puts it where the comparer reads it. */
const { values } = parseArgs({ options: { images: { type: 'string' }, write: { type: 'boolean', default: false } } });
const root = values.images;
if (root === undefined) throw new Error('usage: fit:matcher -- --images DIR [--write]');

const MODEL_FILE = fileURLToPath(new URL('../../native-bridge/matcher/compare/fusion-model.json', import.meta.url));

function gather(directory: string, set: number): Promise<EvidencePair[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./evidence-worker.ts', import.meta.url), { workerData: { directory, set } });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

interface Scored {
  readonly set: number;
  readonly isGenuine: boolean;
  readonly score: number;
}

function print(name: string, scored: readonly Scored[]): void {
  const rates = errorRates(
    scored.filter((pair) => pair.isGenuine).map((pair) => pair.score),
    scored.filter((pair) => !pair.isGenuine).map((pair) => pair.score),
  );
  const shares = [rates.eer, rates.fmr100, rates.fmr1000, rates.fmr10000, rates.zeroFmr];
  process.stdout.write(`${name.padEnd(32)}${shares.map((share) => (share * 100).toFixed(2).padStart(9)).join('')}\n`);
}

const names = (await readdir(root, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .toSorted();
const pairs: EvidencePair[] = [];
for (let set = 0; set < names.length; set += 2) {
  const both = names.slice(set, set + 2).map((name, index) => gather(join(root, name), set + index));
  pairs.push(...(await Promise.all(both)).flat());
}
process.stdout.write(`${'percent'.padEnd(32)}      EER   FMR100  FMR1000 FMR10000  ZeroFMR\n`);
const leftOut: Scored[] = [];
for (const [set, name] of names.entries()) {
  const model = fitFusion(pairs.filter((pair) => pair.set !== set));
  const scored = pairs.filter((pair) => pair.set === set).map((pair) => ({ ...pair, score: pairScore(pair, model) }));
  print(`${name}, fitted without it`, scored);
  leftOut.push(...scored);
}
print('pooled, each fitted without it', leftOut);
const model = fitFusion(pairs);
const scored = pairs.map((pair) => ({ ...pair, score: pairScore(pair, model) }));
for (const [set, name] of names.entries())
  print(
    `${name}, fitted to all`,
    scored.filter((pair) => pair.set === set),
  );
print('pooled, fitted to all', scored);
for (const [index, weight] of model.weights.entries())
  process.stdout.write(`${weight.toFixed(4).padStart(10)}  ${EVIDENCE_NAMES[index]}\n`);
process.stdout.write(
  `calibration ${JSON.stringify(model.calibration.map((point) => point.map((value) => Number(value.toFixed(3)))))}\n`,
);
if (values.write) {
  // Renamed into place, so that nobody reads half a model.
  await writeFile(`${MODEL_FILE}.new`, `${JSON.stringify(model, undefined, 2)}\n`);
  await rename(`${MODEL_FILE}.new`, MODEL_FILE);
}
