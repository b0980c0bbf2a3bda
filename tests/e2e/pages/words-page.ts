import { StationPage } from './station-page.ts';

/** The words to be spoken. */
export class WordsPage extends StationPage {
  /** Confirms each of the words as said, in their order; the last one leads on to the prints. */
  async sayEverything(): Promise<void> {
    await this.isShown('Say this to the person');
    const words = await this.page.locator('.spoken-words__word').count();
    for (let said = await this.page.locator('.spoken-words__said').count(); said < words; said += 1) {
      await this.page.locator('[data-next-word]').click();
      if (said < words - 1) await this.page.locator('.spoken-words__said').nth(said).waitFor();
    }
    await this.isShown('Take two prints');
  }
}
