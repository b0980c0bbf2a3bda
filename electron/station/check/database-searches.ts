import type { AnswerKind, DatabaseName } from '../../contract/checks.ts';
import type { SearchAnswer } from '../../search/search-answer.ts';
import type { ProviderSearchOptions, SearchProbe } from '../../search/search-provider.ts';
import type { CheckNote } from './check-records.ts';
import type { CheckServices } from './check-services.ts';
import { identify, type DatabaseProgress } from './identify.ts';

const DATABASES: readonly DatabaseName[] = ['police', 'immigration'];
const QUEUED: DatabaseProgress = { state: 'queued', searchedShare: 0, answer: null };

/** Who asks for the searches, and whom they report to. */
export interface SearchingCheck {
  readonly reference: string;
  /** Aborted when the check ends. */
  readonly ending: AbortSignal;
  readonly note: (note: CheckNote) => Promise<void>;
  readonly onChange: () => void;
  readonly hold: ProviderSearchOptions['hold'];
}

/** How far both databases of one check are, and what they said. */
export class DatabaseSearches {
  readonly #progress: Record<DatabaseName, DatabaseProgress> = { police: QUEUED, immigration: QUEUED };

  view(): Record<DatabaseName, DatabaseProgress> {
    return { ...this.#progress };
  }

  /** What both databases said, in kinds; null until both have an answer. */
  answerKinds(): Readonly<Record<DatabaseName, AnswerKind>> | null {
    const { immigration, police } = this.#progress;
    if (police.answer === null || immigration.answer === null) return null;
    return { police: police.answer.kind, immigration: immigration.answer.kind };
  }

  /** Searches both and notes each start and each answer. With no usable finger both are `unusable`, and none is asked. */
  async run(probe: SearchProbe, check: SearchingCheck, services: CheckServices): Promise<void> {
    const report = (database: DatabaseName, progress: DatabaseProgress) => {
      this.#progress[database] = progress;
      check.onChange();
    };
    if (probe.fingers.length === 0) {
      const answer: SearchAnswer = { kind: 'unusable', reason: 'too-few-minutiae' };
      for (const database of DATABASES) report(database, { state: 'answered', searchedShare: 1, answer });
      return;
    }
    for (const database of DATABASES) await check.note({ code: 'search-started', details: { database } });
    await identify(services.providers, probe, {
      clock: services.clock,
      log: services.log,
      signal: check.ending,
      deadlineMs: services.settings().searchDeadlineMs,
      onProgress: report,
      hold: check.hold,
    });
  }

  /** Notes what each database said; done once the wait of the officer is over, so that it adds nothing to it. */
  async noteAnswers(note: SearchingCheck['note']): Promise<void> {
    for (const database of DATABASES) {
      const answer = this.#progress[database].answer?.kind ?? 'unavailable';
      await note({ code: 'answer-received', details: { database, answer } });
    }
  }
}
