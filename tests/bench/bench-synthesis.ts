import { existsSync } from 'node:fs';
import path from 'node:path';
import { listImageFiles } from '../../native-bridge/image/list-image-files.ts';
import type { GreyImage } from '../../native-bridge/image/grey-image.ts';
import { readImageFile } from '../../native-bridge/image/read-image.ts';
import { createComparer } from '../../native-bridge/matcher/compare/comparer.ts';
import { createExtractor } from '../../native-bridge/matcher/extract/extract-template.ts';
import { createFinger, type Finger } from '../../native-bridge/synthesis/create-finger.ts';
import { takeImpression } from '../../native-bridge/synthesis/take-impression.ts';

const REAL_SETS = '../shared/data/fingerprints';
/** Synthetic fingers and impressions of each; real sets have ten and eight. */
const FINGERS = 50;
const IMPRESSIONS = 3;

interface Print {
  readonly finger: string;
  readonly image: GreyImage;
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(share * values.length))] ??
  Number.NaN;
const quantiles = (values: readonly number[], shares: readonly number[]): string =>
  shares.map((share) => quantile(values, share).toFixed(1).padStart(6)).join('');

function describe(name: string, prints: readonly Print[]): void {
  const extractor = createExtractor();
  const comparer = createComparer();
  const minutiae: number[] = [];
  const qualities: number[] = [];
  const enrolled = prints.flatMap(({ finger, image }) => {
    const extraction = extractor.extract(image);
    if (extraction.kind !== 'extracted') return [];
    minutiae.push(extraction.minutiae);
    qualities.push(extraction.quality);
    return [{ finger, template: comparer.prepare(extraction.template) }];
  });
  const genuine: number[] = [];
  const impostor: number[] = [];
  enrolled.forEach((one, i) => {
    for (const other of enrolled.slice(i + 1)) {
      (one.finger === other.finger ? genuine : impostor).push(comparer.compare(one.template, other.template));
    }
  });
  const highest = quantile(impostor, 1);
  const missed = genuine.filter((score) => score <= highest).length / genuine.length;
  console.log(
    `${name.padEnd(22)} ${String(enrolled.length).padStart(3)}/${prints.length}` +
      `  minutiae ${quantiles(minutiae, [0.05, 0.5, 0.95])}  quality ${quantiles(qualities, [0.05, 0.5, 0.95])}` +
      `  genuine ${quantiles(genuine, [0.05, 0.25, 0.5, 0.75])}  impostor ${quantiles(impostor, [0.5, 0.95, 0.999, 1])}` +
      `  missed at no false match ${(missed * 100).toFixed(1)} %`,
  );
}

function measureSpeed(): void {
  const fingers: Finger[] = [];
  for (let i = 0; i < 20; i++) createFinger(`warm ${i}`);
  const start = performance.now();
  for (let i = 0; i < 60; i++) fingers.push(createFinger(`speed ${i}`));
  const middle = performance.now();
  for (const finger of fingers) takeImpression(finger, 1);
  const end = performance.now();
  const perFinger = ((middle - start) / fingers.length).toFixed(1);
  console.log(`one thread: ${perFinger} ms a finger, ${((end - middle) / fingers.length).toFixed(1)} ms an impression`);
}

async function readSet(folder: string): Promise<readonly Print[]> {
  const files = await listImageFiles(folder);
  return Promise.all(
    files.map(async (file) => ({ finger: path.basename(file).split('_')[0], image: await readImageFile(file) })),
  );
}

measureSpeed();
for (const hardship of [0, 0.5, 1]) {
  const prints = Array.from({ length: FINGERS * IMPRESSIONS }, (_, i) => {
    const finger = Math.floor(i / IMPRESSIONS);
    return {
      finger: String(finger),
      image: takeImpression(createFinger(`bench ${finger}`), i % IMPRESSIONS, { hardship }),
    };
  });
  describe(`synthetic, hardship ${hardship}`, prints);
}
for (const set of ['fvc2002_db1_b', 'fvc2002_db2_b', 'fvc2004_db1_b', 'fvc2002_db4_b']) {
  const folder = path.join(REAL_SETS, set);
  if (existsSync(folder)) describe(set, await readSet(folder));
  else console.log(`${set}: not beside the project, left out`);
}
