import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/** Smallest side of a target, CSS pixels. Source: WCAG 2.2, 2.5.5 (enhanced): officers wear gloves. */
const TARGET_PX = 44;

/**
 * What axe finds on a page, by all of its rules or by some; each finding with the element that it is about. While a dialog
 * is open the page behind it is inert and half covered, so it is the dialog that is looked at.
 */
export async function violations(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  // Without the extra page that axe opens for frames: there are none here.
  const wholePage = new AxeBuilder({ page }).setLegacyMode(true);
  const axe = (await page.locator('dialog[open]').count()) > 0 ? wholePage.include('dialog[open]') : wholePage;
  const found = await (rules === undefined ? axe : axe.withRules([...rules])).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

/** Controls that are smaller than a gloved finger; a link inside a sentence is not one to hit. */
export async function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate((least) => {
    const controls = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')];
    return controls
      .filter((control) => control.checkVisibility() && control.closest('p, .govuk-skip-link') === null)
      .filter((control) => !control.matches('.govuk-skip-link, .role-cards__link'))
      .map((control) => ({ control, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.height < least - 0.5 || box.width < least - 0.5)
      .map(({ box, control }) => `${control.tagName} "${control.textContent?.trim()}" ${box.width}×${box.height}`);
  }, TARGET_PX);
}

/** How far a page scrolls sideways at 200 %: what 1280 pixels have left is 640. */
export async function spillAt200Percent(page: Page): Promise<number> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 640, height: 450 });
  const spill = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (before !== null) await page.setViewportSize(before);
  return spill;
}
