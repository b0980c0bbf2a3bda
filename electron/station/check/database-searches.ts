import type {
  AnswerKind,
  DatabaseAnswer,
  DatabaseName,
  DatabaseSearch as SearchView,
  RecordReference,
} from '../../contract/checks.ts';
import { readRecordReference } from '../../domain/reference-numbers/record-reference.ts';
import type { SearchAnswer } from '../../search/search-answer.ts';
import type { ProviderSearchOptions, SearchProbe } from '../../search/search-provider.ts';
import type { CheckNote } from './check-records.ts';
import type { CheckServices } from './check-services.ts';
import { DatabaseSearch } from './database-search.ts';
import { Refusal } from '../refusal.ts';

const DATABASES: readonly DatabaseName[] = ['police', 'immigration'];
/** Answers that say nothing of the records. */
const NO_ANSWER: readonly AnswerKind[] = ['unavailable', 'timed-out'];
const QUEUED: SearchView = { state: 'queued' };
const MS_PER_SECOND = 1_000;

/** Who asks for the searches, and whom they report to. */
export interface SearchingCheck {
  /** Aborted when the check ends. */
  readonly ending: AbortSignal;
  readonly note: (note: CheckNote) => Promise<void>;
  readonly onChange: () => void;
  /** An event could not be written: the searches must not go on without their log. */
  readonly onFault: (fault: unknown) => void;
  readonly hold: ProviderSearchOptions['hold'];
}

/** How far both databases of one check are, and what they said. Each is asked, waited for and left by itself. */
export class DatabaseSearches {
  readonly #check: SearchingCheck;
  readonly #services: CheckServices;
  #searches: Readonly<Record<DatabaseName, DatabaseSearch>> | null = null;
  #written: Promise<void> = Promise.resolve();

  constructor(check: SearchingCheck, services: CheckServices) {
    this.#check = check;
    this.#services = services;
  }

  view(): Record<DatabaseName, SearchView> {
    const searches = this.#searches;
    if (searches === null) return { police: QUEUED, immigration: QUEUED };
    return { police: searches.police.view(), immigration: searches.immigration.view() };
  }

  /** What both databases said, in kinds; null until both have ended. */
  answerKinds(): Readonly<Record<DatabaseName, AnswerKind>> | null {
    const { immigration, police } = this.view();
    if (police.state !== 'answered' || immigration.state !== 'answered') return null;
    return { police: police.answer.kind, immigration: immigration.answer.kind };
  }

  /** True when both ended because their databases answered, and not because somebody would not wait. */
  get haveBothAnswered(): boolean {
    return Object.values(this.view()).every(
      (view) => view.state === 'answered' && (view.came === 'in-time' || view.came === 'late'),
    );
  }

  /** Those that were asked and gave no answer: the detainee is told which records were not searched to the end. */
  get unanswered(): readonly DatabaseName[] {
    const answers = this.answerKinds();
    return DATABASES.filter((database) => answers !== null && NO_ANSWER.includes(answers[database]));
  }

  /** True while one database has answered and the other is outstanding: the answer may then be shown already. */
  get isOneAnswerToShow(): boolean {
    const states = Object.values(this.view()).map(({ state }) => state);
    return states.includes('answered') && states.includes('outstanding');
  }

  /** The search of that database. @throws Refusal `search.not-outstanding` before the searches have begun */
  of(database: DatabaseName): DatabaseSearch {
    if (this.#searches === null) throw new Refusal('search.not-outstanding');
    return this.#searches[database];
  }

  /** Searches both until both have ended. With no usable finger both are `unusable`, and none is asked. */
  async run(probe: SearchProbe): Promise<void> {
    const searches = { police: this.#make('police', probe), immigration: this.#make('immigration', probe) };
    this.#searches = searches;
    if (probe.fingers.length === 0) {
      for (const database of DATABASES) {
        searches[database].endUnasked({ kind: 'unusable', reason: 'too-few-minutiae' });
      }
    } else {
      for (const database of DATABASES) await this.#write({ code: 'search-started', details: { database } });
      for (const database of DATABASES) searches[database].start();
    }
    await Promise.all(DATABASES.map((database) => searches[database].ended));
  }

  /** Settles when both providers have let go of the probe. */
  async released(): Promise<void> {
    await Promise.all(Object.values(this.#searches ?? {}).map((search) => search.released()));
  }

  /** Settles when every event of the searches is in the log. @throws StorageFault */
  noted(): Promise<void> {
    return this.#written;
  }

  #make(database: DatabaseName, probe: SearchProbe): DatabaseSearch {
    const { clock, log, providers, settings } = this.#services;
    const { outstandingLimitSeconds, searchDeadlineMs } = settings();
    return new DatabaseSearch({
      provider: providers[database],
      probe,
      clock,
      log,
      ending: this.#check.ending,
      deadlineMs: searchDeadlineMs,
      outstandingLimitMs: outstandingLimitSeconds * MS_PER_SECOND,
      hold: this.#check.hold,
      read: (answer) => this.#read(database, answer),
      note: (note) => this.#write(note),
      onChange: this.#check.onChange,
    });
  }

  /** The answer with its references read as numbers; one that does not fit is noted, by its kind and never by itself. */
  #read(database: DatabaseName, answer: SearchAnswer): DatabaseAnswer {
    if (answer.kind !== 'match' && answer.kind !== 'possible-match') return answer;
    const year = new Date(this.#services.clock.now()).getUTCFullYear();
    const candidates = answer.candidates.map(({ likelihood, reference }) => {
      const read = readRecordReference(database, reference, year);
      this.#noteFault(database, read);
      return { reference: read, likelihood };
    });
    return { ...answer, candidates };
  }

  #noteFault(database: DatabaseName, { fault, kind }: RecordReference): void {
    if (fault === null) return;
    this.#write({ code: 'reference-doubted', details: { database, kind, fault } }).catch(() => {});
  }

  /** Writes events one after the other, in the order of what happened; none is waited for that need not be. */
  #write(note: CheckNote): Promise<void> {
    const before = this.#written;
    const written = before.then(() => this.#check.note(note));
    this.#written = written;
    written.catch((fault: unknown) => this.#onFault(fault));
    return written;
  }

  #onFault(fault: unknown): void {
    if (!this.#check.ending.aborted) this.#check.onFault(fault);
  }
}
