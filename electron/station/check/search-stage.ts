import type { AnswerKind, DatabaseName, DatabaseSearch, ErasureReason, ErasureReceipt } from '../../contract/checks.ts';
import type { CheckOpening } from './check-opening.ts';
import type { CheckNote } from './check-records.ts';
import type { CheckServices } from './check-services.ts';
import { DatabaseSearches } from './database-searches.ts';
import { EncodedPrints } from './encoded-prints.ts';
import type { FingerDesk } from './finger-desk.ts';
import { Refusal } from '../refusal.ts';

export interface SearchStageOptions {
  readonly opening: CheckOpening;
  readonly services: CheckServices;
  readonly fingers: FingerDesk;
  /** Aborted when the check ends. */
  readonly ending: AbortSignal;
  readonly note: (note: CheckNote) => Promise<void>;
  readonly onReceipt: (receipt: ErasureReceipt) => Promise<void>;
  readonly onChange: () => void;
  /** Both answers are in and kept, and the prints are gone. */
  readonly onComplete: () => void;
  /** The searches could not be carried through, for a reason that no database answers for. */
  readonly onFault: (fault: unknown) => void;
}

/** The searching of one check: from the prints as taken to both answers, and the erasure that follows them at once. */
export class SearchStage {
  readonly #options: SearchStageOptions;
  readonly #searches: DatabaseSearches;
  readonly #encoded: EncodedPrints;
  #running: Promise<void> | null = null;
  #msFromLiftToAnswers: number | null = null;

  constructor(options: SearchStageOptions) {
    this.#options = options;
    this.#encoded = new EncodedPrints({
      custody: options.services.custody,
      onTaken: ({ bufferId, kind, sizeBytes }) =>
        options.note({ code: 'buffer-taken', details: { bufferId, kind, sizeBytes } }),
      onReceipt: options.onReceipt,
    });
    const { ending, note, onChange, onFault, services } = options;
    const hold = (sizeBytes: number) => this.#encoded.hold(sizeBytes);
    this.#searches = new DatabaseSearches({ ending, note, onChange, onFault, hold }, services);
  }

  /** How far both databases are, and what they said. */
  view(): Record<DatabaseName, DatabaseSearch> {
    return this.#searches.view();
  }

  /**
   * From the lift of the last finger to the second answer, milliseconds; null when that cannot be said, or a database was
   * not waited for: how long an officer waited is not how long a database took.
   */
  get msFromLiftToAnswers(): number | null {
    return this.#msFromLiftToAnswers;
  }

  /** What both databases said, in kinds; null until both have an answer. */
  answerKinds(): Readonly<Record<DatabaseName, AnswerKind>> | null {
    return this.#searches.answerKinds();
  }

  /**
   * Looks whether the prints may be searched, and keeps why one below the threshold is accepted.
   * @throws Refusal `capture.nothing-to-search`, `capture.quality-too-low`
   */
  async accept(whyBelowThreshold: string | null): Promise<void> {
    const { fingers, opening, services } = this.#options;
    if (!fingers.isComplete) throw new Refusal('capture.nothing-to-search');
    if (fingers.hasOneBelowThreshold && whyBelowThreshold === null) throw new Refusal('capture.quality-too-low');
    if (whyBelowThreshold !== null) await services.checks.saveAcceptance(opening.checkId, whyBelowThreshold);
  }

  /** Databases that were asked and gave no answer. */
  get unanswered(): readonly DatabaseName[] {
    return this.#searches.unanswered;
  }

  /** True while the officer may already see one answer because the other database is outstanding. */
  get isOneAnswerToShow(): boolean {
    return this.#searches.isOneAnswerToShow;
  }

  /** Waits on for a database, or goes on without it. @throws Refusal `search.not-outstanding` */
  decide(database: DatabaseName, decision: 'keep-waiting' | 'go-on-without'): Promise<void> {
    const search = this.#searches.of(database);
    return decision === 'keep-waiting' ? search.keepWaiting() : search.goOnWithout();
  }

  /** Asks a database again. @throws Refusal `search.not-outstanding`, `search.asked-too-often` */
  tryAgain(database: DatabaseName): Promise<void> {
    return this.#searches.of(database).tryAgain();
  }

  /** Starts both searches; what comes of them is told by `onChange`, `onComplete` and `onFault`. */
  start(): void {
    this.#running = this.#searchBoth().catch(this.#options.onFault);
  }

  /** Erases what was encoded to be sent; nothing can be sent afterwards. */
  eraseAll(why: ErasureReason): Promise<void> {
    return this.#encoded.eraseAll(why);
  }

  /** Settles when nothing of the searches runs any more; a check that never searched has nothing to wait for. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #searchBoth(): Promise<void> {
    const { ending, fingers, opening, services } = this.#options;
    const { checkId, reference: checkReference } = opening;
    const lent = fingers.lendProbe();
    try {
      await this.#searches.run({ checkReference, fingers: lent.fingers, impressions: lent.impressions });
      const lift = this.#searches.haveBothAnswered ? fingers.lastLiftAtMs : null;
      if (lift !== null) this.#msFromLiftToAnswers = Math.max(0, Math.round(services.clock.now() - lift));
      // The prints are zeroed before anything is written, and before a database that was given up has let go of them.
      const erased = ending.aborted ? [] : [fingers.eraseAll('answers-complete'), this.eraseAll('answers-complete')];
      await Promise.all([...erased, this.#searches.released().finally(() => lent[Symbol.dispose]())]);
    } finally {
      lent[Symbol.dispose]();
    }
    await this.#searches.noted();
    if (ending.aborted) return;
    services.grants.end(checkId);
    const answers = this.#searches.answerKinds();
    if (answers !== null) await services.checks.saveAnswers(checkId, answers);
    this.#options.onComplete();
  }
}
