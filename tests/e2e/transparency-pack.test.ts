import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from 'vitest';
import { makePack } from '../../electron/counts/pack/transparency-pack.ts';
import { monthsBetween } from '../../electron/domain/counts/month.ts';
import { launchChromium } from '../support/chromium.ts';
import { randomCounts } from '../support/counts/random-counts.ts';

test('axe finds nothing on the published page, wide or narrow, and its tables can be reached by keyboard', async () => {
  const { files } = makePack(
    {
      counts: randomCounts(monthsBetween('2025-09', '2026-01'), 40, 'pack', true),
      earlier: [],
      inUseSince: '2025-09',
      missing: [],
    },
    {
      from: '2025-09',
      to: '2026-01',
      publisher: 'Test force',
      threshold: 5,
      nowMs: Date.parse('2026-02-10T12:00:00Z'),
    },
  );
  const html = String(files.find(({ path }) => path === 'index.html')?.content);
  const browser = await launchChromium();
  try {
    for (const width of [1280, 360]) {
      const context = await browser.newContext({ viewport: { width, height: 900 } });
      const page = await context.newPage();
      await page.setContent(html);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the tables');
      const folder = process.env['RIDGEWAY_SCREENSHOTS'];
      if (folder !== undefined) await page.screenshot({ path: `${folder}/pack-${width}.png`, fullPage: true });
      await context.close();
    }
  } finally {
    await browser.close();
  }
});
