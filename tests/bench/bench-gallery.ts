import { closeSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createComparer, fuseFingers } from '../../native-bridge/matcher/compare/comparer.ts';
import type { GalleryFinger, GalleryPerson } from '../../native-bridge/matcher/index/gallery-person.ts';
import { createGalleryWriter } from '../../native-bridge/matcher/index/gallery-writer.ts';
import { openGalleryFile, planGallery } from '../../native-bridge/matcher/index/gallery-reader.ts';
import { createMatcherPool } from '../../native-bridge/matcher/matcher-pool.ts';
import type { MatcherPool, OpenGallery, ProbeFinger } from '../../native-bridge/matcher/matcher.ts';
import { statisticalTemplate } from '../support/matcher/statistical-finger.ts';
import { realMates, syntheticMates, type Mate } from './gallery-mates.ts';
import { addBackground, prepareBackground } from './statistical-background.ts';
import { quantile, templateStatistics, type TemplateStatistics } from './template-statistics.ts';

const USAGE = `npm run bench:gallery -- --people N [--mates 100] [--probes 2] [--images ../shared/data/fingerprints]
  [--exhaustive 0] [--threads 2] [--seed 1] [--copies 1]

Builds a gallery of N statistical people with two index fingers each, and of the mates: synthetic people (and, with
--images, people of the development sets). Searches it with other impressions of the mates. The background is kept in
.out/bench for the next run. --copies K makes N / K people and takes each K times: the same speed and memory in a Kth of
the time to build, and more strangers that are equally alike, so a larger loss. --exhaustive K also searches K times
exhaustively.`;

const { values } = parseArgs({
  options: {
    people: { type: 'string' },
    mates: { type: 'string', default: '100' },
    probes: { type: 'string', default: '2' },
    images: { type: 'string' },
    exhaustive: { type: 'string', default: '0' },
    threads: { type: 'string', default: String(Math.min(2, availableParallelism())) },
    seed: { type: 'string', default: '1' },
    copies: { type: 'string', default: '1' },
  },
});

function whole(name: 'people' | 'mates' | 'probes' | 'exhaustive' | 'threads' | 'seed' | 'copies'): number {
  const number = Number(values[name]);
  if (!Number.isSafeInteger(number) || number < 0 || values[name] === undefined) {
    process.stderr.write(`${USAGE}\n\n--${name} is not a whole number\n`);
    process.exit(2);
  }
  return number;
}

function log(line: string): void {
  process.stderr.write(`${line}\n`);
}

function lent(fingers: readonly GalleryFinger[]): readonly ProbeFinger[] {
  return fingers.map(({ position, template }) => {
    const memory = new SharedArrayBuffer(template.length);
    new Uint8Array(memory).set(template);
    return { position, template: memory, templateBytes: template.length };
  });
}

const comparer = createComparer();

/** What the exhaustive search would give the mate. */
function fullScore(probe: readonly GalleryFinger[], person: GalleryPerson): number {
  const scores = probe.flatMap(({ position, template }) => {
    const record = person.fingers.find((finger) => finger.position === position);
    return record === undefined
      ? []
      : [comparer.compare(comparer.prepare(template), comparer.prepare(record.template))];
  });
  return fuseFingers(scores);
}

/** What a gallery takes in memory. */
function indexBytes(galleryPath: string): number {
  const file = openGalleryFile(galleryPath);
  try {
    return planGallery(file, Infinity).header.indexBytes;
  } finally {
    closeSync(file);
  }
}

interface SearchFigures {
  readonly searches: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly cpuMsMean: number;
  readonly rank1: number;
  /** Share of the searches in which the mate, had it been compared, would have come first. */
  readonly loss: number;
}

const never = new AbortController().signal;

async function measure(
  pool: MatcherPool,
  gallery: OpenGallery,
  mates: readonly Mate[],
  limit: number,
  exhaustive: boolean,
): Promise<SearchFigures> {
  const searches = mates.flatMap(({ person, probes }) => probes.map((probe) => ({ person, probe })));
  const chosen = searches.filter(({ probe }) => probe.length > 0).slice(0, limit);
  const times: number[] = [];
  let [rank1, lost] = [0, 0];
  const cpu = process.cpuUsage();
  for (const { person, probe } of chosen) {
    const fingers = lent(probe);
    const start = performance.now();
    const options = { signal: never, deadlineMs: 3_600_000, maximumCandidates: 10, exhaustive };
    const [first] = await pool.search(gallery, fingers, options);
    times.push(performance.now() - start);
    if (first?.reference === person.reference) rank1 += 1;
    else if (fullScore(probe, person) > (first?.score ?? 0)) lost += 1;
  }
  const { user, system } = process.cpuUsage(cpu);
  return {
    searches: chosen.length,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    cpuMsMean: (user + system) / 1000 / chosen.length,
    rank1: rank1 / chosen.length,
    loss: lost / chosen.length,
  };
}

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell, index) => (index === 0 ? String(cell).padEnd(30) : String(cell).padStart(12))).join('');
}

