import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildRenderer } from '../../build/build-renderer.ts';
import { createSocketHost, type SocketHost } from '../../electron/hosts/loopback/socket-host.ts';
import { thresholdFor } from '../../electron/domain/identification/threshold-for.ts';
import { trainingPopulation } from '../../electron/training/training-people.ts';
import type { FingerPosition } from '../../native-bridge/matcher/matcher.ts';
import { launchChromium } from '../support/chromium.ts';
import { heldClock } from '../support/held-clock.ts';
import { startTestStation, TEST_PEOPLE, visit, type StationClient, type TestStation } from '../support/test-station.ts';
import { type Answer, type Hand, OfficerAtTheDesk, PLAIN_CASE } from './pages/officer-at-the-desk.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const MINUTE_MS = 60_000;
/** Longest wait for a page, milliseconds: two cores that others use as well. */
const PAGE_TIMEOUT_MS = 15_000;
const PASSWORD = 'plain blue umbrella';
const people = trainingPopulation(TEST_PEOPLE);
/** Somebody whom the police hold, and somebody whom nobody holds. */
const KNOWN = people.find(({ immigration, police }) => police !== null && immigration === null)?.personSeed ?? -1;
const STRANGER = 9_001;

interface Looks {
  readonly language: 'en' | 'cy';
  readonly theme: 'light' | 'contrast';
  /** Width of the window, CSS pixels: half of it is what is left at 200 %. */
  readonly width: 1280 | 640;
}

const PLAIN: Looks = { language: 'en', theme: 'light', width: 1280 };
const TITLES: Readonly<Record<string, string>> = {
  '/check/grounds/purpose': 'grounds.purpose.title',
  '/check/grounds/offence': 'grounds.offence.title',
  '/check/grounds/answers': 'grounds.answers.title',
  '/check/words': 'words.title',
  '/check/capture': 'capture.title',
  '/check/results': 'results.title',
  '/check/closed': 'closed.title',
};

/** The words under a dotted key of a language. */
function wordsIn(language: 'en' | 'cy', key: string): unknown {
  const all: unknown = JSON.parse(readFileSync(join(PROJECT, `renderer/locales/${language}.json`), 'utf8'));
  return key.split('.').reduce((group, name) => (group as Readonly<Record<string, unknown>>)[name], all);
}

const clock = heldClock();
/** True while no database answers. */
let areSearchesHeld = false;
/** The score that every search comes to, or null for its own. */
let scoreOfAll: number | null = null;
let station: TestStation;
let host: SocketHost;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  await buildRenderer(PROJECT);
  station = await startTestStation({
    clock,
    matcher: (pool) => ({
      ...pool,
      async search(...of) {
        const [, , options] = of;
        if (areSearchesHeld) await new Promise((_, reject) => options.signal.addEventListener('abort', reject));
        const candidates = await pool.search(...of);
        const score = scoreOfAll;
        return score === null ? candidates : candidates.slice(0, 1).map((candidate) => ({ ...candidate, score }));
      },
    }),
  });
  host = await createSocketHost({ station: station.station, rendererFolder: join(PROJECT, '.out/renderer'), port: 0 });
  browser = await launchChromium();
  page = await browser.newPage();
  page.setDefaultTimeout(PAGE_TIMEOUT_MS);
  await page.goto(host.address);
  await page.locator('#user-name').waitFor();
  // Past the first password, so that every sign-in afterwards is a plain one.
  await (await station.signIn('officer')).client.session.signOut({});
});

// A test that failed in the middle of a check must not leave it to the next one.
afterEach(async () => {
  const { client } = await second();
  const left = await client.checks.current({});
  if (left !== null) await client.checks.end({ checkId: left.checkId, why: 'abandoned' });
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
  await station?.[Symbol.asyncDispose]();
});

let secondWindow: { readonly client: StationClient } | null = null;

/** A second window of the same officer, to see a check without touching the page. */
async function second(): Promise<{ readonly client: StationClient }> {
  if ((await secondWindow?.client.session.current({}))?.isLocked !== false)
    secondWindow = await station.signIn('officer');
  return secondWindow ?? station.signIn('officer');
}

