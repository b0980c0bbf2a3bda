import { StationPage } from './station-page.ts';

/** The auditor's pages. */
export class AuditorPages extends StationPage {
  async openTheLog(): Promise<void> {
    await this.page.getByRole('link', { name: 'Audit log' }).click();
    await this.isShown('Audit log');
  }

  async openTheCounts(): Promise<void> {
    await this.page.getByRole('link', { name: 'Counts by month' }).click();
    await this.isShown('Counts by month');
  }

  /** Verifies the log; true when it is whole. */
  async verifyTheLog(): Promise<boolean> {
    await this.press('Verify the log');
    const said = this.page.locator('[data-verified]');
    await said.waitFor({ timeout: 120_000 });
    return (await said.getAttribute('data-verified')) === 'whole';
  }

  /** The codes of the events that the page lists for one check, newest first. */
  async eventsOf(checkReference: string): Promise<readonly string[]> {
    await this.page.getByLabel('Reference of a check').fill(checkReference);
    await this.press('Search');
    await this.page.locator(`[data-reference-shown="${checkReference}"]`).waitFor();
    const rows = await this.page.locator('[data-code]').all();
    return Promise.all(rows.map(async (row) => (await row.getAttribute('data-code')) ?? ''));
  }

  /** What the counts page shows for one cell in its last month. */
  async countThisMonth(cell: string): Promise<string> {
    return (await this.page.locator(`[data-cell="${cell}"] td`).last().innerText()).trim();
  }
}
