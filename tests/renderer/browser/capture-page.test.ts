// @vitest-environment node
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  PLACEMENT_HINTS,
  type CheckView,
  type FingerState,
  type FingerView,
} from '../../../electron/contract/checks.ts';
import type { RefusalCode } from '../../../electron/contract/errors.ts';
import english from '../../../renderer/locales/en.json' with { type: 'json' };
import welsh from '../../../renderer/locales/cy.json' with { type: 'json' };
import { launchChromium } from '../../support/chromium.ts';
import { CAPTURED, captureView, exampleMap, exampleStatus, searchingView } from '../support/example-views.ts';
import { buildRendererUnderTest, serveFakeStation, type FakeHost } from '../support/fake-host.ts';
import { FAKE_PASSWORD, FakeStation } from '../support/fake-station.ts';

const PATIENCE_MS = 60_000;
/** Every code in which a capture that had begun can end. */
const ENDINGS: readonly RefusalCode[] = [
  'capture.no-finger',
  'capture.glass-not-clean',
  'capture.finger-laid-twice',
  'scanner.unplugged',
  'scanner.no-answer',
  'scanner.fault',
  'scanner.feed-empty',
  'scanner.feed-unreadable',
  'station.fault',
];
/** Every code with which a capture can be refused before it begins. */
const REFUSALS: readonly RefusalCode[] = [
  'scanner.not-found',
  'scanner.not-chosen',
  'scanner.several',
  'scanner.wrong-one',
  'scanner.no-permission',
  'scanner.no-serial-number',
  'scanner.not-enrolled',
  'scanner.in-use',
  'scanner.driver-missing',
  'scanner.no-answer',
  'scanner.unplugged',
  'scanner.fault',
  'capture.in-progress',
  'capture.too-many-attempts',
  'capture.same-finger-twice',
  'grant.ended',
  'grounds.altered',
  'storage.full',
];

let fake: FakeStation;
let host: FakeHost;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const folder = await buildRendererUnderTest();
  fake = new FakeStation();
  host = await serveFakeStation(fake, folder);
  browser = await launchChromium();
  page = await (
    await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  ).newPage();
  await page.goto(host.origin);
  await page.locator('#user-name').fill('officer');
  await page.locator('#password').fill(FAKE_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Start an identity check' }).click();
  await page.getByRole('heading', { name: 'Why are prints to be taken?' }).waitFor();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
});

/** The refusal's words as the locale has them. */
function wordsOf(code: RefusalCode, locale: typeof english = english): string {
  const [group = '', name = ''] = code.split('.', 2);
  const groups: Readonly<Record<string, Readonly<Record<string, string>>>> = locale.refusals;
  return groups[group]?.[name] ?? '';
}

/** The view with other facts about the first finger. */
function withFirst(view: CheckView, changes: Partial<FingerView>): CheckView {
  if (view.stage !== 'capture') throw new Error(view.stage);
  return { ...view, fingers: [{ ...view.fingers[0], ...changes }, view.fingers[1]] };
}

/** Opens the page anew, as an officer finds it who has not begun with a finger. */
async function openThePage(view: CheckView = captureView()): Promise<void> {
  fake.status.set(exampleStatus());
  fake.check.set(searchingView());
  await page.waitForFunction(() => location.hash.includes('searching'));
  fake.check.set(view);
  await page.waitForFunction(() => location.hash.includes('capture'));
  await page.locator('[data-slot=first]').waitFor();
}

async function become(first: FingerState, changes: Partial<FingerView> = {}): Promise<void> {
  fake.check.set(withFirst(captureView(first), changes));
  await page.locator(`[data-slot=first][data-state=${first.kind}]`).waitFor();
}

const card = (slot: 'first' | 'second' = 'first'): Locator => page.locator(`[data-slot=${slot}]`);
const wordsOn = (slot: 'first' | 'second' = 'first'): Locator => card(slot).locator('.finger-card__words');
const said = (): Locator => page.getByTestId('said');
const focused = (): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute('data-take') ?? activeElement?.id ?? '';
  });

/** Waits until what is read is as wanted. */
async function expectSoon(read: () => Promise<unknown>, wanted: unknown): Promise<void> {
  await expect.poll(read, { timeout: 10_000, interval: 50 }).toEqual(wanted);
}

