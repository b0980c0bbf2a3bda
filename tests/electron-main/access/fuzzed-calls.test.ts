import { expect, test } from 'vitest';
import { runCallFuzz } from '../../fuzz/run-call-fuzz.ts';

/** Few enough for every day; `npm run fuzz:calls` makes 100,000. */
const CALLS = 3_000;

test('whatever is called by whoever: no crash, no scanner opened, no field more than the contract', async () => {
  const report = await runCallFuzz(CALLS, 7);

  expect(report).toMatchObject({ crashes: [], overflows: [], scannersOpened: 0, isBystanderUnharmed: true });
  expect(report.outcomes['answered']).toBeGreaterThan(CALLS / 20);
  expect(report.outcomes['BAD_REQUEST']).toBeGreaterThan(CALLS / 20);
  expect(report.outcomes['session.not-permitted']).toBeGreaterThan(CALLS / 20);
}, 120_000);
