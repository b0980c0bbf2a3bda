import type {
  AnswerCame,
  DatabaseAnswer,
  DatabaseName,
  DatabaseSearch as SearchView,
  OutstandingReason,
} from '../../contract/checks.ts';
import { outstandingReason } from '../../domain/identification/outstanding-reason.ts';
import type { SearchAnswer } from '../../search/search-answer.ts';
import type { ProviderSearchOptions, SearchProbe, SearchProvider } from '../../search/search-provider.ts';
import type { CheckNote } from './check-records.ts';
import type { Clock, TechnicalLog } from '../platform.ts';
import { Refusal } from '../refusal.ts';

/** How long a database that could not be asked is left alone while the officer waits, milliseconds. Ours. */
export const ASK_AGAIN_AFTER_MS = 15_000;
/** How often one check asks one database at most. Ours: each time is a disclosure, and leaves receipts to be read. */
export const MAXIMUM_TIMES_ASKED = 10;

/** Where one search is. `outstanding` is the officer's to decide; `answered` is the end. */
type State =
  | Exclude<SearchView, { state: 'outstanding' }>
  | { readonly state: 'outstanding'; readonly why: OutstandingReason };

export interface DatabaseSearchOptions {
  readonly provider: SearchProvider;
  readonly probe: SearchProbe;
  readonly clock: Clock;
  readonly log: TechnicalLog;
  /** Aborted when the check ends: the search then ends at once, whatever its database does. */
  readonly ending: AbortSignal;
  /** From so long after it was asked on, a database is outstanding, milliseconds. */
  readonly deadlineMs: number;
  /** So long after it was first outstanding the search ends by itself, milliseconds. */
  readonly outstandingLimitMs: number;
  readonly hold: ProviderSearchOptions['hold'];
  /** Turns what the database wrote into what is shown. */
  readonly read: (answer: SearchAnswer) => DatabaseAnswer;
  readonly onChange: () => void;
  /** Writes the event after those that were handed over before it. */
  readonly note: (note: CheckNote) => Promise<void>;
}

interface Attempt {
  readonly abort: AbortController;
  readonly done: Promise<void>;
}

/**
 * The search of one database for one check: queued → sent → searching → answered, or outstanding in between. It is asked
 * once, and again when the officer says so; an answer is taken whenever it comes until the search has ended.
 */
export class DatabaseSearch {
  readonly #options: DatabaseSearchOptions;
  readonly #ended = Promise.withResolvers<void>();
  #state: State = { state: 'queued' };
  #attempt: Attempt | null = null;
  #timesAsked = 0;
  #askedAtMs = 0;
  #isWaiting = false;
  #isRetrying = false;
  #decideByMs: number | null = null;
  #cancelDeadline = () => {};
  #cancelLimit = () => {};
  #cancelPause = () => {};

  constructor(options: DatabaseSearchOptions) {
    this.#options = options;
    const endWithCheck = () => this.#leave('check-ended');
    if (options.ending.aborted) endWithCheck();
    else options.ending.addEventListener('abort', endWithCheck, { once: true });
  }

  get database(): DatabaseName {
    return this.#options.provider.database;
  }