describe('every hint', () => {
  const previewing = (hint: (typeof PLACEMENT_HINTS)[number]): FingerState => ({
    kind: 'previewing',
    map: exampleMap(2),
    quality: 40,
    hint,
  });

  test.each(PLACEMENT_HINTS)(
    '"%s" is the largest words of the page, has a shape of its own, and is said',
    async (hint) => {
      await openThePage(captureView({ kind: 'waiting-for-finger' }));
      await become(previewing(hint));
      const words = english.capture.hints[hint];
      await expectSoon(() => wordsOn().innerText(), words);
      await expectSoon(() => said().innerText(), words);
      expect(await said().getAttribute('aria-live')).toBe('polite');
      expect(await card().locator(`.hint-mark--${hint}`).count()).toBe(1);
      const sizes = await page.evaluate(() => {
        const sizeOf = (element: Element): number => Number.parseFloat(getComputedStyle(element).fontSize);
        const hintWords = document.querySelector('[data-slot=first] .finger-card__words');
        const others = [...document.querySelectorAll('main *')].filter(
          (element) => element.textContent !== '' && !hintWords?.contains(element) && !element.contains(hintWords),
        );
        return { hint: hintWords === null ? 0 : sizeOf(hintWords), other: Math.max(...others.map(sizeOf)) };
      });
      expect(sizes.hint).toBeGreaterThan(sizes.other);
    },
    PATIENCE_MS,
  );

  test(
    'no two hints share their shape or their words',
    async () => {
      const shapes = new Set<string>();
      for (const hint of PLACEMENT_HINTS) {
        await become({ kind: 'waiting-for-finger' });
        await become(previewing(hint));
        await card().locator(`.hint-mark--${hint}`).waitFor();
        shapes.add(await card().locator(`.hint-mark--${hint}`).innerHTML());
      }
      expect(shapes.size).toBe(PLACEMENT_HINTS.length);
      for (const { capture } of [english, welsh]) {
        expect(new Set(Object.values(capture.hints)).size).toBe(PLACEMENT_HINTS.length);
      }
    },
    PATIENCE_MS,
  );

  test(
    'hints that change 25 times a second are shown calmly, and the last one is shown',
    async () => {
      await openThePage(captureView({ kind: 'waiting-for-finger' }));
      await page.evaluate(() => {
        const seen: string[] = [];
        const words = document.querySelector<HTMLElement>('[data-slot=first] .finger-card__words');
        if (words === null) return;
        new MutationObserver(() => seen.push(words.innerText)).observe(words, {
          subtree: true,
          childList: true,
          characterData: true,
        });
        Object.assign(globalThis, { seenHints: seen });
      });
      const startedAtMs = Date.now();
      for (let frame = 0; frame < 50; frame += 1) {
        fake.check.set(captureView(previewing(frame % 2 === 0 ? 'move-left' : 'move-right')));
        await page.waitForTimeout(40);
      }
      fake.check.set(captureView(previewing('too-wet')));
      await expectSoon(() => wordsOn().innerText(), english.capture.hints['too-wet']);
      const tookMs = Date.now() - startedAtMs;
      const changes = await page.evaluate(() => {
        const seen: unknown = Reflect.get(globalThis, 'seenHints');
        return Array.isArray(seen) ? seen.filter((words, at) => words !== seen[at - 1]).length : -1;
      });
      expect(changes).toBeGreaterThan(0);
      // One change each half a second, and one for the state that came first.
      expect(changes).toBeLessThanOrEqual(Math.ceil(tookMs / 500) + 2);
    },
    PATIENCE_MS,
  );

  test(
    'the map follows every frame, however calm the words are',
    async () => {
      await become(previewing('hold-still'));
      for (const strength of [1, 3, 2, 4]) {
        const map = exampleMap(strength);
        fake.check.set(captureView({ kind: 'previewing', map, quality: 40, hint: 'hold-still' }));
        const wanted = map.cells.filter((cell) => cell === strength).length;
        await expectSoon(() => card().locator(`.placement-map__cell--${strength}`).count(), wanted);
      }
    },
    PATIENCE_MS,
  );
});

