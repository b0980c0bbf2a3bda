import type { Page } from 'playwright';
import { captureView, searchingView } from './example-views.ts';
import { FAKE_PASSWORD, type FakeStation } from './fake-station.ts';
import type { Scene } from './scene.ts';

/** Shows scenes on one page over one fake station. */
export class Stage {
  readonly #page: Page;
  readonly #fake: FakeStation;
  readonly #origin: string;

  constructor(page: Page, fake: FakeStation, origin: string) {
    this.#page = page;
    this.#fake = fake;
    this.#origin = origin;
  }

  async signIn(role: Scene['role']): Promise<void> {
    this.#fake.check.set(null);
    await this.#page.goto(this.#origin);
    await this.#page.reload();
    const userName = this.#page.locator('#user-name');
    await userName.waitFor();
    if (role === null) return;
    await userName.fill(role === 'administrator' ? 'admin' : role);
    await this.#page.locator('#password').fill(FAKE_PASSWORD);
    await this.#page.keyboard.press('Enter');
    await userName.waitFor({ state: 'detached' });
  }

  /** Signs in anew and brings the page to a scene. */
  async show(scene: Scene): Promise<void> {
    const page = this.#page;
    await this.signIn(scene.role);
    const { check } = scene;
    if (check !== undefined) {
      await page.locator('[data-shortcut=next]').first().click();
      await page.waitForFunction(() => location.hash.includes('/check/grounds'));
      // Through a stage between, so that the page takes up this one anew.
      this.#fake.check.set(check.stage === 'searching' ? captureView() : searchingView());
      await page.waitForFunction(() => /searching|capture/.test(location.hash));
      this.#fake.check.set(check);
      await page.waitForFunction((stage) => location.hash.includes(stage), check.stage);
    }
    if (scene.path !== undefined) {
      await page.evaluate((hash) => (location.hash = hash), scene.path);
      await page.waitForFunction((wanted) => location.hash === `#${wanted}`, scene.path);
    }
    await page.locator('main h1').waitFor();
    await scene.act?.(page);
  }
}
