import { StationPage } from './station-page.ts';

/** The page of a check that stands still until its officer takes it up again. */
export class InterruptedPage extends StationPage {
  /** What interrupted the check, as the station says it. */
  async why(): Promise<string> {
    await this.isShown('This check was interrupted');
    return (await this.page.locator('[data-interrupted]').getAttribute('data-interrupted')) ?? '';
  }

  async goOn(): Promise<void> {
    await this.press('Go on with this check');
    await this.page
      .getByRole('heading', { level: 1, name: 'This check was interrupted' })
      .waitFor({ state: 'detached' });
  }

  /** Ends the check instead, from this page or from one that says why it stops. */
  async endTheCheck(): Promise<void> {
    await this.press('End this check');
    await this.press('Yes, stop this check');
    await this.isShown('Check closed');
  }
}
