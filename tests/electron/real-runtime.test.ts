import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleForElectron } from '../../build/bundle-for-electron.ts';
import { findElectronRuntime, hasDisplay } from '../../build/electron-runtime.ts';
import { CapturePage } from '../e2e/pages/capture-page.ts';
import { ClosedPage } from '../e2e/pages/closed-page.ts';
import { GroundsPages } from '../e2e/pages/grounds-pages.ts';
import { OfficerHomePage } from '../e2e/pages/officer-home-page.ts';
import { ResultsPage } from '../e2e/pages/results-page.ts';
import { SignInPage } from '../e2e/pages/sign-in-page.ts';
import { WordsPage } from '../e2e/pages/words-page.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const executable = await findElectronRuntime(PROJECT);
const reason = executable === null ? "Electron's runtime is not on this machine" : 'there is no display';
const OWN_PASSWORD = 'plain blue umbrella';
const changed = new Set<string>();
const isPossible = executable !== null && hasDisplay(process.platform, process.env);

describe.skipIf(!isPossible)(`on the real runtime${isPossible ? '' : ` (skipped: ${reason})`}`, () => {
  let folder: string;
  let application: ElectronApplication;
  let page: Page;
  let args: string[];

  const launch = (): Promise<ElectronApplication> => _electron.launch({ executablePath: executable ?? '', args });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-real-'));
    args = [await bundleForElectron(PROJECT), `--user-data-dir=${folder}`];
    application = await launch();
    // The first passwords are shown in a box that waits for a click; what it shows is kept for the tests that sign in.
    await application.evaluate(({ app, dialog }) => {
      dialog.showMessageBox = async (...words: unknown[]) => {
        const options = words.at(-1) as { detail?: string };
        Object.assign(app, { firstPasswords: options.detail ?? '' });
        return { response: 0, checkboxChecked: false };
      };
    });
    page = await application.firstWindow();
  }, 120_000);

  afterAll(async () => {
    await application.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("the page's process is sandboxed", async () => {
    const sandboxed = await application.evaluate(({ app }) =>
      app
        .getAppMetrics()
        .filter(({ type }) => type === 'Tab')
        .map((metric) => metric.sandboxed),
    );

    expect(sandboxed).toEqual([true]);
  });

  test('the page has nothing of Node or of Electron', async () => {
    const found = await page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter((name) => name in window),
    );

    expect(found).toEqual([]);
  });

  test('the page comes from its own scheme, and has heard from the station through its port', async () => {
    expect(page.url()).toMatch(/^app:\/\/station\/index\.html/);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });

  test('nothing else can be fetched, opened or navigated to', async () => {
    const fetched = await page.evaluate(() =>
      fetch('https://example.org/').then(
        () => 'fetched',
        () => 'refused',
      ),
    );
    const opened = await page.evaluate(() => window.open('https://example.org/') === null);
    await page.evaluate(() => void (location.href = 'https://example.org/'));

    expect(fetched).toBe('refused');
    expect(opened).toBe(true);
    expect(application.windows()).toHaveLength(1);
    expect(page.url()).toMatch(/^app:\/\/station\//);
  });

  test('no permission is granted', async () => {
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone'];
      const found = await Promise.all(
        names.map((name) => navigator.permissions.query({ name: name as PermissionName })),
      );
      return found.map(({ state }) => state);
    });

    expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
  });

  test('a second instance ends by itself', async () => {
    const second = await launch();

    await second.waitForEvent('close');

    expect(application.windows()).toHaveLength(1);
  });

  test('what is sealed can be unsealed and is not the secret', async () => {
    const round = await application.evaluate(({ safeStorage }) => {
      const sealed = safeStorage.encryptString('a secret');
      return { isHidden: !sealed.toString('latin1').includes('a secret'), text: safeStorage.decryptString(sealed) };
    });

    expect(round).toEqual({ isHidden: true, text: 'a secret' });
  });

  test('nothing reports crashes', async () => {
    const upload = await application.evaluate(({ crashReporter }) => crashReporter.getUploadToServer());

    expect(upload).toBe(false);
  });

  test('in kiosk the one window fills the screen and has no way out', async () => {
    const own = await mkdtemp(path.join(tmpdir(), 'ridgeway-kiosk-'));
    const kiosk = await _electron.launch({
      executablePath: executable ?? '',
      args: [args[0] ?? '', `--user-data-dir=${own}`, '--kiosk'],
    });
    try {
      await kiosk.evaluate(({ dialog }) => {
        dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
      });
      await kiosk.firstWindow();
      const found = await kiosk.evaluate(({ BrowserWindow, Menu }) => ({
        kiosk: BrowserWindow.getAllWindows().map((window) => window.isKiosk()),
        menu: Menu.getApplicationMenu(),
      }));

      expect(found).toEqual({ kiosk: [true], menu: null });
    } finally {
      await kiosk.close();
      await rm(own, { recursive: true, force: true });
    }
  });

  test(
    'an officer searches two prints through the real port, and the slip is printed by the real printer code',
    { timeout: 600_000 },
    async () => {
      await signInAs('officer');
      const home = new OfficerHomePage(page);
      await home.waitUntilTheStationIsReady();
      await home.startAnIdentityCheck();
      const grounds = new GroundsPages(page);
      await grounds.stateTheGrounds();
      await grounds.confirmTheGrounds();
      await new WordsPage(page).sayEverything();
      const capture = new CapturePage(page);
      expect(await capture.takeFinger('first')).toBe('captured');
      expect(await capture.takeFinger('second')).toBe('captured');
      await capture.searchBothDatabases();
      const results = new ResultsPage(page);
      await results.readTheAnswers();
      await results.closeTheCheck();
      expect(await new ClosedPage(page).ending()).toBe('answered');

      const printed = await application.evaluate(async ({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        const pdf = await window?.webContents.printToPDF({ pageSize: 'A4', printBackground: true });
        return { head: pdf?.subarray(0, 5).toString('latin1'), bytes: pdf?.length ?? 0 };
      });

      // An empty page is about a thousand bytes; words with an embedded font are far more.
      expect(printed.head).toBe('%PDF-');
      expect(printed.bytes).toBeGreaterThan(5_000);
      await new ClosedPage(page).finish();
    },
  );

  test.each(['lock-screen', 'suspend'] as const)("the computer's own %s locks the officer's screen", async (event) => {
    await page.reload();
    await signInAs('officer');

    await application.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);

    const locked = page.getByRole('heading', { name: /locked/i });
    await locked.waitFor();
    expect(await locked.isVisible()).toBe(true);
  });

  /** Signs in with the password that was shown once, or with the one that it was changed to. */
  async function signInAs(userName: string): Promise<void> {
    const shown = await application.evaluate(({ app }) => String(Reflect.get(app, 'firstPasswords')));
    const first = new RegExp(`^${userName}: +(.+)$`, 'm').exec(shown)?.[1] ?? '';
    await new SignInPage(page).signIn(userName, changed.has(userName) ? OWN_PASSWORD : first, OWN_PASSWORD);
    changed.add(userName);
  }
});