describe('while a finger is taken', () => {
  test(
    'waiting, reading and lifting are said once each, without the percentage',
    async () => {
      await openThePage();
      await become({ kind: 'waiting-for-finger' });
      await expectSoon(() => said().innerText(), 'The scanner is ready. Place the finger on the glass.');
      for (const receivedShare of [0.1, 0.5, 0.9]) {
        await become({ kind: 'transferring', receivedShare });
        await expectSoon(() => said().innerText(), 'Reading the finger.');
      }
      await expectSoon(() => wordsOn().innerText(), 'Reading the finger, 90%');
      await become({ kind: 'waiting-for-lift' });
      await expectSoon(() => said().innerText(), 'The finger has been read. Lift the finger.');
      await become(CAPTURED);
      await expectSoon(() => said().innerText(), 'Right index finger: Taken. Good quality (82 of 100)');
    },
    PATIENCE_MS,
  );

  test(
    'the focus rests on the finger’s name, so that a second press of the key does not cancel it',
    async () => {
      await openThePage();
      fake.captured = { kind: 'waiting-for-finger' };
      await card().getByRole('button', { name: 'Take the right index finger' }).focus();
      await page.keyboard.press('Enter');
      await card().getByRole('button', { name: 'Cancel' }).waitFor();
      await expectSoon(focused, 'finger-first');
      await page.keyboard.press('Enter');
      expect(fake.calls.some(({ name }) => name === 'checks.cancelCapture')).toBe(false);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expectSoon(() => Promise.resolve(fake.calls.at(-1)?.name), 'checks.cancelCapture');
      fake.captured = CAPTURED;
    },
    PATIENCE_MS,
  );

  test(
    'the other finger cannot be begun with beside it, and its own details are out of the way',
    async () => {
      await openThePage();
      await become({ kind: 'waiting-for-finger' });
      expect(await card('second').locator('button, summary').count()).toBe(0);
      expect(await card().locator('summary').count()).toBe(0);
    },
    PATIENCE_MS,
  );
});

describe('every way in which a capture can fail', () => {
  test.each(ENDINGS)(
    '%s: what happened, what to do now, said and shown, with the focus on it',
    async (code) => {
      await openThePage();
      await become({ kind: 'waiting-for-finger' });
      await become({ kind: 'failed', code }, { attempts: 2, attemptsLeft: 2 });
      const words = wordsOf(code);
      // What happened, and what to do next: two sentences, both in both languages.
      for (const locale of [english, welsh])
        expect(wordsOf(code, locale).split(/(?<=[.?])\s/).length).toBeGreaterThan(1);
      expect(await wordsOn().innerText()).toBe(words);
      expect(await card().locator('.hint-mark--failed').count()).toBe(1);
      expect(await card().locator('.finger-card__attempts').innerText()).toBe('2 attempts left for this finger.');
      await expectSoon(() => said().innerText(), `Right index finger: ${words} 2 attempts left for this finger.`);
      await expectSoon(focused, 'first');
      expect(await card().getByRole('button', { name: 'Take the right index finger again' }).isVisible()).toBe(true);
    },
    PATIENCE_MS,
  );

  test.each(REFUSALS)(
    'a capture that is refused with %s is explained at the top, and the focus goes there',
    async (code) => {
      await openThePage();
      fake.refusals.set('checks.capture', code);
      await card().getByRole('button', { name: 'Take the right index finger' }).click();
      const summary = page.locator('.govuk-error-summary');
      await summary.waitFor();
      expect(await summary.getByRole('alert').innerText()).toContain(wordsOf(code));
      expect(await summary.evaluate((box) => box.contains(document.activeElement))).toBe(true);
      expect(await card().getAttribute('data-state')).toBe('wanted');
      fake.refusals.clear();
    },
    PATIENCE_MS,
  );
});

