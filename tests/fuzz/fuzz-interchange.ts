import { wsqKernel } from '../../native-bridge/interchange/wsq/wsq-kernel.ts';
import { loadSeeds } from './interchange-seeds.ts';
import { runFuzz } from './run-fuzz.ts';

/**
 * `npm run fuzz:interchange [CASES] [FIRST]`: damages real files and reads them. Ends with 1 when a case throws anything
 * but a typed fault, takes over a second, or when the process ever held over 256 MB.
 */
const CASES = Number(process.argv[2] ?? 200_000);
const FIRST = Number(process.argv[3] ?? 1);
const MOST_MS = 1_000;
const MOST_RSS_KB = 256 * 1024;
/** Files above this are left out of most cases: they only repeat what smaller ones show. */
const SMALL_BYTES = 45_000;
/** One batch in so many takes the large files too. */
const LARGE_EVERY = 10;
const BATCH = 1_000;

const small = loadSeeds(SMALL_BYTES);
const all = loadSeeds(Infinity);
const outcomes: Record<string, number> = {};
let slowestMs = 0;
let slowestCase = '';
const startedMs = performance.now();
for (let done = 0; done < CASES; done += BATCH) {
  const batch = Math.floor((FIRST + done - 1) / BATCH);
  const isLarge = batch % LARGE_EVERY === LARGE_EVERY - 1;
  const report = runFuzz(isLarge ? all : small, Math.min(BATCH, CASES - done), FIRST + done, wsqKernel());
  for (const [key, count] of Object.entries(report.outcomes)) outcomes[key] = (outcomes[key] ?? 0) + count;
  if (report.slowestMs > slowestMs) ({ slowestMs, slowestCase } = report);
}
const peakKb = process.resourceUsage().maxRSS;
for (const [key, count] of Object.entries(outcomes).toSorted()) process.stdout.write(`${key.padEnd(28)} ${count}\n`);
const summary = {
  cases: CASES,
  seeds: all.length,
  kernel: wsqKernel().build,
  seconds: Math.round((performance.now() - startedMs) / 1_000),
  slowestMs: Math.round(slowestMs),
  slowestCase,
  peakRssMb: Math.round(peakKb / 1_024),
};
process.stdout.write(`${JSON.stringify(summary)}\n`);
if (slowestMs > MOST_MS || peakKb > MOST_RSS_KB) process.exitCode = 1;
