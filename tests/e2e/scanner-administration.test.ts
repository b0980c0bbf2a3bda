import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildRenderer } from '../../build/build-renderer.ts';
import { isAllZero } from '../../electron/custody/zeroise.ts';
import { startLoopbackHost, type LoopbackHost } from '../../electron/hosts/loopback/loopback-host.ts';
import { launchChromium } from '../support/chromium.ts';
import { AdministratorPages } from './pages/administrator-pages.ts';
import { ScannerPages } from './pages/scanner-pages.ts';
import { SignInPage } from './pages/sign-in-page.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const OWN_PASSWORD = 'plain blue umbrella';

let dataFolder: string;
let host: LoopbackHost;
let browser: Browser;
let page: Page;
const buffers: SharedArrayBuffer[] = [];

beforeAll(async () => {
  await buildRenderer(PROJECT);
  dataFolder = await mkdtemp(join(tmpdir(), 'ridgeway-e2e-'));
  host = await startLoopbackHost({
    dataFolder,
    feedFolder: null,
    resolutionPpi: null,
    policyFile: null,
    port: 0,
    people: 2,
    faults: ['drop=6%', 'dirty'],
    version: '0.0.0-test',
    rendererFolder: join(PROJECT, '.out/renderer'),
    trainingGalleries: { build: () => Promise.resolve() },
    custodyObserver: (_bufferId, buffer) => buffers.push(buffer),
  });
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const signIn = new SignInPage(page);
  await signIn.open(host.address);
  const first = host.station.firstUsers.find(({ user }) => user.role === 'administrator');
  await signIn.signIn('admin', first?.firstPassword ?? '', OWN_PASSWORD);
});

afterAll(async () => {
  await browser?.close();
  await host?.[Symbol.asyncDispose]();
  if (dataFolder !== undefined) await rm(dataFolder, { recursive: true, force: true });
});

test('an administrator tries a scanner on a bad cable and with dirty glass, and every picture is erased', async () => {
  const administrator = new AdministratorPages(page);
  const scanner = new ScannerPages(page);
  await administrator.openThePage('Scanners');

  await administrator.lookAfterTheScanner('Test capture');
  expect(await administrator.testTheScanner()).toBe('done');
  expect(Number(await scanner.figure('Reports lost'))).toBeGreaterThan(0);
  expect(Number(await scanner.figure('Reports sent again'))).toBeGreaterThan(0);
  expect(Number(await scanner.figure('Pictures a second while waiting'))).toBeGreaterThan(5);
  expect(await scanner.erasure()).toMatch(/^The picture was erased at \d\d:\d\d:\d\d\. Receipt [0-9a-f]{8}\.$/);

  await administrator.lookAfterTheScanner('Glass');
  expect(await scanner.checkTheGlass()).toBe('dirty');
  expect(parseFloat(await scanner.figure('Glass with dirt on it'))).toBeGreaterThan(4);

  expect(buffers).toHaveLength(2);
  expect(buffers.every((buffer) => isAllZero(buffer))).toBe(true);
});

test('the scanner is enrolled by the number that it gives itself, and its firmware is known from then on', async () => {
  const administrator = new AdministratorPages(page);
  const scanner = new ScannerPages(page);
  await administrator.openThePage('Scanners');
  await administrator.lookAfterTheScanner('About it');

  await scanner.enrol();

  const words = await page.locator('main').innerText();
  expect(words).toContain('This scanner is enrolled.');
  expect(words).toMatch(/Firmware\s+1\.0\.0/);
});
