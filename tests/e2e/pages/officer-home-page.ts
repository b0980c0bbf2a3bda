import { StationPage } from './station-page.ts';

/** The officer's home page. */
export class OfficerHomePage extends StationPage {
  async startAnIdentityCheck(): Promise<void> {
    await this.press('Start an identity check');
    await this.isShown('Why are prints to be taken?');
  }

  async goOnWithTheOpenCheck(): Promise<void> {
    await this.press('Go on with this check');
  }

  /** Waits until the scanner and both databases are shown as ready. */
  async waitUntilTheStationIsReady(timeoutMs = 60_000): Promise<void> {
    await this.page.locator('.readiness__part[data-ready="true"]').nth(2).waitFor({ timeout: timeoutMs });
  }
}
