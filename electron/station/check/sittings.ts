import type { AnswerKind, DatabaseName } from '../../contract/checks.ts';
import { Sitting, type SittingOptions } from './sitting.ts';

/** The sittings of one check: the present one, and what must be remembered of those that an interruption has ended. */
export class Sittings {
  readonly #options: SittingOptions;
  #present: Sitting;
  #hadFailedBefore = false;
  /** Prints that were searched are counted as searched, whatever came later. */
  #answersBefore: Readonly<Record<DatabaseName, AnswerKind>> | null = null;

  constructor(options: SittingOptions) {
    this.#options = options;
    this.#present = new Sitting(options);
  }

  get present(): Sitting {
    return this.#present;
  }

  /** Begins another sitting after one that has ended. */
  beginAnother(): void {
    this.#hadFailedBefore = this.everFailed;
    this.#answersBefore = this.answerKinds();
    this.#present = new Sitting(this.#options);
  }

  /** True once a capture failed in any of them. */
  get everFailed(): boolean {
    return this.#hadFailedBefore || this.#present.fingers.everFailed;
  }

  /** What both databases said in the last sitting that searched, in kinds; null when none did. */
  answerKinds(): Readonly<Record<DatabaseName, AnswerKind>> | null {
    return this.#present.search.answerKinds() ?? this.#answersBefore;
  }
}