function printStatistics(name: string, figures: TemplateStatistics): void {
  const { strangerVotes, ...flat } = figures;
  const numbers = [...Object.values(flat), strangerVotes.mean, strangerVotes.p99, strangerVotes.p999];
  log(row([name, ...numbers.map((number) => number.toFixed(number < 10 ? 2 : 0))]));
}

const people = whole('people');
const threads = whole('threads');
const seed = whole('seed');
const folder = fileURLToPath(new URL('../../.out/bench', import.meta.url));
const filePath = path.join(folder, `gallery-${people}-${process.pid}.gallery`);
await mkdir(folder, { recursive: true });

log('extracting mates …');
const synthetic = syntheticMates(whole('mates'), whole('probes'), seed);
const real = values.images === undefined ? [] : await realMates(values.images);
const mates = [...synthetic, ...real];

const templatesOf = (some: readonly Mate[]): Uint8Array[] =>
  some.flatMap(({ person }) => person.fingers.map(({ template }) => template));
const probesOf = (some: readonly Mate[]): Uint8Array[] =>
  some.flatMap(({ probes }) => (probes[0] ?? []).map(({ template }) => template));
const half = Math.ceil(synthetic.length / 2);
const statistical = Array.from({ length: 1000 }, (_, index) => statisticalTemplate(index + 1_000_000));
const statistics: Record<string, TemplateStatistics> = {
  'statistical, synthetic probes': templateStatistics(statistical, probesOf(synthetic)),
  'synthetic, synthetic probes': templateStatistics(
    templatesOf(synthetic.slice(0, half)),
    probesOf(synthetic.slice(half)),
  ),
};
if (real.length > 0) {
  statistics['statistical, real probes'] = templateStatistics(statistical, probesOf(real));
  statistics['real, real probes'] = templateStatistics(
    templatesOf(real.filter((_, index) => index % 2 === 0)),
    probesOf(real.filter((_, index) => index % 2 === 1)),
  );
}
log(
  row([
    'templates',
    'number',
    'bytes',
    'minutiae',
    '±',
    'cells',
    'quality',
    '±',
    'nearest px',
    'turn °',
    'same way',
    'vote',
    'p99',
    'p99.9',
  ]),
);
for (const [name, figures] of Object.entries(statistics)) printStatistics(name, figures);

log('building the gallery …');
const buildStart = performance.now();
const copies = Math.max(1, whole('copies'));
const distinct = Math.ceil(people / copies);
const background = path.join(folder, `background-${distinct}-${seed}.gallery`);
await prepareBackground({ filePath: background, people: distinct, seed, threads }, (done) => {
  if (done % 102_400 < 4096) log(`  ${done} people`);
});
{
  const createdAt = new Date().toISOString();
  const provenance = { databaseLabel: 'Benchmark', origin: 'bench:gallery', createdAt };
  await using writer = await createGalleryWriter(filePath, provenance);
  for (const { person } of mates) if (person.fingers.length > 0) await writer.add(person);
  await addBackground(writer, background, copies);
  await writer.finish();
}
const buildSeconds = (performance.now() - buildStart) / 1000;

const pool = createMatcherPool({ threads });
try {
  const openStart = performance.now();
  const gallery = await pool.openGallery(filePath, never);
  const openSeconds = (performance.now() - openStart) / 1000;
  const galleryBytes = indexBytes(filePath);
  await measure(pool, gallery, mates, 5, false);
  const results: Record<string, SearchFigures> = {
    synthetic: await measure(pool, gallery, synthetic, Infinity, false),
  };
  if (real.length > 0) results['real'] = await measure(pool, gallery, real, Infinity, false);
  const exhaustive = whole('exhaustive');
  if (exhaustive > 0) results['exhaustive'] = await measure(pool, gallery, mates, exhaustive, true);
  const residentBytes = process.resourceUsage().maxRSS * 1024;
  log(row(['search', 'searches', 'p50 ms', 'p95 ms', 'cpu ms', 'rank 1 %', 'loss %']));
  for (const [name, figures] of Object.entries(results)) {
    const { searches, p50Ms, p95Ms, cpuMsMean, rank1, loss } = figures;
    const percent = (share: number): string => (share * 100).toFixed(2);
    log(row([name, searches, p50Ms.toFixed(1), p95Ms.toFixed(1), cpuMsMean.toFixed(1), percent(rank1), percent(loss)]));
  }
  const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)} GiB`;
  log(`gallery ${gibibytes(galleryBytes)} in memory, process at most ${gibibytes(residentBytes)}`);
  log(`built in ${buildSeconds.toFixed(0)} s, opened in ${openSeconds.toFixed(1)} s`);
  const figures = { people: gallery.people, fingers: gallery.fingers, threads, galleryBytes, residentBytes };
  process.stdout.write(
    `${JSON.stringify({ ...figures, buildSeconds, openSeconds, results, templateStatistics: statistics })}\n`,
  );
} finally {
  await pool[Symbol.asyncDispose]();
  await rm(filePath, { force: true });
}
