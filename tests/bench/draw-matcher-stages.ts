import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { encode } from 'fast-png';
import { createExtractor } from '../../native-bridge/matcher/extract/extract-template.ts';
import type { ExtractionStage } from '../../native-bridge/matcher/extract/extractor.ts';
import type { Minutia } from '../../native-bridge/matcher/template/minutia.ts';
import { createFinger } from '../../native-bridge/synthesis/create-finger.ts';
import { takeImpression } from '../../native-bridge/synthesis/take-impression.ts';
import { Canvas } from '../support/matcher/canvas.ts';

/** Draws every stage of an extraction of a synthetic print into docs/matcher. */
const FOLDER = fileURLToPath(new URL('../../docs/matcher/', import.meta.url));
const PRINT_SEED = 4711;

interface Kept {
  readonly columns: number;
  readonly rows: number;
  readonly stepPx: number;
  readonly values: Float64Array;
}

const stages = new Map<ExtractionStage, Kept>();
const minutiae = new Map<string, readonly Minutia[]>();
const image = takeImpression(createFinger(PRINT_SEED, { fingerClass: 'right-loop' }), 1);
createExtractor().extract(image, {
  // The planes are lent for the call only; this print is nobody's, so a copy is no matter.
  onStage: (stage, { columns, rows, stepPx, values }) =>
    stages.set(stage, { columns, rows, stepPx, values: Float64Array.from(values) }),
  onMinutiae: (source, list) => minutiae.set(source, list),
});

function stage(name: ExtractionStage): Kept {
  const kept = stages.get(name);
  if (kept === undefined) throw new Error(`no stage ${name}`);
  return kept;
}

async function write(name: string, canvas: Canvas): Promise<void> {
  await writeFile(
    `${FOLDER}${name}.png`,
    encode({ width: canvas.width, height: canvas.height, data: canvas.bytes, channels: 3, depth: 8 }),
  );
}

const source = stage('nominal-resolution');
const normal = stage('normalised');
function field(kept: Kept, colour: (value: number, block: number) => number): Canvas {
  const canvas = new Canvas(kept.columns * kept.stepPx, kept.rows * kept.stepPx);
  canvas.paint((x, y) => {
    const block = Math.floor(y / kept.stepPx) * kept.columns + Math.floor(x / kept.stepPx);
    return colour(kept.values[block], block);
  });
  return canvas;
}

await mkdir(FOLDER, { recursive: true });
const original = new Canvas(source.columns, source.rows);
original.paint((x, y) => source.values[y * source.columns + x]);
await write('1-nominal', original);

const normalised = new Canvas(normal.columns, normal.rows);
normalised.paint((x, y) => 128 - normal.values[y * normal.columns + x] / 48);
await write('2-normalised', normalised);

const orientation = stage('orientation');
const finger = stage('segmented');
const flow = new Canvas(normal.columns, normal.rows);
flow.paint((x, y) => 200 - normal.values[y * normal.columns + x] / 90);
for (let block = 0; block < orientation.values.length; block += 1) {
  const [column, row] = [block % orientation.columns, Math.floor(block / orientation.columns)];
  if (finger.values[block] === 0 || column % 2 === 1 || row % 2 === 1) continue;
  flow.line(column * 8 + 4, row * 8 + 4, orientation.values[block], 7, [29, 112, 184]);
  flow.line(column * 8 + 4, row * 8 + 4, orientation.values[block] + Math.PI, 7, [29, 112, 184]);
}
await write('3-orientation', flow);

// Light for near ridges (6 px apart), dark for wide ones (13 px).
await write(
  '4-period',
  field(stage('period'), (period) => 255 - ((period - 6) / 7) * 255),
);
await write(
  '5-segmented',
  field(finger, (value) => (value > 0 ? 255 : 60)),
);

const enhanced = stage('enhanced');
const wave = new Canvas(enhanced.columns, enhanced.rows);
wave.paint((x, y) => 128 - enhanced.values[y * enhanced.columns + x] / 24);
await write('6-enhanced', wave);

const skeleton = stage('skeleton');
const lines = new Canvas(normal.columns, normal.rows);
lines.paint((x, y) => ((skeleton.values[(y + 1) * skeleton.columns + 1 + (x >> 5)] >>> (x & 31)) & 1 ? 0 : 255));
await write('7-skeleton', lines);

const found = new Canvas(source.columns * 2, source.rows * 2);
found.paint((x, y) => source.values[(y >> 1) * source.columns + (x >> 1)]);
for (const minutia of minutiae.get('merged') ?? []) {
  const colour =
    minutia.kind === 'ending'
      ? ([212, 53, 28] as const)
      : minutia.kind === 'bifurcation'
        ? ([29, 112, 184] as const)
        : ([0, 112, 60] as const);
  found.circle(minutia.xPx * 2, minutia.yPx * 2, 3 + 6 * minutia.quality, colour);
  found.line(minutia.xPx * 2, minutia.yPx * 2, minutia.angleRad, 22, colour);
}
await write('8-minutiae', found);
