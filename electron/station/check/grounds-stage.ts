import type { GroundsAssessment, GroundsRecord } from '../../contract/grounds.ts';
import type { GroundsDraft, GroundsQuestionName } from '../../contract/grounds-draft.ts';
import { assessGrounds } from '../../domain/grounds/assess-grounds.ts';
import { refusalOfAnswer } from '../../domain/grounds/refusal-of-answer.ts';
import type { CheckNote, CheckRecords } from './check-records.ts';

export type Ground = Extract<GroundsAssessment, { kind: 'sufficient' }>['ground'];

export interface GroundsStageOptions {
  readonly checkId: string;
  readonly checks: CheckRecords;
  readonly note: (note: CheckNote) => Promise<void>;
}

function refusalNote(assessment: Exclude<GroundsAssessment, { kind: 'sufficient' }>): CheckNote {
  const refusals = assessment.kind === 'refused' ? assessment.refusals : [assessment.to];
  return { code: 'grounds-refused', details: { refusals } };
}

/**
 * The grounds of one check: the answers as they come, in memory alone, and the record once it is confirmed. A draft was
 * never confirmed, so it is written nowhere and goes with the check.
 */
export class GroundsStage {
  readonly #options: GroundsStageOptions;
  #draft: GroundsDraft | null = null;
  #assessment: GroundsAssessment | null = null;
  #record: GroundsRecord | null = null;

  constructor(options: GroundsStageOptions) {
    this.#options = options;
  }

  /** What views show: the draft and the assessment while grounds are recorded, the record and the ground afterwards. */
  view() {
    return { draft: this.#draft, assessment: this.#assessment, record: this.#record, ground: this.ground };
  }

  /** The condition of s61(6B) on which the check stands, or null while its grounds do not suffice. */
  get ground(): Ground | null {
    return this.#assessment?.kind === 'sufficient' ? this.#assessment.ground : null;
  }

  /** Keeps the answers so far; what the answer gone on from rules out is refused, and the refusal noted, at once. */
  async keep(draft: GroundsDraft, answered: GroundsQuestionName | null): Promise<void> {
    this.#draft = draft;
    if (answered === null) return;
    const refusal = refusalOfAnswer(draft, answered);
    this.#assessment = refusal;
    if (refusal !== null) await this.#options.note(refusalNote(refusal));
  }

  /** Assesses and keeps the record; true when it suffices. @throws StorageFault */
  async confirm(record: GroundsRecord): Promise<boolean> {
    const { checkId, checks, note } = this.#options;
    const assessment = assessGrounds(record);
    this.#assessment = assessment;
    this.#record = record;
    await checks.saveGrounds(checkId, record);
    if (assessment.kind !== 'sufficient') {
      await note(refusalNote(assessment));
      return false;
    }
    await note({
      code: 'grounds-recorded',
      details: { ground: assessment.ground, wasDiversionDeclined: record.recordableArrest.kind === 'arrested' },
    });
    // What was confirmed is in the record; the draft has served.
    this.#draft = null;
    return true;
  }

  /** Forgets what is in memory, once the check has ended; the record is kept encrypted with the check. */
  forget(): void {
    this.#draft = null;
    this.#record = null;
  }
}
