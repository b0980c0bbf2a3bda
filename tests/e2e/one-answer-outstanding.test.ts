import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildRenderer } from '../../build/build-renderer.ts';
import { startLoopbackHost, type LoopbackHost } from '../../electron/hosts/loopback/loopback-host.ts';
import { GatewayProcess } from '../gateway/gateway-process.ts';
import { launchChromium } from '../support/chromium.ts';
import { AuditorPages } from './pages/auditor-pages.ts';
import { CapturePage } from './pages/capture-page.ts';
import { ClosedPage } from './pages/closed-page.ts';
import { GroundsPages } from './pages/grounds-pages.ts';
import { OfficerHomePage } from './pages/officer-home-page.ts';
import { ResultsPage } from './pages/results-page.ts';
import { SearchingPage } from './pages/searching-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { WordsPage } from './pages/words-page.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const PEOPLE = 12;
const OWN_PASSWORD = 'plain blue umbrella';
/** How long a database may take before the officer is asked, milliseconds. */
const SEARCH_DEADLINE_MS = 3_000;
/** The references of the two checks of this station. */
const first = `RW-${new Date().getFullYear()}-000001`;
const second = `RW-${new Date().getFullYear()}-000002`;

let dataFolder: string;
let gateway: GatewayProcess;
let host: LoopbackHost;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  await buildRenderer(PROJECT);
  dataFolder = await mkdtemp(join(tmpdir(), 'ridgeway-e2e-'));
  gateway = await GatewayProcess.start(['--people', String(PEOPLE)]);
  const { addresses, authorityFile, stations } = gateway.ready;
  const immigration = { provider: 'gateway', gatewayAddress: addresses.good, authorityFile, ...stations.good };
  const machinePolicy = { settings: { searchDeadlineMs: SEARCH_DEADLINE_MS }, databases: { immigration } };
  host = await startLoopbackHost({
    dataFolder,
    feedFolder: null,
    resolutionPpi: null,
    port: 0,
    people: PEOPLE,
    faults: [],
    machinePolicy,
    version: '0.0.0-test',
    rendererFolder: join(PROJECT, '.out/renderer'),
  });
  await host.station.galleriesSettled;
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await new SignInPage(page).open(host.address);
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
  await gateway?.[Symbol.asyncDispose]();
  if (dataFolder !== undefined) await rm(dataFolder, { recursive: true, force: true });
});

async function signInAs(role: 'officer' | 'auditor'): Promise<void> {
  const user = host.station.firstUsers.find((made) => made.user.role === role);
  if (user === undefined) throw new Error(`the station made no ${role}`);
  await new SignInPage(page).signIn(user.user.userName, user.firstPassword, OWN_PASSWORD);
}

async function searchTwoFingers(): Promise<void> {
  await new OfficerHomePage(page).startAnIdentityCheck();
  const grounds = new GroundsPages(page);
  await grounds.stateTheGrounds();
  await grounds.confirmTheGrounds();
  await new WordsPage(page).sayEverything();
  const capture = new CapturePage(page);
  expect(await capture.takeFinger('first')).toBe('captured');
  expect(await capture.takeFinger('second')).toBe('captured');
  await capture.searchBothDatabases();
}

test('an officer reads what the police records said, waits, and closes with the gateway’s answer outstanding', async () => {
  await gateway.plan([{ check: first, database: 'immigration', at: 'follow', fault: 'late', times: 1 }]);
  await signInAs('officer');
  await new OfficerHomePage(page).waitUntilTheStationIsReady();
  await searchTwoFingers();
  const searching = new SearchingPage(page);
  await searching.isOutstanding('immigration');
  expect(await searching.answerShown('police')).toBe('match');
  await searching.decide('immigration', 'keep waiting');
  await page.getByText('Waiting for its answer').waitFor();
  await searching.decide('immigration', 'go on without it');

  const results = new ResultsPage(page);
  const { immigration, police } = await results.readTheAnswers();

  expect([police.answer, immigration.answer]).toEqual(['match', 'timed-out']);
  await page.getByText('You went on without its answer.').waitFor();
  await results.closeTheCheck();
  await page.getByText('No answer came from: immigration records').waitFor();
  const closed = new ClosedPage(page);
  // Two pictures, two templates, and what was encoded for the gateway.
  expect(await closed.receipts()).toBeGreaterThanOrEqual(5);
  await closed.finish();
});

test('a gateway that fails is asked again by one press, and its answer is the answer', async () => {
  await gateway.plan([{ check: second, database: 'immigration', at: 'submit', fault: 'error-500', times: 5 }]);
  await searchTwoFingers();
  const searching = new SearchingPage(page);
  await searching.isOutstanding('immigration');

  await searching.decide('immigration', 'try again');

  const { immigration } = await new ResultsPage(page).readTheAnswers();
  expect(['match', 'no-match']).toContain(immigration.answer);
  await new ResultsPage(page).closeTheCheck();
  await new ClosedPage(page).finish();
});

test('the log says of each database what was asked, waited for, tried again and given up', async () => {
  await new OfficerHomePage(page).signOut();
  await signInAs('auditor');
  const auditor = new AuditorPages(page);
  await auditor.openTheLog();
  expect(await auditor.verifyTheLog()).toBe(true);
  const ofFirst = await auditor.eventsOf(first);
  expect(ofFirst).toEqual(expect.arrayContaining(['search-outstanding', 'search-waited', 'search-given-up']));
  const ofSecond = await auditor.eventsOf(second);
  expect(ofSecond).toEqual(expect.arrayContaining(['search-outstanding', 'search-retried', 'answer-received']));
});
