import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';
import { Album } from '../album.ts';
import { fileOfStop, TOUR } from './tour-stops.ts';
import { toPalettePng } from './palette-png.ts';

/** Longest picture, CSS pixels: a page that is longer is shown from its top. */
const LONGEST_PX = 1_500;

/** Keeps the pictures of the tour's stops and of nothing else, small and under names that are always the same. */
export class TourAlbum extends Album {
  readonly #folder: string;
  readonly #kept = new Set<string>();
  readonly #page: Page;

  constructor(page: Page, folder: string) {
    super(page, folder);
    this.#page = page;
    this.#folder = folder;
  }

  /** Takes the picture when the tour stops here; what it does not stop at is passed by. */
  override async keep(name: string): Promise<void> {
    if (this.#kept.has(name) || !TOUR.some((known) => known.name === name)) return;
    this.#kept.add(name);
    // No control is pictured as if it were pointed at.
    await this.#page.mouse.move(0, 0);
    const isCovered = (await this.#page.locator('dialog[open]').count()) > 0;
    await this.#page.evaluate(() => {
      window.scrollTo(0, 0);
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    const heightPx = await this.#page.evaluate(() => document.documentElement.scrollHeight);
    const widthPx = this.#page.viewportSize()?.width ?? 0;
    const isLong = heightPx > LONGEST_PX;
    const picture = await this.#page.screenshot({
      fullPage: !isCovered,
      animations: 'disabled',
      caret: 'hide',
      ...(isLong && !isCovered && { clip: { x: 0, y: 0, width: widthPx, height: LONGEST_PX } }),
    });
    await writeFile(path.join(this.#folder, fileOfStop(name)), toPalettePng(picture));
    if (name === 'closed') await this.#keepTheSlip();
  }

  /** What a printer gets of the closed page. */
  async #keepTheSlip(): Promise<void> {
    await this.#page.emulateMedia({ media: 'print' });
    await this.keep('slip');
    await this.#page.emulateMedia({ media: 'screen' });
  }
}
