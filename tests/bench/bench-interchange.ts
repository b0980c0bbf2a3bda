import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { decode } from 'fast-png';
import type { GreyImage } from '../../native-bridge/image/grey-image.ts';
import { readTransaction } from '../../native-bridge/interchange/ansi-nist/read-transaction.ts';
import { writeTransaction } from '../../native-bridge/interchange/ansi-nist/write-transaction.ts';
import { readMinutiaeTemplate } from '../../native-bridge/interchange/iso-19794/read-minutiae-template.ts';
import { writeMinutiaeTemplate } from '../../native-bridge/interchange/iso-19794/write-minutiae-template.ts';
import { decodeWsq } from '../../native-bridge/interchange/wsq/decode-wsq.ts';
import { encodeWsq } from '../../native-bridge/interchange/wsq/encode-wsq.ts';
import type { WsqKernel } from '../../native-bridge/interchange/wsq/kernel.ts';
import { referenceKernel } from '../../native-bridge/interchange/wsq/reference-kernel.ts';
import { wsqKernel } from '../../native-bridge/interchange/wsq/wsq-kernel.ts';
import { drawRidges } from '../native-bridge/interchange/drawn-images.ts';
import { dumpRecords, readDump } from '../native-bridge/interchange/field-dump.ts';
import { publishedForm, readPublished } from '../native-bridge/interchange/published-template.ts';
import { compareLevels, psnrDb, REAL_FILES } from '../native-bridge/interchange/real-files.ts';

/**
 * `npm run bench:interchange`: agreement with every real file, and speeds on one thread, as a table and one JSON line.
 * Ends with 1 when a figure misses its bound.
 */
const BOUNDS = { decodeMs: 8, encodeMs: 15, differingMost: 1 };
/** Side of the image that the speed is measured on, pixels. */
const SIDE = 500;
const RUNS = 80;
const MOST_WARM_UP = 20;

interface Line {
  readonly file: string;
  readonly agreement: string;
  readonly isGood: boolean;
}

function print(...columns: readonly (string | number)[]): void {
  const widths = [40, 64, 12];
  process.stdout.write(`${columns.map((text, at) => String(text).padEnd(widths[at] ?? 0)).join('')}\n`);
}

function names(folder: string, pattern: RegExp): string[] {
  return readdirSync(path.join(REAL_FILES, folder))
    .filter((name) => pattern.test(name))
    .toSorted();
}

function real(...parts: readonly string[]): Uint8Array {
  return readFileSync(path.join(REAL_FILES, ...parts));
}

function compareDecode(name: string): Line {
  const image = decodeWsq(real('wsq', name));
  const expected = decode(real('wsq', name.replace(/wsq$/, 'dwsq.png')));
  const levels = Uint8Array.from(expected.data);
  const { differing, most } = compareLevels(image.pixels, levels);
  const agreement = `${image.pixels.length} pixels, ${differing} differ, at most by ${most}`;
  return { file: `wsq/${name}`, agreement, isGood: most <= BOUNDS.differingMost };
}

function readPgm(name: string): GreyImage {
  const bytes = real('fmr', name);
  const [head = '', width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(bytes).toString('latin1')) ?? [];
  return { widthPx: Number(width), heightPx: Number(height), resolutionPpi: 500, pixels: bytes.subarray(head.length) };
}

function compareEncode(name: string): Line {
  const [, print_ = '', rate = ''] = /^(\w+)\.cwsq(\d+)\.wsq$/.exec(name) ?? [];
  const image = readPgm(`${print_}.pgm`);
  const expected = real('wsq', name);
  const written = encodeWsq(image, { bitRateBpp: Number(rate) / 100 });
  const isSame = Buffer.compare(written, expected) === 0;
  const psnr = psnrDb(image.pixels, decodeWsq(written).pixels);
  const reference = psnrDb(image.pixels, decodeWsq(expected).pixels);
  const agreement = `${written.length} bytes (${expected.length}), ${psnr.toFixed(2)} dB (${reference.toFixed(2)}), ${isSame ? 'same bytes' : 'other bytes'}`;
  return { file: `encode ${name}`, agreement, isGood: written.length <= expected.length && psnr >= reference };
}

function compareRecord(name: string): Line {
  const bytes = real('an2', name);
  const transaction = readTransaction(bytes);
  const dump = readDump(name);
  const isEqual = JSON.stringify(dumpRecords(transaction.records)) === JSON.stringify(dump);
  const isSame = Buffer.compare(writeTransaction(transaction), bytes) === 0;
  const agreement = `${dump.lines.length} items and ${dump.payloads.length} payloads ${isEqual ? 'agree' : 'DIFFER'}, written again ${isSame ? 'the same' : 'DIFFERENTLY'}`;
  return { file: `an2/${name}`, agreement, isGood: isEqual && isSame };
}

