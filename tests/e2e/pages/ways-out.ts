import { StationPage } from './station-page.ts';

/** The two ways to end a check before its answers, from any of its pages. */
export class WaysOut extends StationPage {
  async thePersonDeclines(): Promise<void> {
    await this.page.getByRole('link', { name: 'The person declines' }).click();
    await this.press('Yes, the person declines');
    await this.isShown('Check closed');
  }

  async stopTheCheck(): Promise<void> {
    await this.page.getByRole('link', { name: 'Stop this check' }).click();
    await this.press('Yes, stop this check');
    await this.isShown('Check closed');
  }
}
