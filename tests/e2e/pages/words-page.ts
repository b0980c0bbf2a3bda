import { StationPage } from './station-page.ts';

/** The words to be spoken. */
export class WordsPage extends StationPage {
  /** Confirms each of the words as said, in their order, and goes on to the prints. */
  async sayEverything(): Promise<void> {
    await this.isShown('Say this to the person');
    const said = this.page.getByRole('button', { name: 'I have said this' });
    for (let left = await said.count(); left > 0; left -= 1) {
      await said.first().click();
      await this.page
        .locator('.spoken-words__said')
        .nth((await this.page.locator('.spoken-words__word').count()) - left)
        .waitFor();
    }
    await this.press('Go on to the prints');
    await this.isShown('Take two prints');
  }
}
