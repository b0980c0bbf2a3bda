import type { AnswerKind, DatabaseName } from '../../../electron/contract/checks.ts';
import { ANSWER_KINDS } from '../../../electron/contract/checks.ts';
import { StationPage } from './station-page.ts';

/** How long both searches may take before the page must show them, milliseconds: the longest deadline of a search. */
const ANSWERS_TIMEOUT_MS = 300_000;

/** What one column of the page shows. */
export interface ShownAnswer {
  readonly answer: AnswerKind;
  /** The first record's reference, or null when no record is shown. */
  readonly reference: string | null;
}

/** The page with what both databases said. */
export class ResultsPage extends StationPage {
  async waitForTheAnswers(): Promise<void> {
    await this.page.getByTestId('answers').waitFor({ timeout: ANSWERS_TIMEOUT_MS });
  }

  /** Reads the two columns as the officer sees them. */
  async readTheAnswers(): Promise<Readonly<Record<DatabaseName, ShownAnswer>>> {
    await this.waitForTheAnswers();
    return { police: await this.#read('police'), immigration: await this.#read('immigration') };
  }

  async #read(database: DatabaseName): Promise<ShownAnswer> {
    const column = this.page.locator(`[data-database="${database}"]`);
    const shown = await column.getAttribute('data-answer');
    const answer = ANSWER_KINDS.find((kind) => kind === shown);
    if (answer === undefined) throw new Error(`the ${database} column shows ${shown ?? 'nothing'}`);
    const reference = (await column.getAttribute('data-reference')) ?? '';
    return { answer, reference: reference === '' ? null : reference };
  }

  /** Milliseconds from the lift of the last finger to both answers, as the page says them; null when it does not. */
  async msFromLiftToAnswers(): Promise<number | null> {
    const answers = this.page.getByTestId('took');
    if ((await answers.count()) === 0) return null;
    return Number(await answers.getAttribute('data-ms'));
  }

  async closeTheCheck(): Promise<void> {
    await this.press('Close this check');
    await this.isShown('Check closed');
  }
}
