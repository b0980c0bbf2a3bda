import { StationPage } from './station-page.ts';

/** The page of a check that has ended. */
export class ClosedPage extends StationPage {
  /** How the check ended, as the station says it. */
  async ending(): Promise<string> {
    await this.isShown('Check closed');
    return (await this.page.locator('[data-ending]').getAttribute('data-ending')) ?? '';
  }

  /** How many receipts of erasure the page lists. */
  receipts(): Promise<number> {
    return this.page.getByTestId('receipt').count();
  }

  async finish(): Promise<void> {
    await this.press('Finish');
    await this.isShown('Identity check');
  }
}
