import { expect, test } from 'vitest';
import { holds, runLoad } from '../../../prove/gateway/load-run.ts';

/** The proof in small; `npm run prove:gateway` runs a thousand. */
test('sixty checks with a fifth of their searches faulty each end as predicted, none twice, and no byte is left', async () => {
  const figures = await runLoad({ checks: 60, faultShare: 0.2, seed: 6 });

  expect(figures.wrongEnds).toEqual([]);
  expect(figures.wrongCounts).toEqual([]);
  expect(figures.faults).toBeGreaterThan(15);
  expect(figures.receipts).toBe(figures.buffers);
  expect(holds(figures)).toBe(true);
}, 120_000);
