import { StationPage } from './station-page.ts';

/** The administrator's pages. */
export class AdministratorPages extends StationPage {
  async openThePage(name: 'Scanners' | 'Settings' | 'Users' | 'Monthly counts'): Promise<void> {
    await this.page.getByRole('link', { name, exact: true }).click();
    await this.isShown(name);
  }

  /** From the list of scanners to one part of the first scanner's own pages. */
  async lookAfterTheScanner(part: 'About it' | 'Test capture' | 'Glass' | 'Resolution' | 'Statistics'): Promise<void> {
    const look = this.page.getByRole('link', { name: /^Look after it/ }).first();
    const tab = this.page.getByRole('link', { name: part, exact: true });
    await look.or(tab).first().waitFor();
    if (await look.isVisible()) await look.click();
    await tab.click();
    await this.page.locator(`.tab-links__link--present:text-is("${part}")`).waitFor();
  }

  /** On a scanner's page of tests: takes a test capture and gives how it ended. */
  async testTheScanner(): Promise<'done' | 'failed'> {
    await this.press('Start a test');
    const ended = this.page.locator('.test-capture:is([data-state="done"], [data-state="failed"])');
    await ended.waitFor({ timeout: 60_000 });
    return (await ended.getAttribute('data-state')) === 'done' ? 'done' : 'failed';
  }

  /** On the users page: adds a user and gives the first password, which is shown once. */
  async addUser(userName: string, displayName: string, role: string): Promise<string> {
    const form = this.page.locator('.new-user');
    await form.getByLabel('User name').fill(userName);
    await form.getByLabel('Name', { exact: true }).fill(displayName);
    await form.getByRole('radio', { name: role, exact: true }).check();
    await this.press('Add user');
    return (await this.page.getByTestId('first-password').innerText()).trim();
  }

  /** On the counts page: sets the address to which counts go and switches sending on. */
  async sendCountsTo(address: string): Promise<void> {
    await this.page.getByLabel('Send the counts of each month').check();
    await this.page.getByLabel('Address').fill(address);
    await this.press('Save');
    await this.page.getByText('Saved.').waitFor();
  }

  async sendNow(): Promise<void> {
    await this.press('Send now');
  }

  /** What the page says of the last delivery: never, delivered or failed. */
  async lastPush(): Promise<string> {
    return (await this.page.getByTestId('last-push').getAttribute('data-push')) ?? '';
  }

  /** On the settings page: types a value into a field and saves. */
  async change(label: string, value: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(value);
    await this.press('Save');
  }
}
