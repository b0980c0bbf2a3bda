import type { Locator } from 'playwright';
import type { DatabaseName } from '../../../electron/contract/checks.ts';
import { StationPage } from './station-page.ts';

const CHOICES = { 'keep waiting': 'wait', 'try again': 'again', 'go on without it': 'without' } as const;

/** The page on which both databases are searched, and on which an officer decides about a late one. */
export class SearchingPage extends StationPage {
  column(database: DatabaseName): Locator {
    return this.page.locator(`[data-database="${database}"]`);
  }

  /** Waits until the database is outstanding and the officer may decide. */
  async isOutstanding(database: DatabaseName): Promise<void> {
    await this.page.locator(`[data-database="${database}"][data-state="outstanding"]`).waitFor();
  }

  /** The state in words, as it is read out. */
  async wordsOf(database: DatabaseName): Promise<string> {
    return this.column(database).locator('.answer-column__words').innerText();
  }

  choice(database: DatabaseName, choice: keyof typeof CHOICES): Locator {
    return this.column(database).locator(`[data-choice="${CHOICES[choice]}"]`);
  }

  async decide(database: DatabaseName, choice: keyof typeof CHOICES): Promise<void> {
    await this.choice(database, choice).click();
  }

  /** The answer that is shown while the other database is outstanding. */
  async answerShown(database: DatabaseName): Promise<string | null> {
    const column = this.page.locator(`[data-database="${database}"][data-answer]`);
    await column.waitFor();
    return column.getAttribute('data-answer');
  }
}
