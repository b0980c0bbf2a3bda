import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleForElectron } from '../../build/bundle-for-electron.ts';
import { findElectronRuntime, hasDisplay } from '../../build/electron-runtime.ts';

const PROJECT = path.resolve(import.meta.dirname, '../..');
const executable = await findElectronRuntime(PROJECT);
const reason = executable === null ? "Electron's runtime is not on this machine" : 'there is no display';
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
    // The first passwords are shown in a box that waits for a click.
    await application.evaluate(({ dialog }) => {
      dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
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
});
