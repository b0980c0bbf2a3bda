import path from 'node:path';
import type { Page } from 'playwright';
import { GroundsPages } from '../e2e/pages/grounds-pages.ts';

/** Keeps one screenshot of each page that the demo sees, numbered in the order in which they came. */
export class Album {
  readonly #page: Page;
  readonly #folder: string;
  readonly #kept = new Set<string>();

  constructor(page: Page, folder: string) {
    this.#page = page;
    this.#folder = folder;
  }

  /** Takes the picture of the page that is shown, the first time that it is shown under that name. */
  async keep(name: string): Promise<void> {
    if (this.#kept.has(name)) return;
    this.#kept.add(name);
    const number = String(this.#kept.size).padStart(2, '0');
    await this.#page.screenshot({ path: path.join(this.#folder, `${number}-${name}.png`), fullPage: true });
  }
}

/** The questions of the grounds, each kept in the album before its answer is confirmed. */
export class PicturedGrounds extends GroundsPages {
  readonly #album: Album;

  constructor(page: Page, album: Album) {
    super(page);
    this.#album = album;
  }

  override async goOn(): Promise<void> {
    await this.#album.keep(`grounds-${new URL(this.page.url()).hash.split('/').at(-1) ?? ''}`);
    await super.goOn();
  }
}
