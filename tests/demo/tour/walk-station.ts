import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { Browser, Page } from 'playwright';
import type { Role } from '../../../electron/contract/session.ts';
import type { StationContract } from '../../../electron/contract/station-contract.ts';
import { startLoopbackHost, type LoopbackHost } from '../../../electron/hosts/loopback/loopback-host.ts';
import { scriptedFeed, type ScriptedFeed } from '../../../native-bridge/scanner/feed.ts';
import { demoGalleries } from '../demo-galleries.ts';
import { syntheticPeople } from '../demo-people.ts';
import { walkOneCheck } from '../walk-through.ts';
import { ClosedPage } from '../../e2e/pages/closed-page.ts';
import { OfficerHomePage } from '../../e2e/pages/officer-home-page.ts';
import { SignInPage } from '../../e2e/pages/sign-in-page.ts';
import { StationPage } from '../../e2e/pages/station-page.ts';
import { WaysOut } from '../../e2e/pages/ways-out.ts';
import { VIEWPORT } from './parameters.ts';
import type { TourAlbum } from './tour-album.ts';

const OWN_PASSWORD = 'plain blue umbrella';
/** People who come: known to the police, to both, to immigration, to nobody. */
const VISITORS = 4;

/** A page of one role: where it is, under which stop it is kept, and what is done on it first. */
type RolePage = readonly [path: string, stop: string, act?: (page: Page) => Promise<void>];

const ADMINISTRATOR: readonly RolePage[] = [
  ['/', 'administrator-home'],
  ['/admin/scanners', 'administrator-scanners'],
  ['/admin/databases', 'administrator-databases'],
  [
    '/admin/health',
    'administrator-health',
    async (page) => {
      await page.locator('[data-self-test]').click();
      await page.locator('[data-self-test=ended]').waitFor({ timeout: 120_000 });
    },
  ],
  ['/admin/users', 'administrator-users'],
  ['/admin/settings', 'administrator-settings'],
  ['/admin/upstream', 'administrator-counts'],
  ['/admin/logs', 'administrator-logs'],
];

const AUDITOR: readonly RolePage[] = [
  [
    '/',
    'auditor-home',
    async (page) => {
      await page.getByRole('button', { name: 'Verify the log' }).click();
      await page.locator('[data-verified]').waitFor({ timeout: 60_000 });
    },
  ],
  ['/audit', 'auditor-log', (page) => page.getByTestId('audit').waitFor()],
  [
    `/audit/checks/RW-${new Date().getFullYear()}-000001`,
    'auditor-story',
    (page) => page.getByTestId('timeline').waitFor(),
  ],
  [
    '/audit/export',
    'auditor-export',
    async (page) => {
      await page.getByRole('button', { name: 'Write the export' }).click();
      await page.getByTestId('written-export').waitFor({ timeout: 60_000 });
    },
  ],
];

/** Walks a whole station with synthetic prints, as an officer and as each of the other roles. */
export async function walkStation(
  browser: Browser,
  albumOf: (page: Page) => TourAlbum,
  rendererFolder: string,
): Promise<void> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'ridgeway-tour-'));
  const people = syntheticPeople().slice(0, VISITORS);
  const glass = scriptedFeed();
  try {
    await using host = await startLoopbackHost({
      dataFolder,
      feedFolder: null,
      resolutionPpi: null,
      port: 0,
      people: 2,
      faults: [],
      version: '0.1.0',
      rendererFolder,
      feed: glass.feed,
      trainingGalleries: demoGalleries(people),
    });
    await host.station.galleriesSettled;
    const page = await newPage(browser);
    await new SignInPage(page).open(host.address);
    const pictures = albumOf(page);
    await pictures.keep('sign-in');
    await signInAs(page, host, 'officer');
    await walkAsOfficer(page, pictures, glass, people);
    await new StationPage(page).signOut();
    await walkRole(page, host, 'administrator', ADMINISTRATOR, pictures);
    await walkRole(page, host, 'auditor', AUDITOR, pictures);
    await walkAsSergeant(page, host, pictures);
    await page.context().close();
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT, reducedMotion: 'reduce' });
  return context.newPage();
}

const signedInBefore = new Set<Role>();

async function signInAs(page: Page, host: LoopbackHost, role: Role): Promise<void> {
  const first = host.station.firstUsers.find(({ user }) => user.role === role);
  if (first === undefined) throw new Error(`the station made no ${role}`);
  const password = signedInBefore.has(role) ? OWN_PASSWORD : first.firstPassword;
  signedInBefore.add(role);
  await new SignInPage(page).signIn(first.user.userName, password, OWN_PASSWORD);
}

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((wanted) => (location.hash = wanted), hash);
  await new StationPage(page).heading.waitFor();
  // Pages ask the station when they are opened: quiet once nothing has been drawn for a moment.
  await page.waitForFunction(() => document.querySelector('[aria-disabled=true]') === null);
}

async function walkAsOfficer(
  page: Page,
  album: TourAlbum,
  glass: ScriptedFeed,
  people: ReturnType<typeof syntheticPeople>,
): Promise<void> {
  for (const { impressions } of people) {
    const visit = impressions[1];
    if (visit !== undefined) await walkOneCheck(page, album, await visit.read(), (finger) => glass.present(finger));
  }
  const home = new OfficerHomePage(page);
  await home.startAnIdentityCheck();
  await page.keyboard.press('Alt+h');
  await album.keep('help');
  await page.keyboard.press('Escape');
  for (const language of ['en', 'ar']) {
    await goTo(page, `/notice/${language}`);
    await album.keep(language === 'en' ? 'notice-english' : 'notice-arabic');
  }
  await page.getByRole('link', { name: 'Back', exact: true }).click();
  await page.waitForURL(/check\/grounds/);
  await new WaysOut(page).thePersonDeclines();
  await album.keep('declined');
  await new ClosedPage(page).finish();
}

async function walkRole(
  page: Page,
  host: LoopbackHost,
  role: Role,
  pages: readonly RolePage[],
  album: TourAlbum,
): Promise<void> {
  await signInAs(page, host, role);
  for (const [where, stop, act] of pages) {
    await goTo(page, where);
    await act?.(page);
    await album.keep(stop);
  }
  await new StationPage(page).signOut();
}

/** The sergeant's page is about other people's checks: somebody has one open, at a screen of their own. */
async function walkAsSergeant(page: Page, host: LoopbackHost, album: TourAlbum): Promise<void> {
  await signInAs(page, host, 'sergeant');
  const connection = host.station.connect();
  const desk: ContractRouterClient<StationContract> = createRouterClient(host.station.router, {
    context: { connection },
  });
  await desk.session.signIn({ userName: 'officer', password: OWN_PASSWORD });
  await desk.checks.begin({});
  await goTo(page, '/counts');
  await goTo(page, '/');
  await page.getByTestId('month-so-far').waitFor();
  await album.keep('sergeant-home');
  await connection.closed('window-closed');
}
