import { StationPage } from './station-page.ts';

/** The administrator's pages of one scanner on a real station. */
export class ScannerPages extends StationPage {
  /** Checks the empty glass and gives the verdict. */
  async checkTheGlass(): Promise<string> {
    await this.press('Check the glass');
    const report = this.page.locator('[data-verdict]:not([data-verdict=none])');
    await report.waitFor({ timeout: 60_000 });
    return (await report.getAttribute('data-verdict')) ?? '';
  }

  /** One figure of the last test, by its name. */
  async figure(name: string): Promise<string> {
    return this.page.locator('.figures > div', { hasText: name }).locator('dd').innerText();
  }

  /** What the page says of the erasure of the last test's image. */
  async erasure(): Promise<string> {
    return this.page.getByTestId('erased').innerText();
  }

  /** Enrols the scanner, from its first page. */
  async enrol(): Promise<void> {
    await this.press('Enrol this scanner');
    await this.page.getByText('The scanner was enrolled.').waitFor();
  }
}
