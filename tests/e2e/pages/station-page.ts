import type { Locator, Page } from 'playwright';

/** What every page of the station has. Names are those of the English pages. */
export class StationPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The heading of the page that is shown. */
  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  /** Waits for the page with that heading. */
  async isShown(title: string | RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor();
  }

  /** The sentences of the error summary, empty when there is none. */
  async problems(): Promise<readonly string[]> {
    return this.page.locator('.govuk-error-summary__list li').allInnerTexts();
  }

  /** True when the page says that this is a training station. */
  async saysTraining(): Promise<boolean> {
    return this.page.getByText('Training station: simulated scanner').isVisible();
  }

  protected press(name: string | RegExp): Promise<void> {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' }).click();
  }

  async lockTheScreen(): Promise<void> {
    await this.press('Lock');
    await this.isShown('This screen is locked');
  }

  async unlock(password: string): Promise<void> {
    await this.page.getByLabel('Password').fill(password);
    await this.press('Unlock');
    await this.page.getByRole('heading', { level: 1, name: 'This screen is locked' }).waitFor({ state: 'detached' });
  }

  /** Signs out; with an open check, says yes to leaving it. */
  async signOut(): Promise<void> {
    await this.page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
    const signedOut = this.page.getByRole('heading', { level: 1, name: 'Sign in' });
    const question = this.page.getByRole('heading', { level: 1, name: /^Sign out with a check open/ });
    await signedOut.or(question).waitFor();
    if (await question.isVisible()) await this.page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
    await signedOut.waitFor();
  }
}
