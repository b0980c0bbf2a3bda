// @vitest-environment node
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { buildRendererUnderTest, serveFakeStation, type FakeHost } from '../support/fake-host.ts';
import { FAKE_PASSWORD, FakeStation } from '../support/fake-station.ts';
import { captureView, match, noMatch, resultsView, searchingView } from '../support/example-views.ts';
import { smallTargets, spillAt200Percent, violations } from '../support/page-checks.ts';
import type { Scene } from '../support/scene.ts';
import { SCENES } from '../support/scenes.ts';

/** A browser under load on two cores takes its time. */
const PATIENCE = { timeout: 60_000 };

let fake: FakeStation;
let host: FakeHost;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  const folder = await buildRendererUnderTest();
  fake = new FakeStation();
  host = await serveFakeStation(fake, folder);
  browser = await launchChromium();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && origin !== host.origin) complaints.push(`asked ${request.url()}`);
  });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
});

/** Who is signed in, and whether the page follows a check that the fake station can move. */
let seated: { readonly role: Scene['role']; followsCheck: boolean } | null = null;

async function signIn(role: Scene['role']): Promise<void> {
  fake.check.set(null);
  await page.goto(host.origin);
  await page.reload();
  await page.locator('#user-name').waitFor();
  seated = { role, followsCheck: false };
  if (role === null) return;
  await page.locator('#user-name').fill(role === 'administrator' ? 'admin' : role);
  await page.locator('#password').fill(FAKE_PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('#user-name').waitFor({ state: 'detached' });
}

async function beginCheck(): Promise<void> {
  await page.getByRole('button', { name: 'Start an identity check' }).click();
  await page.getByRole('heading', { name: 'Why are prints to be taken?' }).waitFor();
}

/** Opens a page of the application by its path, as a link in it would. */
async function open(path: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), path);
  await page.waitForFunction((wanted) => location.hash === `#${wanted}`, path);
}

/** Brings the browser to a scene: the station says what it says there, and the page is the one that is wanted. */
async function show(scene: Scene): Promise<void> {
  if (seated === null || seated.role !== scene.role || scene.role === null || scene.startsAnew)
    await signIn(scene.role);
  if (seated !== null && scene.check !== undefined) {
    if (!seated.followsCheck) await beginCheck();
    seated.followsCheck = true;
    // Through a stage between, so that the page takes up this one anew.
    fake.check.set(scene.check.stage === 'searching' ? captureView() : searchingView());
    await page.waitForFunction(() => /searching|capture/.test(location.hash));
    fake.check.set(scene.check);
    await page.waitForFunction((stage) => location.hash.includes(stage), scene.check.stage);
  }
  if (scene.path !== undefined) await open(scene.path);
  await page.locator('main h1').waitFor();
  await scene.act?.(page);
  // A check that is over, and a page that shows a password or is locked, is nothing to go on from.
  if (scene.check?.stage === 'closed' || scene.endsHere) seated = null;
}

async function paint(theme: string): Promise<void> {
  await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
}

describe.each(SCENES)('the page $name', (scene) => {
  test(
    'is accessible, has targets for gloves, one heading, a title, and no sideways scrolling at 200 %',
    async () => {
      await show(scene);
      expect(await violations(page)).toEqual([]);
      expect(await smallTargets(page)).toEqual([]);
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.title()).toMatch(/\S – Ridgeway$/);
      // Questions look alike: the themes are tried on those that stand for the others.
      const isOneOfMany = scene.name.startsWith('question-') && !scene.name.endsWith('-open');
      for (const theme of isOneOfMany ? [] : ['dark', 'contrast']) {
        await paint(theme);
        expect({ theme, violations: await violations(page, ['color-contrast']) }).toEqual({ theme, violations: [] });
      }
      await paint('light');
      expect(await spillAt200Percent(page)).toBeLessThanOrEqual(0);
    },
    PATIENCE.timeout,
  );
});

