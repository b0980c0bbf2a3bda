// @vitest-environment node
import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DatabaseSearch } from '../../../electron/contract/checks.ts';
import { openFakePages, type FakePages } from '../support/fake-pages.ts';
import { answered, match, noMatch, outstanding, searchingView } from '../support/example-views.ts';
import type { FakeStation } from '../support/fake-station.ts';

/** A browser under load on two cores takes its time. */
const PATIENCE = 60_000;

let pages: FakePages;
let fake: FakeStation;
let page: Page;

beforeAll(async () => {
  pages = await openFakePages();
  fake = pages.fake;
}, 120_000);

afterAll(() => pages?.[Symbol.asyncDispose]());

beforeEach(async () => {
  await page?.close();
  page = await pages.newPage();
  fake.calls.length = 0;
}, PATIENCE);

/** Signs in where a check is already being searched. */
async function showSearching(police: DatabaseSearch, immigration: DatabaseSearch): Promise<void> {
  fake.check.set(searchingView(police, immigration));
  await pages.signIn(page, 'officer');
  await page.getByRole('button', { name: 'Go on with this check' }).click();
  await page.getByRole('heading', { name: 'Searching both databases' }).waitFor();
}

function called(): readonly string[] {
  return fake.calls.map(({ name }) => name).filter((name) => name.startsWith('checks.'));
}

const words = (database: string): Promise<string> =>
  page.locator(`[data-database=${database}] .answer-column__words`).innerText();

test(
  'both databases are shown side by side, each with a state in words that is read out when it changes',
  async () => {
    await showSearching({ state: 'queued' }, { state: 'sent' });
    expect([await words('police'), await words('immigration')]).toEqual(['Waiting to start', 'Sent']);

    fake.check.set(searchingView({ state: 'searching', searchedShare: 0.5 }, outstanding()));
    await page.getByText('No answer yet').waitFor();

    expect(await words('police')).toBe('Searching');
    expect(await page.locator('[data-database] [role=status]').count()).toBe(2);
    expect(await page.locator('main > * [role=status]').first().innerText()).toContain('You decide');
  },
  PATIENCE,
);

test(
  'the answer that is there is shown, and consulted, as soon as the other database is outstanding and not before',
  async () => {
    await showSearching(answered(match('2018/0123456P')), { state: 'searching', searchedShare: 0.2 });
    expect(await page.getByText('2018/0123456P').count()).toBe(0);
    expect(called()).not.toContain('checks.viewResults');

    fake.check.set(searchingView(answered(match('2018/0123456P')), outstanding()));

    await page.getByText('2018/0123456P').waitFor();
    expect(called().filter((name) => name === 'checks.viewResults')).toHaveLength(1);
  },
  PATIENCE,
);

test(
  'by the keyboard alone an officer waits, tries again, and closes with one answer outstanding',
  async () => {
    await showSearching(answered(noMatch()), outstanding());
    const focused = (): Promise<string> =>
      page.evaluate(() => document.activeElement?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '');
    await page.locator('#searching-immigration').focus();

    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Keep waiting (Immigration records)');
    await page.keyboard.press('Enter');
    await page.getByText('Waiting for its answer').waitFor();
    // The choice is gone, and the focus is still with its database.
    expect(await focused()).toBe('Immigration records');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Try again (Immigration records)');
    await page.keyboard.press('Enter');
    await page.locator('[data-database=immigration][data-state=sent]').waitFor();
    expect(await focused()).toBe('Immigration records');
    fake.check.set(searchingView(answered(noMatch()), outstanding('gateway-unreachable')));
    await page.getByText('The other system could not be reached.').waitFor();
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press('Tab');
    expect(await focused()).toBe('Go on without it (Immigration records)');
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: 'What the databases said' }).waitFor();
    await page.getByText('You went on without its answer.').waitFor();
    await page.keyboard.press('Alt+n');
    await page.getByRole('heading', { name: 'Check closed' }).waitFor();
    expect(called()).toEqual(
      expect.arrayContaining(['checks.keepWaiting', 'checks.tryAgain', 'checks.goOnWithout', 'checks.close']),
    );
  },
  PATIENCE,
);

test(
  'a database that may not be asked again offers only what still makes a difference',
  async () => {
    await showSearching(outstanding('gateway-failed', { canTryAgain: false }), outstanding('no-answer-yet'));

    const choices = (database: string): Promise<readonly (string | null)[]> =>
      page
        .locator(`[data-database=${database}] [data-choice]`)
        .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('data-choice')));

    expect(await choices('police')).toEqual(['without']);
    expect(await choices('immigration')).toEqual(['wait', 'again', 'without']);
  },
  PATIENCE,
);
