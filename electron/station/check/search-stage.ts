import type { AnswerKind, DatabaseName, ErasureReason, ErasureReceipt } from '../../contract/checks.ts';
import type { CheckOpening } from './check-opening.ts';
import type { CheckNote } from './check-records.ts';
import type { CheckServices } from './check-services.ts';
import { DatabaseSearches } from './database-searches.ts';
import { EncodedPrints } from './encoded-prints.ts';
import type { FingerDesk } from './finger-desk.ts';
import type { DatabaseProgress } from './identify.ts';
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
  /** The search could not be carried through, for a reason that no database answers for. */
  readonly onFault: (fault: unknown) => void;
}

/** The searching of one check: from the prints as taken to both answers, and the erasure that follows them at once. */
export class SearchStage {
  readonly #options: SearchStageOptions;
  readonly #searches = new DatabaseSearches();
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
  }

  /** How far both databases are, and what they said. */
  view(): Record<DatabaseName, DatabaseProgress> {
    return this.#searches.view();
  }

  /** From the lift of the last finger to the second answer, milliseconds; null when that cannot be said. */
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
    const { ending, fingers, note, onChange, opening, services } = this.#options;
    {
      using lent = fingers.lendProbe();
      const { checkId, reference: checkReference } = opening;
      const probe = { checkId, checkReference, fingers: lent.fingers, impressions: lent.impressions };
      const hold = (sizeBytes: number) => this.#encoded.hold(sizeBytes);
      await this.#searches.run(probe, { reference: checkReference, ending, note, onChange, hold }, services);
    }
    const lift = fingers.lastLiftAtMs;
    if (lift !== null) this.#msFromLiftToAnswers = Math.max(0, Math.round(services.clock.now() - lift));
    // The prints go before anything else is written: they do not wait for the database.
    if (!ending.aborted) {
      await Promise.all([fingers.eraseAll('answers-complete'), this.eraseAll('answers-complete')]);
    }
    await this.#searches.noteAnswers(note);
    if (ending.aborted) return;
    services.grants.end(opening.checkId);
    const answers = this.#searches.answerKinds();
    if (answers !== null) await services.checks.saveAnswers(opening.checkId, answers);
    this.#options.onComplete();
  }
}