test(
  'a new page begins at its heading for the keyboard and the screen reader',
  async () => {
    await signIn('officer');
    await page.getByRole('button', { name: 'Start an identity check' }).click();
    await page.getByRole('heading', { name: 'Why are prints to be taken?' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Why are prints to be taken?');
  },
  PATIENCE.timeout,
);

test(
  'the whole journey can be walked by the keyboard alone',
  async () => {
    fake.answers = { police: match('2018/0123456P'), immigration: noMatch() };
    await signIn('officer');
    const on = async (title: string): Promise<void> => page.getByRole('heading', { level: 1, name: title }).waitFor();
    const keys = async (...pressed: readonly string[]): Promise<void> => {
      for (const key of pressed) await page.keyboard.press(key);
    };
    await on('Identity check');
    await keys('Enter');
    await on('Why are prints to be taken?');
    await keys('1');
    await on('What is the custody record number?');
    await page.keyboard.type('CR/0042/26');
    await keys('Enter');
    await on('Who holds the suspicion?');
    await page.keyboard.type('PC 4217');
    await keys('Enter');
    for (const [title, key] of [
      ['How old is the person, and are they vulnerable?', '1'],
      ['Was the person arrested for a recordable offence?', '2'],
      ['What do you suspect?', '3'],
      ['Which kind of offence?', '3'],
    ] as const) {
      await on(title);
      await keys(key);
    }
    await on('Which offence, and why?');
    await page.keyboard.type('theft from a shop');
    await keys('Enter');
    await page.keyboard.type('the goods were in the bag');
    await keys('Enter');
    await on('What about the name?');
    await keys('1');
    await page.keyboard.type('asked three times');
    await keys('Enter');
    for (const title of [
      'Given the chance, did the person show any documents?',
      'Is an interpreter needed?',
      'Was force needed?',
    ]) {
      await on(title);
      await keys('1');
    }
    await on('Check your answers');
    await keys('Enter');
    await on('Say this to the person');
    for (let said = 1; said <= 5; said += 1) {
      await keys('Enter');
      if (said < 5)
        await page
          .locator('.spoken-words__said')
          .nth(said - 1)
          .waitFor();
    }
    await on('Take two prints');
    await keys('Alt+1');
    await page.locator('[data-slot=first][data-state=captured]').waitFor();
    await keys('Enter');
    await page.locator('[data-slot=second][data-state=captured]').waitFor();
    await keys('Enter');
    await on('What the databases said');
    await page.getByText('2018/0123456P').waitFor();
    await keys('Alt+n');
    await on('Check closed');
    await keys('Enter');
    await on('Identity check');
    expect(fake.calls.map(({ name }) => name)).toContain('checks.close');
  },
  PATIENCE.timeout,
);

test(
  'a screen reader reads the results in their order: police first, each with its answer, meaning and next step',
  async () => {
    await signIn('officer');
    await page.getByRole('button', { name: 'Start an identity check' }).click();
    await page.getByRole('heading', { name: 'Why are prints to be taken?' }).waitFor();
    fake.check.set(resultsView(match('2018/0123456P'), { kind: 'timed-out', afterMs: 30_000 }));
    await page.getByTestId('answers').waitFor();
    const read = (await page.locator('main').ariaSnapshot()).replace(/\d+ minutes left/, 'N minutes left');
    await expect(`${read}\n`).toMatchFileSnapshot('../../golden/results-page.aria.txt');
  },
  PATIENCE.timeout,
);

test(
  'a station that goes away and comes back is told in one sentence, and the page finds it again by itself',
  async () => {
    await signIn('sergeant');
    const before = complaints.length;
    host.goAway();
    await page.getByText('The connection to the station was lost.').waitFor();
    host.comeBack();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor({ timeout: 20_000 });
    expect(await page.locator('main').innerText()).toContain('The connection was lost, so your session ended.');
    // What the browser itself says of the socket that it could not open is no complaint of the page.
    complaints.splice(before);
  },
  PATIENCE.timeout,
);

test(
  'a page works without its one permitted store, and keeps nothing but how it looks',
  async () => {
    await signIn('officer');
    const kept = await page.evaluate(() =>
      [...Array(localStorage.length).keys()].map((index) => localStorage.key(index)),
    );
    expect(kept).toEqual(['ridgeway.preferences']);
    expect(await context.cookies()).toEqual([]);
  },
  PATIENCE.timeout,
);

test('in all of this the page broke no rule of its content policy and asked nobody but its station', () => {
  expect(complaints).toEqual([]);
});
