import type { Browser, Page } from 'playwright';
import { launchChromium } from '../../support/chromium.ts';
import { buildRendererUnderTest, serveFakeStation, type FakeHost } from './fake-host.ts';
import { FAKE_PASSWORD, FakeStation } from './fake-station.ts';

/** The built page over a fake station, and a real Chromium to open it in. */
export interface FakePages extends AsyncDisposable {
  readonly fake: FakeStation;
  readonly host: FakeHost;
  readonly browser: Browser;
  /** An empty tab of 1,280 × 900 pixels in which nothing moves. */
  newPage(): Promise<Page>;
  /** Opens the station in it and signs in; the user's name is the role's. */
  signIn(page: Page, userName: 'admin' | 'officer'): Promise<void>;
}

/** Builds the page, serves it, and starts a browser. */
export async function openFakePages(): Promise<FakePages> {
  const folder = await buildRendererUnderTest();
  const fake = new FakeStation();
  const host = await serveFakeStation(fake, folder);
  const browser = await launchChromium();
  return {
    fake,
    host,
    browser,
    newPage: () => browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' }),
    async signIn(page, userName) {
      await page.goto(host.origin);
      await page.locator('#user-name').fill(userName);
      await page.locator('#password').fill(FAKE_PASSWORD);
      await page.keyboard.press('Enter');
      await page.locator('#user-name').waitFor({ state: 'detached' });
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await host[Symbol.asyncDispose]();
    },
  };
}
