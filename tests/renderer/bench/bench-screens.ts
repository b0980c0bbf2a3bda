/**
 * `npm run bench:screens`: how fast the pages are in a real browser over a station in memory, so that nothing but the
 * pages is measured. One JSON line: time to the first page that can be worked with, time of a page change, the keystrokes
 * and clicks of the shortest lawful journey, and the memory of the page as checks go by.
 */
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright';
import {
  captureView,
  CAPTURED,
  closedView,
  groundsView,
  match,
  noMatch,
  resultsView,
  wordsView,
} from '../support/example-views.ts';
import { buildRendererUnderTest, serveFakeStation } from '../support/fake-host.ts';
import { FAKE_PASSWORD, FakeStation } from '../support/fake-station.ts';
import { type Hand, OfficerAtTheDesk } from '../../e2e/pages/officer-at-the-desk.ts';
import { launchChromium } from '../../support/chromium.ts';
import { countHands, type Counted } from './count-hands.ts';
import { type Heap, readHeap } from './read-heap.ts';

/** Loads of the first page. */
const LOADS = 15;
/** Share of checks after which memory is first read: what is loaded once is in it then. */
const WARM_SHARE = 0.1;
const BYTES_PER_MIB = 2 ** 20;

const { values } = parseArgs({ options: { checks: { type: 'string', default: '500' } } });
const checks = Number(values.checks);

const fake = new FakeStation();
await using host = await serveFakeStation(fake, await buildRendererUnderTest());
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
const session = await page.context().newCDPSession(page);

const loads: number[] = [];
for (let load = 0; load < LOADS; load += 1) loads.push(await msToFirstPage(page));
const byKeys = await shortestJourney('keyboard');
const byMouse = await shortestJourney('mouse');
await page.goto(host.origin);
await page.reload();
await signIn(page);
const changes = await msOfPageChanges(page);
const memory = await memoryOverChecks(page, session);
await browser.close();

process.stdout.write(
  `${JSON.stringify({
    loads: LOADS,
    msToFirstPage: { median: quantile(loads, 0.5), p95: quantile(loads, 0.95) },
    pageChanges: changes.length,
    msOfPageChange: { median: quantile(changes, 0.5), p95: quantile(changes, 0.95) },
    keystrokes: byKeys,
    clicks: byMouse,
    checks,
    heapMiBWarm: mib(memory.warm.ofThePage + memory.warm.ofTheEngine),
    heapMiBAtEnd: mib(memory.end.ofThePage + memory.end.ofTheEngine),
    bytesACheckOfThePage: perCheck(memory.end.ofThePage - memory.warm.ofThePage),
    bytesACheckOfCompiledCode: perCheck(memory.end.ofTheEngine - memory.warm.ofTheEngine),
  })}\n`,
);

/** From the request of the address to a sign-in field that takes what is typed, milliseconds. */
async function msToFirstPage(target: Page): Promise<number> {
  await target.goto('about:blank');
  const startedAt = performance.now();
  await target.goto(host.origin, { waitUntil: 'commit' });
  await target.locator('#user-name').fill('officer');
  return performance.now() - startedAt;
}

/** What a hand does from the home page to the receipts, and from there back home, besides the words that are written. */
async function shortestJourney(hand: Hand): Promise<{ readonly toTheReceipts: Counted; readonly andHome: Counted }> {
  const own = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  fake.check.set(null);
  await own.goto(host.origin);
  await own.locator('#user-name').fill('officer');
  await own.locator('#password').fill(FAKE_PASSWORD);
  await own.keyboard.press('Enter');
  const desk = new OfficerAtTheDesk(own, hand);
  await desk.isAt('/');
  const counted = await countHands(own);
  await desk.reachTheCapture();
  await desk.take('first');
  await desk.take('second');
  await desk.search();
  await desk.goOn('Alt+n');
  await desk.isAt('/check/closed');
  const toTheReceipts = await counted();
  await desk.goOn();
  await desk.isAt('/');
  const andHome = await counted();
  await own.close();
  fake.check.set(null);
  return { toTheReceipts, andHome };
}

async function signIn(target: Page): Promise<void> {
  await target.locator('#user-name').fill('officer');
  await target.locator('#password').fill(FAKE_PASSWORD);
  await target.keyboard.press('Enter');
  await target.getByRole('button', { name: 'Start an identity check' }).click();
  await target.getByRole('heading', { name: 'Why are prints to be taken?' }).waitFor();
}

/** Walks the questions forth and back and measures each change inside the page: from the click to the painted heading. */
async function msOfPageChanges(target: Page): Promise<readonly number[]> {
  return target.evaluate(async () => {
    const questions = ['custody-record', 'person', 'arrest', 'offence-stage', 'offence', 'name', 'documents', 'force'];
    const painted = (): Promise<void> =>
      new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      });
    const taken: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      for (const question of questions) {
        const before = document.querySelector('main h1')?.textContent;
        const startedAt = performance.now();
        location.hash = `/check/grounds/${question}`;
        while (document.querySelector('main h1')?.textContent === before) await new Promise((next) => setTimeout(next));
        await painted();
        taken.push(performance.now() - startedAt);
      }
    }
    return taken;
  });
}

/**
 * The page's heap after garbage collection when warm and at the end, while checks go by from grounds to closed. The
 * page is moved by the station and by keys, and watched by its address alone: each script that a driver runs in a page
 * leaves compiled code behind, which a measurement of the page must not find.
 */
async function memoryOverChecks(target: Page, cdp: CDPSession): Promise<{ readonly warm: Heap; readonly end: Heap }> {
  const views = [
    wordsView(5),
    captureView(),
    captureView(CAPTURED, CAPTURED),
    resultsView(match('2018/0123456P'), noMatch()),
    closedView(),
  ];
  let warm: Heap = { ofThePage: 0, ofTheEngine: 0 };
  for (let done = 1; done <= checks; done += 1) {
    for (const view of views) {
      fake.check.set(view);
      await target.waitForURL((url) => url.hash.includes(view.stage));
    }
    await pressUntil(target, (url) => url.hash === '#/');
    await pressUntil(target, (url) => url.hash.includes(groundsView().stage));
    fake.calls.length = 0;
    if (done === Math.ceil(checks * WARM_SHARE)) warm = await readHeap(cdp);
  }
  return { warm, end: await readHeap(cdp) };
}

/** Presses Enter at the top of a page until the address is the wanted one: the first may come before the page is drawn. */
async function pressUntil(target: Page, isThere: (url: URL) => boolean): Promise<void> {
  while (!isThere(new URL(target.url()))) {
    await target.keyboard.press('Enter');
    await target.waitForURL(isThere, { timeout: 250 }).catch(() => {});
  }
}

function mib(bytes: number): number {
  return Math.round((bytes / BYTES_PER_MIB) * 100) / 100;
}

function perCheck(bytes: number): number {
  return Math.round(bytes / (checks * (1 - WARM_SHARE)));
}

function quantile(sample: readonly number[], share: number): number {
  const sorted = sample.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
}
