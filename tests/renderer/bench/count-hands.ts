import type { Page } from 'playwright';

/** What was done on a page by hand: keys that are no words, characters that are, and clicks. */
export interface Counted {
  /** Keys pressed, each chord once; a letter that went into a field of words is none. */
  readonly keys: number;
  readonly characters: number;
  readonly clicks: number;
}

declare global {
  interface Window {
    hands?: Counted;
  }
}

/** Counts from now on what the browser itself says was done by hand; the answer gives the count so far. */
export async function countHands(page: Page): Promise<() => Promise<Counted>> {
  await page.evaluate(() => {
    const counted = { keys: 0, characters: 0, clicks: 0 };
    window.hands = counted;
    const isModifier = (key: string): boolean => ['Alt', 'Control', 'Shift', 'Meta'].includes(key);
    window.addEventListener(
      'keydown',
      (event) => {
        if (!event.isTrusted || isModifier(event.key)) return;
        const { target } = event;
        const isField =
          target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text');
        if (isField && event.key.length === 1 && !event.altKey && !event.ctrlKey) counted.characters += 1;
        else counted.keys += 1;
      },
      { capture: true },
    );
    window.addEventListener('pointerdown', (event) => void (event.isTrusted && (counted.clicks += 1)), {
      capture: true,
    });
  });
  return async () => {
    const counted = await page.evaluate(() => window.hands);
    if (counted === undefined) throw new Error('the page was loaded anew, and what was counted is gone');
    return counted;
  };
}
