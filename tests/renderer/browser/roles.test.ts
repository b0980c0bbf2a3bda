// @vitest-environment node
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groundsView, wordsView } from '../support/example-views.ts';
import { openFakePages, type FakePages } from '../support/fake-pages.ts';
import type { FakeStation } from '../support/fake-station.ts';
import { smallTargets, spillAt200Percent, violations } from '../support/page-checks.ts';
import { ROLE_SCENES } from '../support/role-scenes.ts';
import { Stage } from '../support/stage.ts';

/** A browser under load on two cores takes its time. */
const PATIENCE = { timeout: 60_000 };
/** Every look that a page can have; quiet mode is a look of its own over two of the themes. */
const LOOKS = [
  { theme: 'dark', isQuiet: false },
  { theme: 'contrast', isQuiet: false },
  { theme: 'light', isQuiet: true },
  { theme: 'dark', isQuiet: true },
] as const;

let pages: FakePages;
let fake: FakeStation;
let page: Page;
let stage: Stage;

beforeAll(async () => {
  pages = await openFakePages();
  fake = pages.fake;
  page = await pages.newPage();
  stage = new Stage(page, fake, pages.host.origin);
}, 120_000);

afterAll(() => pages?.[Symbol.asyncDispose]());

async function look(theme: string, isQuiet: boolean): Promise<void> {
  await page.evaluate(
    (wanted) => {
      document.documentElement.dataset['theme'] = wanted.theme;
      document.documentElement.toggleAttribute('data-quiet', wanted.isQuiet);
    },
    { theme, isQuiet },
  );
}

/** What has the focus, as a reader of this test would call it. */
const focused = (): Promise<string> =>
  page.evaluate(() => {
    const control = document.activeElement;
    const label =
      control instanceof HTMLInputElement || control instanceof HTMLSelectElement ? control.labels?.[0] : null;
    return (label ?? control)?.textContent?.replaceAll(/\s+/g, ' ').trim().slice(0, 40) ?? '';
  });

/** The names of what the Tab key leads to, one after the other, from where the focus is. */
async function tabbedTo(count: number): Promise<readonly string[]> {
  const names: string[] = [];
  for (let pressed = 0; pressed < count; pressed += 1) {
    await page.keyboard.press('Tab');
    names.push(await focused());
  }
  return names;
}

describe.each(ROLE_SCENES)('the page $name', (scene) => {
  test(
    'is accessible in every theme and in quiet mode, has targets for gloves, and fits at 200 %',
    async () => {
      await stage.show(scene);
      expect(await violations(page)).toEqual([]);
      expect(await smallTargets(page)).toEqual([]);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.title()).toMatch(/\S – Ridgeway$/);
      for (const { isQuiet, theme } of LOOKS) {
        await look(theme, isQuiet);
        const found = await violations(page, ['color-contrast']);
        expect({ theme, isQuiet, found }).toEqual({ theme, isQuiet, found: [] });
      }
      await look('light', false);
      expect(await spillAt200Percent(page)).toBeLessThanOrEqual(0);
    },
    PATIENCE.timeout,
  );
});

describe('the focus', () => {
  test(
    'goes through the administrator’s test in the order in which the page is read',
    async () => {
      await stage.show({ name: 'health', role: 'administrator', path: '/admin/health' });
      await page.locator('main h1').focus();
      expect(await tabbedTo(1)).toEqual(['Test the station']);
      await page.keyboard.press('Enter');
      await page.locator('[data-self-test=ended]').waitFor();
      expect(await focused()).toBe('Test again');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('What was tested');
    },
    PATIENCE.timeout,
  );

  test(
    'goes through the sergeant’s page from the open checks to the counts',
    async () => {
      await stage.show({ name: 'sergeant', role: 'sergeant', path: '/' });
      await page.getByTestId('open-checks').waitFor();
      await page.getByTestId('month-so-far').waitFor();
      await page.locator('main h1').focus();
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
        'Open checks, oldest first',
      );
      expect(await tabbedTo(2)).toEqual(['Look again', 'All counts, month by month']);
    },
    PATIENCE.timeout,
  );

  test(
    'goes through the auditor’s page: verify, one check, then the ways on',
    async () => {
      await stage.show({ name: 'auditor', role: 'auditor', path: '/' });
      await page.locator('main h1').focus();
      expect(await tabbedTo(6)).toEqual([
        'Verify the log',
        'Reference of a check',
        'Show its story',
        'Audit log',
        'Export the log',
        'Counts by month',
      ]);
    },
    PATIENCE.timeout,
  );
});