describe('attempts', () => {
  test(
    'the finger at work says which attempt it is, and how many there are',
    async () => {
      await openThePage();
      await become({ kind: 'waiting-for-finger' }, { attempts: 3, attemptsLeft: 1 });
      expect(await card().locator('.finger-card__attempts').innerText()).toBe('Attempt 3 of 4');
    },
    PATIENCE_MS,
  );

  test(
    'with none left the finger cannot be taken again, the ways on are open, and another finger can be chosen',
    async () => {
      await openThePage();
      await become({ kind: 'waiting-for-finger' });
      await become({ kind: 'failed', code: 'capture.no-finger' }, { attempts: 4, attemptsLeft: 0 });
      expect(await card().locator('.finger-card__attempts').innerText()).toBe('No attempts left for this finger.');
      expect(await card().locator('[data-take]').count()).toBe(0);
      expect(await card().getByRole('button', { name: 'Finger is bandaged' }).isVisible()).toBe(true);
      await expectSoon(() => page.evaluate(() => document.activeElement?.getAttribute('data-other')), 'first');
      await card().getByLabel('Finger to be taken').selectOption({ label: 'Right thumb' });
      expect(await card().getByRole('button', { name: 'Take the right thumb' }).isVisible()).toBe(true);
    },
    PATIENCE_MS,
  );

  test(
    'the last attempt below the quality wanted can be used with a reason',
    async () => {
      const below = { ...CAPTURED, quality: 20, isBelowThreshold: true };
      await openThePage(withFirst(captureView(below, { kind: 'bandaged' }), { attempts: 4, attemptsLeft: 0 }));
      expect(await card().locator('[data-take]').count()).toBe(0);
      const reason = page.getByLabel('Why are prints below the quality wanted used?');
      await page.getByRole('button', { name: 'Search both databases' }).click();
      expect(await page.locator('.govuk-error-summary').innerText()).toContain(
        'Say why prints below the quality wanted',
      );
      await reason.fill('burnt skin');
      await page.getByRole('button', { name: 'Search both databases' }).click();
      await expectSoon(
        () => Promise.resolve(fake.calls.at(-1)?.input),
        expect.objectContaining({ whyBelowThreshold: 'burnt skin' }),
      );
    },
    PATIENCE_MS,
  );
});

describe('the scanner itself', () => {
  const notReady = (code: RefusalCode) => ({
    ...exampleStatus(),
    scanner: { kind: 'not-ready' as const, code, isSimulated: false },
  });
  const CODES = REFUSALS.filter((code) => code.startsWith('scanner.'));

  test.each(CODES)(
    '%s is told while nobody is at the glass, and so is its end',
    async (code) => {
      await openThePage();
      fake.status.set(notReady(code));
      const notice = page.locator('.scanner-notice');
      await expectSoon(async () => (await notice.innerText()).includes(wordsOf(code)), true);
      expect(await notice.getAttribute('role')).toBe('status');
      fake.status.set(exampleStatus());
      await expectSoon(() => notice.innerText(), 'The scanner is ready again. Go on with this check.');
    },
    PATIENCE_MS,
  );

  test(
    'a finger that failed because of the scanner says so once, and then that it is back',
    async () => {
      await openThePage();
      await become({ kind: 'waiting-for-finger' });
      await become({ kind: 'failed', code: 'scanner.unplugged' });
      fake.status.set(notReady('scanner.not-found'));
      const notice = page.locator('.scanner-notice');
      // What comes after it over the same socket has arrived: so has the notice, if there were one.
      fake.check.set(withFirst(captureView({ kind: 'failed', code: 'scanner.unplugged' }), { attemptsLeft: 2 }));
      await card().getByText('2 attempts left').waitFor();
      expect(await notice.innerText()).toBe('');
      fake.status.set(exampleStatus());
      await expectSoon(() => notice.innerText(), 'The scanner is ready again. Go on with this check.');
      expect(
        await card('first')
          .getByRole('button', { name: /again$/ })
          .isVisible(),
      ).toBe(true);
    },
    PATIENCE_MS,
  );
});

describe('left for right', () => {
  test(
    'the warning is shown and said, and the search is not held up',
    async () => {
      await openThePage(captureView(CAPTURED, { kind: 'waiting-for-finger' }));
      const view = captureView(CAPTURED, CAPTURED);
      if (view.stage !== 'capture') throw new Error(view.stage);
      fake.check.set({ ...view, isPerhapsSwapped: true });
      const warning = page.getByText('Left and right may have been exchanged.');
      await warning.waitFor();
      expect(await warning.evaluate((element) => element.closest('[role=status]') !== null)).toBe(true);
      await expectSoon(() => page.evaluate(() => document.activeElement?.hasAttribute('data-search')), true);
      fake.check.set(view);
      await warning.waitFor({ state: 'detached' });
    },
    PATIENCE_MS,
  );
});

test(
  'everything that an officer at work needs is on the screen without scrolling',
  async () => {
    await openThePage();
    await become({ kind: 'previewing', map: exampleMap(3), quality: 50, hint: 'press-harder' });
    const bottom = await card().evaluate((element) => element.getBoundingClientRect().bottom);
    expect(bottom).toBeLessThanOrEqual(800);
    const share = await card().evaluate((element) => {
      const map = element.querySelector('.placement-map')?.getBoundingClientRect();
      return map === undefined ? 0 : map.height;
    });
    expect(share).toBeGreaterThanOrEqual(350);
  },
  PATIENCE_MS,
);
