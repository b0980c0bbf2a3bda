import { runCallFuzz } from './run-call-fuzz.ts';

/**
 * `npm run fuzz:calls [CALLS] [SEED]`: calls every procedure as every role and as nobody with whatever comes to mind. Ends
 * with 1 when a call crashes, a scanner opens, or an answer says more than the contract.
 */
const [calls = 100_000, seed = 1] = process.argv.slice(2).map(Number);
const startedMs = performance.now();
const report = await runCallFuzz(calls, seed);
const seconds = Math.round((performance.now() - startedMs) / 1_000);
for (const [outcome, count] of Object.entries(report.outcomes).toSorted())
  console.log(`${outcome.padEnd(34)} ${count}`);
for (const problem of [...report.crashes, ...report.overflows].slice(0, 20)) console.error(problem);
const { scannersOpened, isBystanderUnharmed } = report;
const [crashes, overflows] = [report.crashes.length, report.overflows.length];
console.log(JSON.stringify({ calls, seed, seconds, crashes, overflows, scannersOpened, isBystanderUnharmed }));
process.exitCode = crashes + overflows + scannersOpened === 0 && isBystanderUnharmed ? 0 : 1;
