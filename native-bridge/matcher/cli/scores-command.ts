import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { relative, sep } from 'node:path';
import { listImageFiles } from '../../image/list-image-files.ts';
import type { GreyImage } from '../../image/grey-image.ts';
import { ImageFault } from '../../image/image-fault.ts';
import { readImageFile } from '../../image/read-image.ts';
import { createComparer, type PreparedTemplate } from '../compare/comparer.ts';
import { createExtractor } from '../extract/extract-template.ts';
import { commandArguments } from './command-arguments.ts';
import { UsageFault } from './usage-fault.ts';

/** Extractions before the clock counts, so that the figure is not the compiler's. */
const WARM_UP_EXTRACTIONS = 3;

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** The image, or undefined (and a line on stderr) when the file is damaged: it scores 0 like any that is unusable. */
async function readOrSkip(file: string, resolutionPpi: number | undefined): Promise<GreyImage | undefined> {
  try {
    return await readImageFile(file, { resolutionPpi });
  } catch (cause) {
    // A missing resolution is the caller's to give; leaving all images out would look like a bad matcher.
    if (!(cause instanceof ImageFault) || cause.code === 'image.resolution-missing') throw cause;
    process.stderr.write(`${file}: ${cause.message}\n`);
    return undefined;
  }
}

/**
 * `matcher scores --images DIR --out FILE`: writes `A B score` for every unordered pair of the folder's images and prints
 * one JSON line with `images`, `enrolled`, `extractMsMedian` and `comparisonsPerSecond`, all of one thread.
 */
export async function scoresCommand(args: readonly string[]): Promise<void> {
  const { images: directory, out, resolutionPpi } = commandArguments(args);
  if (directory === undefined || out === undefined) throw new UsageFault('scores takes --images DIR and --out FILE');
  const files = await listImageFiles(directory);
  const names = files.map((file) =>
    relative(directory, file)
      .split(sep)
      .join('/')
      .replace(/\.[^./]*$/, ''),
  );
  const extractor = createExtractor();
  const comparer = createComparer();
  const prepared: (PreparedTemplate | undefined)[] = [];
  const extractMs: number[] = [];
  for (const file of files) {
    const image = await readOrSkip(file, resolutionPpi);
    if (image === undefined) {
      prepared.push(undefined);
      continue;
    }
    if (extractMs.length === 0) for (let turn = 0; turn < WARM_UP_EXTRACTIONS; turn += 1) extractor.extract(image);
    const from = performance.now();
    const extraction = extractor.extract(image);
    extractMs.push(performance.now() - from);
    image.pixels.fill(0);
    prepared.push(extraction.kind === 'extracted' ? comparer.prepare(extraction.template) : undefined);
  }
  extractor.clear();
  const target = createWriteStream(out);
  let compareMs = 0;
  let comparisons = 0;
  for (const [first, probe] of prepared.entries()) {
    const scores = new Float64Array(prepared.length);
    const from = performance.now();
    for (let second = first + 1; second < prepared.length; second += 1) {
      const record = prepared[second];
      if (probe === undefined || record === undefined) continue;
      scores[second] = comparer.compare(probe, record);
      comparisons += 1;
    }
    compareMs += performance.now() - from;
    const lines = names
      .slice(first + 1)
      .map((name, index) => `${names[first]} ${name} ${scores[first + 1 + index].toFixed(4)}\n`);
    if (!target.write(lines.join(''))) await once(target, 'drain');
  }
  target.end();
  await once(target, 'finish');
  const summary = {
    images: files.length,
    enrolled: prepared.filter((finger) => finger !== undefined).length,
    extractMsMedian: Number(median(extractMs).toFixed(2)),
    comparisonsPerSecond: compareMs > 0 ? Math.round(comparisons / (compareMs / 1000)) : 0,
  };
  process.stdout.write(`${JSON.stringify(summary)}\n`);
}
