/**
 * Proves the gateway's promise: checks over real TLS against the reference gateway in a process of its own, a fifth of the
 * searches with a fault, each ending as the table of faults says, none searched twice, no byte left.
 *
 *   npm run prove:gateway [-- --checks 1000] [--seed 6] [--share 0.2]
 */
import { parseArgs } from 'node:util';
import { holds, runLoad } from './gateway/load-run.ts';

const { values } = parseArgs({
  options: {
    checks: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '6' },
    share: { type: 'string', default: '0.2' },
  },
});

const figures = await runLoad({
  checks: Number(values.checks),
  seed: Number(values.seed),
  faultShare: Number(values.share),
  onProgress: (done) => {
    if (done % 50 === 0) console.error(`${done} checks`);
  },
});
for (const wrong of [...figures.wrongEnds, ...figures.wrongCounts].slice(0, 20)) console.error(wrong);
console.log(JSON.stringify(figures));
process.exitCode = holds(figures) ? 0 : 1;
