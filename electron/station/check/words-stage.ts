import type { CheckView } from '../../contract/checks.ts';
import { SPOKEN_WORDS, type SpokenWord } from '../../contract/grounds.ts';
import type { CheckNote } from './check-records.ts';

/** The words that must be said to the person before, and when each was said: an interruption takes none of them away. */
export class WordsStage {
  readonly #spokenAt = new Map<SpokenWord, string>();
  readonly #note: (note: CheckNote) => Promise<void>;

  constructor(note: (note: CheckNote) => Promise<void>) {
    this.#note = note;
  }

  get areAllSpoken(): boolean {
    return SPOKEN_WORDS.every((word) => this.#spokenAt.has(word));
  }

  /** Notes that a word was said at that moment; one that was said already keeps its time. */
  async confirm(word: SpokenWord, at: string): Promise<void> {
    if (this.#spokenAt.has(word)) return;
    this.#spokenAt.set(word, at);
    await this.#note({ code: 'words-spoken', details: { word } });
  }

  view(): Extract<CheckView, { stage: 'words' }>['words'] {
    return SPOKEN_WORDS.map((word) => ({ word, spokenAt: this.#spokenAt.get(word) ?? null }));
  }
}
