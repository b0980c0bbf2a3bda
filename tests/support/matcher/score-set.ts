import { basename, extname } from 'node:path';
import { listImageFiles } from '../../../native-bridge/image/list-image-files.ts';
import { readImageFile } from '../../../native-bridge/image/read-image.ts';
import { createComparer, type PreparedTemplate } from '../../../native-bridge/matcher/compare/comparer.ts';
import { createExtractor } from '../../../native-bridge/matcher/extract/extract-template.ts';

/** One comparison within a set; `first` and `second` number its impressions. */
export interface ScoredPair {
  readonly first: number;
  readonly second: number;
  readonly isGenuine: boolean;
  readonly score: number;
}

/** All comparisons of a set of images named FINGER_IMPRESSION, and what they cost on one thread. */
export interface ScoredSet {
  readonly fingers: readonly string[];
  readonly impressions: readonly string[];
  readonly qualities: readonly number[];
  readonly enrolled: number;
  readonly pairs: readonly ScoredPair[];
  /** Wall time, and processor time of this thread alone, which other work on the machine disturbs less. */
  readonly extractMsMedian: number;
  readonly extractCpuMsMedian: number;
  readonly comparisonsPerSecond: number;
  readonly comparisonsPerCpuSecond: number;
}

const WARM_UP_EXTRACTIONS = 5;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function cpuMsSince(from: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(from);
  return (user + system) / 1000;
}

/** Extracts every image of `directory` and compares every pair: an image that cannot be enrolled scores 0. */
export async function scoreSet(directory: string, resolutionPpi?: number): Promise<ScoredSet> {
  const files = await listImageFiles(directory);
  const extractor = createExtractor();
  const comparer = createComparer();
  const prepared: (PreparedTemplate | undefined)[] = [];
  const qualities: number[] = [];
  const extractMs: number[] = [];
  const extractCpuMs: number[] = [];
  for (const [index, file] of files.entries()) {
    const image = await readImageFile(file, { resolutionPpi });
    if (index === 0) for (let turn = 0; turn < WARM_UP_EXTRACTIONS; turn += 1) extractor.extract(image);
    const cpuFrom = process.threadCpuUsage();
    const from = performance.now();
    const extraction = extractor.extract(image);
    extractMs.push(performance.now() - from);
    extractCpuMs.push(cpuMsSince(cpuFrom));
    qualities.push(extraction.kind === 'extracted' ? extraction.quality : 0);
    prepared.push(extraction.kind === 'extracted' ? comparer.prepare(extraction.template) : undefined);
  }
  const names = files.map((file) => basename(file, extname(file)).split('_'));
  const pairs: ScoredPair[] = [];
  const cpuFrom = process.threadCpuUsage();
  const from = performance.now();
  for (const [first, probe] of prepared.entries()) {
    for (let second = first + 1; second < prepared.length; second += 1) {
      const record = prepared[second];
      const score = probe && record ? comparer.compare(probe, record) : 0;
      pairs.push({ first, second, isGenuine: names[first][0] === names[second][0], score });
    }
  }
  return {
    fingers: names.map(([finger]) => finger),
    impressions: names.map(([, impression]) => impression),
    qualities,
    enrolled: prepared.filter((finger) => finger !== undefined).length,
    pairs,
    extractMsMedian: median(extractMs),
    extractCpuMsMedian: median(extractCpuMs),
    comparisonsPerCpuSecond: pairs.length / (cpuMsSince(cpuFrom) / 1000),
    comparisonsPerSecond: pairs.length / ((performance.now() - from) / 1000),
  };
}
