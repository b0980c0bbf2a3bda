import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildRenderer } from '../../build/build-renderer.ts';
import type { Role } from '../../electron/contract/session.ts';
import { startLoopbackHost, type LoopbackHost } from '../../electron/hosts/loopback/loopback-host.ts';
import { trainingPopulation, trainingVisitors } from '../../electron/training/training-people.ts';
import { launchChromium } from '../support/chromium.ts';
import { AdministratorPages } from './pages/administrator-pages.ts';
import { AuditorPages } from './pages/auditor-pages.ts';
import { CapturePage } from './pages/capture-page.ts';
import { ClosedPage } from './pages/closed-page.ts';
import { GroundsPages } from './pages/grounds-pages.ts';
import { InterruptedPage } from './pages/interrupted-page.ts';
import { OfficerHomePage } from './pages/officer-home-page.ts';
import { ResultsPage } from './pages/results-page.ts';
import { SignInPage } from './pages/sign-in-page.ts';
import { WaysOut } from './pages/ways-out.ts';
import { WordsPage } from './pages/words-page.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
/** People in each gallery: enough for a search to mean something, few enough to make in seconds. */
const PEOPLE = 12;
const OWN_PASSWORD = 'plain blue umbrella';

let dataFolder: string;
let host: LoopbackHost;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  await buildRenderer(PROJECT);
  dataFolder = await mkdtemp(join(tmpdir(), 'ridgeway-e2e-'));
  host = await startLoopbackHost({
    dataFolder,
    feedFolder: null,
    resolutionPpi: null,
    port: 0,
    people: PEOPLE,
    faults: [],
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
  if (dataFolder !== undefined) await rm(dataFolder, { recursive: true, force: true });
});

async function signInAs(role: Role): Promise<void> {
  const first = host.station.firstUsers.find(({ user }) => user.role === role);
  if (first === undefined) throw new Error(`the station made no ${role}`);
  const signIn = new SignInPage(page);
  const password = changed.has(role) ? OWN_PASSWORD : first.firstPassword;
  await signIn.signIn(first.user.userName, password, OWN_PASSWORD);
  changed.add(role);
}

const changed = new Set<Role>();

/** From the home page to the page on which prints are taken. */
async function reachTheCapture(): Promise<CapturePage> {
  await new OfficerHomePage(page).startAnIdentityCheck();
  const grounds = new GroundsPages(page);
  await grounds.stateTheGrounds();
  await grounds.confirmTheGrounds();
  await new WordsPage(page).sayEverything();
  return new CapturePage(page);
}

test('each person who comes is found in the databases that hold them, and the receipts are shown', async () => {
  await signInAs('officer');
  await new OfficerHomePage(page).waitUntilTheStationIsReady();
  const population = trainingPopulation(PEOPLE);
  // In turn: someone in the police records, in both, in the immigration records, in neither.
  for (const personSeed of trainingVisitors(PEOPLE).slice(0, 4)) {
    const person = population.find((known) => known.personSeed === personSeed);
    const capture = await reachTheCapture();
    expect(await capture.takeFinger('first')).toBe('captured');
    expect(await capture.takeFinger('second')).toBe('captured');
    await capture.searchBothDatabases();
    const results = new ResultsPage(page);
    const { immigration, police } = await results.readTheAnswers();
    expect({ police: police.reference, immigration: immigration.reference }).toEqual({
      police: person?.police ?? null,
      immigration: person?.immigration ?? null,
    });
    await results.closeTheCheck();
    const closed = new ClosedPage(page);
    expect(await closed.ending()).toBe('answered');
    expect(await closed.receipts()).toBeGreaterThanOrEqual(4);
    await closed.finish();
  }
});

test('grounds that the law refuses end at their reasons, and no print can be taken', async () => {
  await new OfficerHomePage(page).startAnIdentityCheck();
  const grounds = new GroundsPages(page);
  await grounds.answer('The person agrees to it');
  await grounds.isShown('Prints cannot be taken on this ground');
  expect(await grounds.stoppedBy()).toBe('purpose-consent');
  await page.goto(`${host.origin}/#/check/capture`);
  expect(await page.getByRole('button', { name: /^Take the / }).count()).toBe(0);
  await new WaysOut(page).stopTheCheck();
  await new ClosedPage(page).finish();
});

test('a missing finger is marked and one print is searched', async () => {
  const capture = await reachTheCapture();
  await capture.markAs('second', 'missing');
  expect(await capture.takeFinger('first')).toBe('captured');
  await capture.searchBothDatabases();
  const results = new ResultsPage(page);
  await results.waitForTheAnswers();
  expect(await page.getByText('Left index finger: marked as missing').count()).toBe(1);
  await results.closeTheCheck();
  await new ClosedPage(page).finish();
});

test('a person who declines after a print was taken has it erased and a receipt shown', async () => {
  const capture = await reachTheCapture();
  await capture.takeFinger('first');
  await new WaysOut(page).thePersonDeclines();
  const closed = new ClosedPage(page);
  expect(await closed.ending()).toBe('declined');
  expect(await closed.receipts()).toBeGreaterThanOrEqual(1);
  await closed.finish();
});

test('a locked screen takes the prints and not the check, which goes on after unlocking', async () => {
  const capture = await reachTheCapture();
  await capture.takeFinger('first');
  await capture.lockTheScreen();
  await capture.unlock(OWN_PASSWORD);
  const interrupted = new InterruptedPage(page);
  expect(await interrupted.why()).toBe('locked');
  await interrupted.goOn();
  expect(await capture.stateOf('first')).toBe('wanted');
  expect(await capture.takeFinger('first')).toBe('captured');
  await new WaysOut(page).thePersonDeclines();
  const closed = new ClosedPage(page);
  expect(await closed.receipts()).toBeGreaterThanOrEqual(2);
  await closed.finish();
});

test('the auditor finds the log whole, and every erasure of a check in it', async () => {
  await new OfficerHomePage(page).signOut();
  await signInAs('auditor');
  const auditor = new AuditorPages(page);
  await auditor.openTheLog();
  expect(await auditor.verifyTheLog()).toBe(true);
  const events = await auditor.eventsOf(`RW-${new Date().getFullYear()}-000001`);
  expect(events.filter((code) => code === 'print-erased').length).toBeGreaterThanOrEqual(4);
  expect(events.at(-1)).toBe('check-opened');
  await auditor.signOut();
});

test('the administrator tries the scanner, and a user whom they add comes in with a first password', async () => {
  await signInAs('administrator');
  const administrator = new AdministratorPages(page);
  await administrator.openThePage('Scanners');
  await administrator.lookAfterTheScanner('Test capture');
  expect(await administrator.testTheScanner()).toBe('done');
  await administrator.openThePage('Users');
  const firstPassword = await administrator.addUser('pc.two', 'PC Two', 'Custody officer');
  await administrator.signOut();
  await new SignInPage(page).signIn('pc.two', firstPassword, OWN_PASSWORD);
  expect(await page.getByTestId('session-state').innerText()).toContain('PC Two');
});