describe('help', () => {
  test(
    'opens by Alt + H and by a question mark, takes the focus, and gives it back',
    async () => {
      await stage.show({ name: 'words', role: 'officer', check: wordsView(1) });
      const said = page.getByRole('button', { name: 'I have said this' }).first();
      for (const key of ['Alt+h', '?']) {
        await said.focus();
        await page.keyboard.press(key);
        await page.locator('dialog[open]').waitFor();
        expect(await focused()).toBe('Help');
        await page.keyboard.press('Escape');
        await page.locator('dialog[open]').waitFor({ state: 'detached' });
        expect(await focused()).toBe('I have said this');
      }
    },
    PATIENCE.timeout,
  );

  test(
    'lets no key through to the page behind it',
    async () => {
      await stage.show({ name: 'purpose', role: 'officer', check: groundsView() });
      const before = page.url();
      await page.keyboard.press('Alt+h');
      for (const key of ['1', 'Enter', 'Alt+n', 'Alt+l', 'Alt+b']) await page.keyboard.press(key);
      expect(page.url()).toBe(before);
      expect(await page.locator('main input:checked').count()).toBe(0);
      expect(await page.locator('dialog[open]').count()).toBe(1);
    },
    PATIENCE.timeout,
  );

  test(
    'shows the keys of the page that is shown, and no question mark while single keys are switched off',
    async () => {
      await stage.show({ name: 'purpose', role: 'officer', check: groundsView() });
      const keys = (): Promise<readonly string[]> => page.locator('dialog[open] kbd.ridgeway-key').allInnerTexts();
      await page.keyboard.press('?');
      await page.locator('dialog[open]').waitFor();
      expect(await keys()).toEqual(expect.arrayContaining(['1 – 6', 'Enter', 'Alt + N', 'Alt + L', '?']));
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Display' }).click();
      await page.locator('#number-keys').uncheck();
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      expect(await page.locator('dialog[open]').count()).toBe(0);
      await page.keyboard.press('Alt+h');
      expect(await keys()).not.toContain('?');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Display' }).click();
      await page.locator('#number-keys').check();
    },
    PATIENCE.timeout,
  );
});

test(
  'quiet mode is kept, leaves nothing moving, and dims what is bright',
  async () => {
    await stage.signIn('officer');
    await page.getByRole('button', { name: 'Display' }).click();
    await page.locator('#quiet-mode').check();
    await page.reload();
    const found = await page.evaluate(() => ({
      isQuiet: document.documentElement.hasAttribute('data-quiet'),
      background: getComputedStyle(document.body).backgroundColor,
      moving: [...document.querySelectorAll('*')].filter((element) => {
        const { animationName, transitionDuration } = getComputedStyle(element);
        return animationName !== 'none' || transitionDuration !== '0s';
      }).length,
    }));
    expect(found).toEqual({ isQuiet: true, background: 'rgb(217, 219, 214)', moving: 0 });
    await page.evaluate(() => localStorage.clear());
  },
  PATIENCE.timeout,
);

test(
  'a notice is read beside the check: the way back leads to the very step that was left',
  async () => {
    await stage.show({ name: 'words', role: 'officer', check: wordsView(2) });
    await page.getByTestId('notice-link').click();
    await page.getByTestId('notice').waitFor();
    await page.getByLabel('Language').selectOption('ar');
    const notice = page.getByTestId('notice');
    await page.locator('[data-testid=notice][dir=rtl][lang=ar]').waitFor();
    // Right to left is mirrored: a list's marks stand at the right.
    const side = await notice.locator('ul').evaluate((list) => getComputedStyle(list).paddingRight);
    expect(side).not.toBe('0px');
    expect(await page.getByTestId('notice-origin').innerText()).toContain('not yet reviewed by a speaker');
    await page.getByRole('link', { name: 'Back' }).click();
    expect(await page.getByRole('button', { name: 'I have said this' }).count()).toBe(3);
  },
  PATIENCE.timeout,
);
