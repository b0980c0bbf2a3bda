/**
 * `npm run fuzz:scanner [-- STREAMS [SEED]]`: whole captures over a bus that cuts, repeats, reorders, forges and flips what
 * passes, 10,000 unless said. Ends with a wrong image, a byte left behind, an untyped error, a timer left, a flood of
 * commands, or memory that grows; else it prints how the captures ended, as one JSON line.
 */
import { captureOverSpoiledBus } from '../native-bridge/scanner/spoiled-bus.ts';

const STREAMS = 10_000;
/** How much the heap may grow from the first thousandth of the streams to the last, bytes. */
const MOST_GROWTH_BYTES = 32 * 1024 * 1024;

const [streams = STREAMS, firstSeed = 1] = process.argv.slice(2).map(Number);
const ends: Record<string, number> = {};
const startedAtMs = performance.now();
let heapAtFirst = 0;
let mostHeap = 0;
for (let stream = 0; stream < streams; stream += 1) {
  const end = await captureOverSpoiledBus(firstSeed + stream);
  ends[end] = (ends[end] ?? 0) + 1;
  if (stream % 250 !== 249) continue;
  globalThis.gc?.();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  if (heapAtFirst === 0) heapAtFirst = heapUsed + arrayBuffers;
  mostHeap = Math.max(mostHeap, heapUsed + arrayBuffers);
  process.stderr.write(`${stream + 1} streams\n`);
}
const grownBytes = mostHeap - heapAtFirst;
const isSound = grownBytes <= MOST_GROWTH_BYTES;
const seconds = Math.round((performance.now() - startedAtMs) / 1_000);
process.stdout.write(`${JSON.stringify({ isSound, streams, firstSeed, ends, grownBytes, seconds })}\n`);
process.exitCode = isSound ? 0 : 1;