/** Published samples are compared with their values; the others are written again. */
function compareTemplate(name: string): Line {
  const bytes = real('fmr', name);
  const template = readMinutiaeTemplate(bytes);
  const minutiae = template.views.reduce((sum, view) => sum + view.minutiae.length, 0);
  const sample = name.replace(/\.dat$/, '');
  const isGood =
    sample === name
      ? Buffer.compare(writeMinutiaeTemplate(template), bytes) === 0
      : isDeepStrictEqual(publishedForm(template), readPublished(sample));
  const claim = sample === name ? 'written again the same' : 'values as published';
  return { file: `fmr/${name}`, agreement: `${template.format}, ${minutiae} minutiae, ${claim}`, isGood };
}

interface Speed {
  /** By the clock, which on a shared machine also counts waiting for others. */
  readonly medianMs: number;
  readonly p95Ms: number;
  /** By the processor: what the call itself takes. The bounds are held to the lesser of the two medians. */
  readonly processorMs: number;
}

function measure(act: () => unknown): Speed {
  for (let run = 0; run < MOST_WARM_UP; run += 1) act();
  const clock: number[] = [];
  const processor: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const startedMs = performance.now();
    const startedCpu = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(startedCpu);
    clock.push(performance.now() - startedMs);
    processor.push((user + system) / 1_000);
  }
  return { medianMs: quantile(clock, 0.5), p95Ms: quantile(clock, 0.95), processorMs: quantile(processor, 0.5) };
}

function quantile(times: readonly number[], part: number): number {
  return Number((times.toSorted((a, b) => a - b)[Math.floor(part * times.length)] ?? 0).toFixed(2));
}

function isWithin({ medianMs, processorMs }: Speed, boundMs: number): boolean {
  return Math.min(medianMs, processorMs) <= boundMs;
}

function speedText({ medianMs, p95Ms, processorMs }: Speed): string {
  return `${medianMs} / ${p95Ms} / ${processorMs}`;
}

/** The middle of a real print where there is one, else a drawing. */
function speedImage(): GreyImage {
  if (!existsSync(REAL_FILES)) return drawRidges(SIDE, SIDE);
  const slap = decodeWsq(real('wsq', 'nist_fp-1.wsq'));
  const pixels = new Uint8Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y += 1) {
    const from = (y + 126) * slap.widthPx + 152;
    pixels.set(slap.pixels.subarray(from, from + SIDE), y * SIDE);
  }
  return { widthPx: SIDE, heightPx: SIDE, resolutionPpi: 500, pixels };
}

function measureKernel(kernel: WsqKernel): { decode: Speed; encode: Speed } {
  const image = speedImage();
  const file = encodeWsq(image, {}, kernel);
  return { decode: measure(() => decodeWsq(file, kernel)), encode: measure(() => encodeWsq(image, {}, kernel)) };
}

const lines: Line[] = [];
if (existsSync(REAL_FILES)) {
  lines.push(...names('wsq', /\.wsq$/).map(compareDecode));
  lines.push(...names('wsq', /cwsq\d+\.wsq$/).map(compareEncode));
  lines.push(...names('an2', /\.an2$/).map(compareRecord));
  lines.push(...names('fmr', /\.(dat|ist|iso)$/).map(compareTemplate));
} else process.stdout.write('../shared/data/interchange is missing: no agreement is measured\n');
for (const { file, agreement, isGood } of lines) print(file, agreement, isGood ? 'good' : 'BAD');

const kernel = wsqKernel();
const product = measureKernel(kernel);
const reference = measureKernel(referenceKernel);
print('WSQ 500 × 500, one thread', 'clock median / 95th percentile / processor median, ms', 'bound, ms');
print(`decode, ${kernel.build}`, speedText(product.decode), BOUNDS.decodeMs);
print(`encode, ${kernel.build}`, speedText(product.encode), BOUNDS.encodeMs);
print('decode, typescript', speedText(reference.decode));
print('encode, typescript', speedText(reference.encode));
const bad = lines.filter((line) => !line.isGood).length;
const isFast = isWithin(product.decode, BOUNDS.decodeMs) && isWithin(product.encode, BOUNDS.encodeMs);
process.stdout.write(
  `${JSON.stringify({ files: lines.length, bad, kernel: kernel.build, ...product, reference, bounds: BOUNDS })}\n`,
);
if (bad > 0 || !isFast) process.exitCode = 1;