/** Signs in with the page looking so. */
async function signIn(looks: Looks = PLAIN): Promise<void> {
  const { language, theme, width } = looks;
  await page.setViewportSize({ width, height: 900 });
  await page.evaluate((kept) => localStorage.setItem('ridgeway.preferences', JSON.stringify(kept)), {
    language,
    theme,
  });
  await page.goto(`${host.origin}/#/`);
  await page.reload();
  await page.locator('#user-name').fill('officer');
  await page.locator('#password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('#user-name').waitFor({ state: 'detached' });
}

function lay(personSeed: number, position: FingerPosition): void {
  station.present(visit(personSeed, position));
}

async function walk(desk: OfficerAtTheDesk, personSeed: number) {
  await desk.reachTheCapture();
  lay(personSeed, 2);
  expect(await desk.take('first')).toBe('captured');
  lay(personSeed, 7);
  expect(await desk.take('second')).toBe('captured');
  return desk.search();
}

async function eventsOf(reference: string) {
  const { client } = await station.signIn('auditor');
  return client.audit.search({ checkReference: reference, beforeSequence: null, limit: 500 });
}

async function shownReference(): Promise<string> {
  const shown = await page.locator('.check-frame__reference').innerText();
  return /RW-\d{4}-\d{6}/.exec(shown)?.[0] ?? '';
}

describe.each([
  ['by mouse', 'mouse', PLAIN],
  ['by the keyboard alone', 'keyboard', PLAIN],
  ['in Welsh', 'mouse', { ...PLAIN, language: 'cy' }],
  ['at 200 % zoom', 'mouse', { ...PLAIN, width: 640 }],
  ['in high contrast, by the keyboard', 'keyboard', { ...PLAIN, theme: 'contrast' }],
] as const satisfies readonly (readonly [string, Hand, Looks])[])('a check %s', (_how, hand, looks) => {
  test('goes from the home page to its receipts and back, and finds who is known', async () => {
    await signIn(looks);
    const desk = new OfficerAtTheDesk(page, hand, async (path) => {
      const key = TITLES[path];
      if (key !== undefined) expect(await page.locator('main h1').innerText()).toBe(wordsIn(looks.language, key));
      const spill = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect({ path, spill: Math.max(0, spill) }).toEqual({ path, spill: 0 });
      expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe(looks.theme);
    });

    expect(await walk(desk, KNOWN)).toEqual({ police: 'match', immigration: 'no-match' });
    expect(await desk.close()).toBe('answered');
  });
});

describe('the outcomes', () => {
  test('nobody is found of whom no database knows', async () => {
    await signIn();
    const desk = new OfficerAtTheDesk(page, 'mouse');
    expect(await walk(desk, STRANGER)).toEqual({ police: 'no-match', immigration: 'no-match' });
    await desk.close();
  });

  test('a record that is like the prints but not near enough is a possible match', async () => {
    const asked = { people: TEST_PEOPLE, fingers: 2 };
    const [match, possible] = [1e-5, 5e-4].map((targetFpir) => thresholdFor({ targetFpir, ...asked }));
    scoreOfAll = ((match ?? 0) + (possible ?? 0)) / 2;
    await signIn();
    const desk = new OfficerAtTheDesk(page, 'mouse');
    const { police } = await walk(desk, KNOWN);
    scoreOfAll = null;
    expect(police).toBe('possible-match');
    await desk.close();
  });

  test('a database that does not answer in time is told as timed out, never as no match', async () => {
    await signIn();
    const desk = new OfficerAtTheDesk(page, 'mouse');
    await desk.reachTheCapture();
    lay(KNOWN, 2);
    await desk.take('first');
    lay(KNOWN, 7);
    await desk.take('second');
    areSearchesHeld = true;
    await desk.startTheSearch();
    await page.locator('[data-state="searching"]').first().waitFor();
    clock.advance(MINUTE_MS);
    for (const database of ['police', 'immigration']) {
      await page.locator(`[data-database="${database}"] [data-choice="without"]`).click();
    }
    const answers = page.locator('[data-testid=answers] [data-answer]');
    await answers.nth(1).waitFor();
    areSearchesHeld = false;
    expect(await answers.evaluateAll((columns) => columns.map(({ dataset }) => dataset['answer']))).toEqual([
      'timed-out',
      'timed-out',
    ]);
    await desk.close();
  });
});

describe('grounds that do not suffice', () => {
  const upTo = (question: string): readonly Answer[] =>
    PLAIN_CASE.slice(
      0,
      PLAIN_CASE.findIndex((answer) => answer.question === question),
    );

  test.each([
    ['purpose', 2, 'purpose-breach-of-bail'],
    ['purpose', 3, 'purpose-immigration-status'],
    ['purpose', 4, 'purpose-victim-or-witness'],
    ['purpose', 5, 'purpose-welfare'],
    ['purpose', 6, 'purpose-consent'],
    ['person', 5, 'age-ten-or-under'],
    ['offence-stage', 5, 'no-suspicion'],
    ['name', 3, 'no-name-condition'],
    ['documents', 3, 'no-opportunity-given'],
  ])(
    '%s, answer %i: the page says why at once, and the log has it before the officer goes on',
    async (question, choice, code) => {
      await signIn();
      const desk = new OfficerAtTheDesk(page, 'keyboard');
      await desk.isAt('/');
      await desk.goOn();
      for (const answer of upTo(question)) await desk.answer(answer);
      const reference = await shownReference();
      await desk.answer({ question, choice });

      await desk.isAt(`/check/grounds/stop/${code}`);

      const [event] = await eventsOf(reference);
      expect(event).toMatchObject({ code: 'grounds-refused', details: { refusals: code } });
      // Enter goes back to the question, where another answer goes on.
      await desk.goOn();
      await desk.isAt(`/check/grounds/${question}`);
      expect(await desk.end('abandoned')).toBe('abandoned');
    },
  );

  test('an arrest for a recordable offence leads to LiveScan, and goes on only with a reason', async () => {
    await signIn();
    const desk = new OfficerAtTheDesk(page, 'keyboard');
    await desk.isAt('/');
    await desk.goOn();
    for (const answer of upTo('arrest')) await desk.answer(answer);
    await desk.answer({ question: 'arrest', choice: 1 });
    await desk.answer({ question: 'livescan', choice: 1 });
    await desk.isAt('/check/grounds/stop/livescan');
    await desk.goOn();
    await desk.answer({ question: 'livescan', choice: 2, words: { 'why-not-livescan': 'LiveScan is out of order' } });
    await desk.isAt('/check/grounds/offence-stage');
    expect(await desk.end('declined')).toBe('declined');
  });
});

describe('what does not last', () => {
  test('a check whose time is spent ends wherever the officer is, and says so', async () => {
    await signIn();
    const desk = new OfficerAtTheDesk(page, 'mouse');
    await desk.reachTheCapture();
    lay(KNOWN, 2);
    await desk.take('first');
    clock.advance(31 * MINUTE_MS);

    expect(await desk.leaveTheClosed()).toBe('time-spent');
  });

  test('a session that expired locks the screen; the check goes on after it, without prints', async () => {
    await signIn();
    const desk = new OfficerAtTheDesk(page, 'keyboard');
    await desk.reachTheCapture();
    lay(KNOWN, 2);
    await desk.take('first');
    clock.advance(11 * MINUTE_MS);

    await page.locator('#password').waitFor();
    await page.locator('#password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await desk.isAt('/check/interrupted');
    expect(await page.locator('[data-interrupted]').getAttribute('data-interrupted')).toBe('locked');
    await desk.goOn();
    await desk.isAt('/check/capture');
    expect(await page.locator('[data-slot=first]').getAttribute('data-state')).toBe('wanted');
    expect(await desk.end('declined')).toBe('declined');
  });

  test('a reload loses no answer, not even words in the middle of a sentence', async () => {
    await signIn();
    const desk = new OfficerAtTheDesk(page, 'keyboard');
    await desk.isAt('/');
    await desk.goOn();
    for (const answer of PLAIN_CASE.slice(0, 7)) await desk.answer(answer);
    await desk.isAt('/check/grounds/offence');
    await page.keyboard.type('theft from a sh');
    await expect
      .poll(async () => {
        const { client } = await second();
        const view = await client.checks.current({});
        return view?.stage === 'grounds' ? view.draft?.offence : null;
      })
      .toBe('theft from a sh');
    await signIn();
    await desk.isAt('/check/interrupted');
    await desk.goOn();
    await desk.isAt('/check/grounds/offence');
    expect(await page.locator('#offence').inputValue()).toBe('theft from a sh');
    await page.evaluate(() => (location.hash = '/check/grounds/custody-record'));
    await expect.poll(() => page.locator('#custody-record-number').inputValue()).toBe('CR/0042/26');
    expect(await desk.end('abandoned')).toBe('abandoned');
  });
});
