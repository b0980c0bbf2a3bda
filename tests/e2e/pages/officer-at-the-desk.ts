import type { Page } from 'playwright';

/** One page of the grounds: which answer is chosen, counted from 1, and what is written into which field. */
export interface Answer {
  readonly question: string;
  readonly choice?: number;
  readonly words?: Readonly<Record<string, string>>;
}

/** A plain, lawful case under (6B)(a), in the shortest way in which it can be told. */
export const PLAIN_CASE: readonly Answer[] = [
  { question: 'purpose', choice: 1 },
  { question: 'custody-record', words: { 'custody-record-number': 'CR/0042/26' } },
  { question: 'power-holder', words: { 'collar-number': 'PC 4217' } },
  { question: 'person', choice: 1 },
  { question: 'arrest', choice: 2 },
  { question: 'offence-stage', choice: 3 },
  { question: 'offence-category', choice: 3 },
  { question: 'offence', words: { offence: 'theft from a shop', 'why-suspected': 'the goods were in the bag' } },
  { question: 'name', choice: 1, words: { 'what-was-tried': 'asked three times, and asked the people nearby' } },
  { question: 'documents', choice: 1 },
  { question: 'interpreter', choice: 1 },
  { question: 'force', choice: 1 },
];

/** By what the officer works the page: a mouse, or the keyboard and nothing else. */
export type Hand = 'mouse' | 'keyboard';

/** An officer who walks through a check, in whatever language and look the page is in: nothing here reads words. */
export class OfficerAtTheDesk {
  readonly page: Page;
  readonly #hand: Hand;
  /** Called on each page of the journey, once it is there. */
  readonly #onPage: (name: string) => Promise<void>;

  constructor(page: Page, hand: Hand, onPage: (name: string) => Promise<void> = () => Promise.resolve()) {
    this.page = page;
    this.#hand = hand;
    this.#onPage = onPage;
  }

  /** Waits until the page at that path is shown and has the focus. */
  async isAt(path: string): Promise<void> {
    await this.page.waitForFunction(
      (wanted) => location.hash === `#${wanted}` && document.querySelector('main')?.contains(document.activeElement),
      path,
    );
    await this.#onPage(path);
  }

  /** Presses the control of the page that goes on, by its key where there is one. */
  async goOn(key: 'Enter' | 'Alt+n' = 'Enter'): Promise<void> {
    if (this.#hand === 'keyboard') await this.page.keyboard.press(key);
    else await this.page.locator('main [data-shortcut="next"]').click();
  }

  async answer({ choice, question, words = {} }: Answer): Promise<void> {
    await this.isAt(`/check/grounds/${question}`);
    if (this.#hand === 'keyboard') await this.#answerByKeys(choice, words);
    else await this.#answerByMouse(question, choice, words);
  }

  async #answerByKeys(choice: number | undefined, words: Readonly<Record<string, string>>): Promise<void> {
    if (choice !== undefined) await this.page.keyboard.press(String(choice));
    for (const [field, text] of Object.entries(words)) {
      // Whatever was typed once is there already, and the heading has the focus.
      if ((await this.page.locator(`#${field}`).inputValue()) === '') {
        // The focus has to be there by itself: nothing but keys is used.
        await this.page.waitForFunction((wanted) => document.activeElement?.id === wanted, field);
        await this.page.keyboard.type(text);
      }
      await this.page.keyboard.press('Enter');
    }
  }

  async #answerByMouse(question: string, choice: number | undefined, words: Answer['words'] = {}): Promise<void> {
    if (choice !== undefined) {
      await this.page.locator(`label[for="${choice === 1 ? question : `${question}-${choice}`}"]`).click();
    }
    for (const [field, text] of Object.entries(words)) await this.page.locator(`#${field}`).fill(text);
    await this.goOn();
  }

  /** From the home page to the page on which prints are taken. */
  async reachTheCapture(answers: readonly Answer[] = PLAIN_CASE): Promise<void> {
    await this.isAt('/');
    await this.goOn();
    for (const answer of answers) await this.answer(answer);
    await this.isAt('/check/grounds/answers');
    await this.goOn();
    await this.sayTheWords();
    await this.isAt('/check/capture');
  }

  async sayTheWords(): Promise<void> {
    await this.isAt('/check/words');
    const words = await this.page.locator('.spoken-words__word').count();
    for (let said = 0; said < words; said += 1) {
      await this.goOn();
      if (said < words - 1) await this.page.locator('.spoken-words__said').nth(said).waitFor();
    }
  }

  /** Takes a finger that lies on the glass and waits until it was captured or has failed; gives which. */
  async take(slot: 'first' | 'second'): Promise<string> {
    if (this.#hand === 'keyboard') await this.page.keyboard.press(slot === 'first' ? 'Alt+1' : 'Alt+2');
    else await this.page.locator(`[data-take="${slot}"]`).click();
    const ended = this.page.locator(`[data-slot="${slot}"]:is([data-state="captured"], [data-state="failed"])`);
    await ended.waitFor({ timeout: 60_000 });
    return (await ended.getAttribute('data-state')) ?? '';
  }

  /** Starts the search of both databases; where a print is below the quality wanted, gives the reason. */
  async startTheSearch(): Promise<void> {
    const button = this.page.locator('[data-search]');
    await button.waitFor();
    const why = this.page.locator('#why-below-threshold');
    if (await why.isVisible()) await why.fill('no better print can be taken');
    await this.goOn('Alt+n');
  }

  /** Searches both databases and gives what each said, once both have. */
  async search(): Promise<Readonly<Record<'police' | 'immigration', string>>> {
    await this.startTheSearch();
    await this.page.getByTestId('answers').waitFor({ timeout: 60_000 });
    await this.#onPage('/check/results');
    const said = (database: string) => this.page.locator(`[data-database="${database}"]`).getAttribute('data-answer');
    return { police: (await said('police')) ?? '', immigration: (await said('immigration')) ?? '' };
  }

  /** Closes the check and goes home; gives how it ended. */
  async close(): Promise<string> {
    await this.goOn('Alt+n');
    return this.leaveTheClosed();
  }

  async leaveTheClosed(): Promise<string> {
    await this.isAt('/check/closed');
    const ending = (await this.page.locator('[data-ending]').getAttribute('data-ending')) ?? '';
    await this.goOn();
    await this.isAt('/');
    return ending;
  }

  /** Ends the check as declined or stopped, from a page that offers it. */
  async end(why: 'declined' | 'abandoned'): Promise<string> {
    await this.page.evaluate((wanted) => (location.hash = `/check/end/${wanted}`), why);
    await this.isAt(`/check/end/${why}`);
    await this.page.locator('main .govuk-button--warning').click();
    return this.leaveTheClosed();
  }
}