  view(): SearchView {
    if (this.#state.state !== 'outstanding') return this.#state;
    const decideBy = new Date(this.#decideByMs ?? this.#options.clock.now()).toISOString();
    const canTryAgain = this.#timesAsked < MAXIMUM_TIMES_ASKED;
    return { ...this.#state, isWaiting: this.#isWaiting, canTryAgain, decideBy };
  }

  /** Settles when the search has ended, with an answer or without; its provider may still be letting go of the probe. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Settles when, the search having ended, its provider has let go of the probe. */
  async released(): Promise<void> {
    await this.#ended.promise;
    await this.#attempt?.done;
  }

  /** Asks the database for the first time, unless the check has ended already. */
  start(): void {
    if (!this.#hasEnded) this.#ask();
  }

  /** Ends the search without asking: there is nothing to ask with. */
  endUnasked(answer: SearchAnswer): void {
    this.#end(answer, 'in-time');
  }

  /** Waits on; a database that could not be asked is asked again by itself. @throws Refusal `search.not-outstanding` */
  async keepWaiting(): Promise<void> {
    this.#mustBeOutstanding();
    this.#isWaiting = true;
    if (this.#attempt === null) this.#askLater();
    this.#options.onChange();
    await this.#options.note({ code: 'search-waited', details: { database: this.database } });
  }

  /**
   * Asks again, with the same probe: a provider sends it under the same number, so nothing is searched twice.
   * @throws Refusal `search.not-outstanding`, `search.asked-too-often`
   */
  async tryAgain(): Promise<void> {
    this.#mustBeOutstanding();
    if (this.#timesAsked >= MAXIMUM_TIMES_ASKED) throw new Refusal('search.asked-too-often');
    this.#isWaiting = false;
    await this.#askAnew('officer');
  }

  /** Goes on without the database: its answer is then that it gave none. @throws Refusal `search.not-outstanding` */
  async goOnWithout(): Promise<void> {
    this.#mustBeOutstanding();
    const noted = this.#options.note({ code: 'search-given-up', details: { database: this.database, by: 'officer' } });
    this.#leave('given-up');
    await noted;
  }

  #mustBeOutstanding(): void {
    if (this.#state.state !== 'outstanding' || this.#isRetrying) throw new Refusal('search.not-outstanding');
  }

  get #hasEnded(): boolean {
    return this.#state.state === 'answered';
  }

  #ask(): void {
    const { clock, deadlineMs } = this.#options;
    const abort = new AbortController();
    this.#timesAsked += 1;
    this.#askedAtMs = clock.now();
    this.#cancelDeadline = clock.after(deadlineMs, () => this.#becomeOutstanding('no-answer-yet'));
    const attempt: Attempt = { abort, done: this.#search(abort).then((answer) => this.#settle(attempt, answer)) };
    this.#attempt = attempt;
  }

  /** What the database said, or null where nobody listens to this attempt any longer. Never rejects. */
  async #search(abort: AbortController): Promise<SearchAnswer | null> {
    const { deadlineMs, ending, hold, log, outstandingLimitMs, probe, provider } = this.#options;
    try {
      // On a turn of its own, so that a provider that answers or throws at once finds the attempt in its place.
      await Promise.resolve();
      return await provider.search(probe, {
        signal: AbortSignal.any([ending, abort.signal]),
        deadlineMs: deadlineMs + outstandingLimitMs,
        onProgress: (progress) => {
          // Whoever is asked to decide keeps the choices until there is an answer: no share takes them away.
          if (abort.signal.aborted || this.#hasEnded || this.#state.state === 'outstanding') return;
          this.#become(progress.state === 'sent' ? { state: 'sent' } : { ...progress, state: 'searching' });
        },
        hold,
      });
    } catch (error) {
      if (ending.aborted || abort.signal.aborted) return null;
      log.fault(`search.${provider.database}`, error);
      return { kind: 'unavailable', reason: 'matcher-failed' };
    }
  }

  #settle(attempt: Attempt, answer: SearchAnswer | null): void {
    if (this.#attempt === attempt) this.#attempt = null;
    if (attempt.abort.signal.aborted || answer === null || this.#hasEnded) return;
    this.#cancelDeadline();
    const why = outstandingReason(answer);
    if (why === null) this.#end(answer, this.#decideByMs === null ? 'in-time' : 'late');
    else this.#becomeOutstanding(why);
  }

  #becomeOutstanding(why: OutstandingReason): void {
    const { clock, outstandingLimitMs } = this.#options;
    if (this.#hasEnded) return;
    if (this.#decideByMs === null) {
      this.#decideByMs = clock.now() + outstandingLimitMs;
      this.#cancelLimit = clock.after(outstandingLimitMs, () => this.#passLimit());
    }
    if (this.#isWaiting && this.#attempt === null) this.#askLater();
    this.#become({ state: 'outstanding', why });
    this.#write({ code: 'search-outstanding', details: { database: this.database, why } });
  }

  #askLater(): void {
    this.#cancelPause();
    this.#cancelPause = this.#options.clock.after(ASK_AGAIN_AFTER_MS, () => {
      const isStillWanted = this.#isWaiting && this.#state.state === 'outstanding' && this.#attempt === null;
      // What the log could not be told is not sent; whoever wrote it ends the check.
      if (isStillWanted && this.#timesAsked < MAXIMUM_TIMES_ASKED) void this.#askAnew('station').catch(() => {});
    });
  }

  async #askAnew(by: 'officer' | 'station'): Promise<void> {
    const { ending, note } = this.#options;
    if (this.#isRetrying) return;
    this.#isRetrying = true;
    try {
      this.#cancelPause();
      await note({ code: 'search-retried', details: { database: this.database, by } });
      // An answer that came while the log was written is the answer: the attempt before is ended only now.
      if (this.#hasEnded || ending.aborted) return;
      this.#cancelDeadline();
      this.#attempt?.abort.abort();
      if (by === 'officer') this.#become({ state: 'queued' });
      await this.#attempt?.done;
      if (!this.#hasEnded && !ending.aborted) this.#ask();
    } finally {
      this.#isRetrying = false;
    }
  }

  #passLimit(): void {
    this.#write({ code: 'search-given-up', details: { database: this.database, by: 'limit' } });
    this.#leave('limit-passed');
  }

  /** Ends the search without its database: nobody decided for it, or somebody against it, or the check is over. */
  #leave(came: Exclude<AnswerCame, 'in-time' | 'late'>): void {
    if (this.#hasEnded) return;
    const { clock } = this.#options;
    const why = this.#state.state === 'outstanding' ? this.#state.why : 'no-answer-yet';
    const afterMs = Math.max(0, Math.round(clock.now() - this.#askedAtMs));
    if (came === 'check-ended') this.#end({ kind: 'unavailable', reason: 'ended-before-answer' }, came);
    else if (why === 'no-answer-yet') this.#end({ kind: 'timed-out', afterMs }, came);
    else this.#end({ kind: 'unavailable', reason: why }, came);
  }

  #end(answer: SearchAnswer, came: AnswerCame): void {
    if (this.#hasEnded) return;
    this.#cancelDeadline();
    this.#cancelLimit();
    this.#cancelPause();
    this.#attempt?.abort.abort();
    this.#become({ state: 'answered', answer: this.#options.read(answer), came });
    const details = { database: this.database, answer: answer.kind, came };
    this.#write({ code: 'answer-received', details });
    this.#ended.resolve();
  }

  /** Hands an event over without waiting for it; whoever writes it ends the check when the log cannot take it. */
  #write(note: CheckNote): void {
    this.#options.note(note).catch(() => {});
  }

  #become(state: State): void {
    this.#state = state;
    this.#options.onChange();
  }
}
