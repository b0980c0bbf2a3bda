import type { Locator } from 'playwright';
import { StationPage } from './station-page.ts';

/** How long one finger may take, milliseconds: the scanner waits 45 s for it. */
const FINGER_TIMEOUT_MS = 60_000;

/** The page on which two fingers are taken. */
export class CapturePage extends StationPage {
  card(slot: 'first' | 'second'): Locator {
    return this.page.locator(`[data-slot="${slot}"]`);
  }

  /** The state of a finger, as the station says it. */
  async stateOf(slot: 'first' | 'second'): Promise<string> {
    return (await this.card(slot).getAttribute('data-state')) ?? '';
  }

  /** Starts the capture of a finger and waits until it was captured or has failed; gives which. */
  async takeFinger(slot: 'first' | 'second'): Promise<'captured' | 'failed'> {
    await this.startTaking(slot);
    const ended = this.page.locator(`[data-slot="${slot}"]:is([data-state="captured"], [data-state="failed"])`);
    await ended.waitFor({ timeout: FINGER_TIMEOUT_MS });
    return (await this.stateOf(slot)) === 'captured' ? 'captured' : 'failed';
  }

  /** Takes a finger again, once the scanner is back, for as long as attempts are left; what a scanner does uses none up. */
  async takeFingerInTheEnd(slot: 'first' | 'second'): Promise<void> {
    while ((await this.takeFinger(slot)) !== 'captured') {
      if (/unplugged/.test(await this.wordsOf(slot))) await this.waitForTheScanner();
    }
  }

  /** The words that stand in a finger's card. */
  async wordsOf(slot: 'first' | 'second'): Promise<string> {
    return this.card(slot).locator('.finger-card__words').innerText();
  }

  /** Waits until the page says that the scanner is back. */
  async waitForTheScanner(): Promise<void> {
    await this.page.getByText('The scanner is ready again.').waitFor();
  }

  async startTaking(slot: 'first' | 'second'): Promise<void> {
    const before = await this.card(slot).innerText();
    await this.card(slot)
      .getByRole('button', { name: /^Take the / })
      .click();
    // A retake begins from "captured" or "failed": wait until the card has moved on from what it was.
    await this.page.waitForFunction(
      ([wanted, words]) => document.querySelector<HTMLElement>(`[data-slot="${wanted}"]`)?.innerText !== words,
      [slot, before],
    );
  }

  async cancel(slot: 'first' | 'second'): Promise<void> {
    await this.card(slot).getByRole('button', { name: 'Cancel' }).click();
  }

  async chooseAnotherFinger(slot: 'first' | 'second', finger: string): Promise<void> {
    await this.#openOthers(slot);
    await this.card(slot).getByLabel('Finger to be taken').selectOption({ label: finger });
  }

  async markAs(slot: 'first' | 'second', condition: 'missing' | 'bandaged'): Promise<void> {
    await this.#openOthers(slot);
    await this.card(slot)
      .getByRole('button', { name: `Finger is ${condition}` })
      .click();
    await this.page.locator(`[data-slot="${slot}"][data-state="${condition}"]`).waitFor();
  }

  async #openOthers(slot: 'first' | 'second'): Promise<void> {
    const details = this.card(slot).locator('details');
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
  }

  /** Starts the search; where a print is below the quality wanted, gives the reason. */
  async searchBothDatabases(whyBelowThreshold = 'no better print can be taken'): Promise<void> {
    await this.page.getByRole('button', { name: 'Search both databases' }).waitFor();
    const reason = this.page.getByLabel('Why are prints below the quality wanted used?');
    if (await reason.isVisible()) await reason.fill(whyBelowThreshold);
    await this.press('Search both databases');
  }
}
