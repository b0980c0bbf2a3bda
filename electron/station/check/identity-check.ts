import type {
  CheckEnding,
  CheckView,
  DatabaseName,
  ErasureReason,
  FingerSlot,
  InterruptionReason,
} from '../../contract/checks.ts';
import type { GroundsDraft, GroundsQuestionName } from '../../contract/grounds-draft.ts';
import type { GroundsRecord, SpokenWord } from '../../contract/grounds.ts';
import type { FingerPosition } from '../../../native-bridge/matcher/matcher.ts';
import { reasonOfEnding } from '../../domain/retention/reason-of-ending.ts';
import { CheckGrant } from './check-grant.ts';
import type { CheckOpening } from './check-opening.ts';
import type { CheckNote } from './check-records.ts';
import type { CheckServices } from './check-services.ts';
import { GroundsStage } from './grounds-stage.ts';
import { HeldEthnicity } from './held-ethnicity.ts';
import { type Interruption, stageAfter } from './interruption.ts';
import { startJourney, type Journey, type JourneyEvent, type Stage } from './journey.machine.ts';
import { ReceiptBook } from './receipt-book.ts';
import type { MarkedAs } from './sitting.ts';
import { Sittings } from './sittings.ts';
import { ViewListeners } from './view-listeners.ts';
import { viewOfCheck } from './view-of-check.ts';
import { WordsStage } from './words-stage.ts';
import { Refusal } from '../refusal.ts';

/** One identity check, from its grounds to its end. Every way out erases the prints, then says so in the audit log. */
export class IdentityCheck {
  readonly opening: CheckOpening;
  readonly #services: CheckServices;
  readonly #journey: Journey = startJourney();
  readonly #grounds: GroundsStage;
  readonly #grant: CheckGrant;
  readonly #words = new WordsStage((note) => this.#note(note));
  readonly #receipts = new ReceiptBook((receipt) => this.#note({ code: 'print-erased', details: { ...receipt } }));
  readonly #listeners = new ViewListeners();
  /** Calls back with each new view; the answer unsubscribes. */
  readonly subscribe = this.#listeners.subscribe.bind(this.#listeners);
  readonly #ethnicity = new HeldEthnicity();
  readonly #sittings: Sittings;
  #interruption: Interruption | null = null;
  #interrupting: Promise<void> | null = null;
  #resuming: Promise<CheckView> | null = null;
  #closing: Promise<CheckView> | null = null;
  #closed: { readonly ending: CheckEnding; readonly endedAt: string } | null = null;

  constructor(opening: CheckOpening, services: CheckServices) {
    this.opening = opening;
    this.#services = services;
    this.#grounds = new GroundsStage({
      checkId: opening.checkId,
      checks: services.checks,
      note: (note) => this.#note(note),
    });
    this.#grant = new CheckGrant(opening, services, (note) => this.#note(note));
    this.#sittings = new Sittings({
      opening,
      services,
      note: (note) => this.#note(note),
      onReceipt: (receipt) => this.#receipts.add(receipt),
      onChange: () => void this.#changed(),
      onAnswers: () => void this.#advance({ type: 'answers-complete' }),
      onSearchFault: (fault) => {
        services.log.fault('search', fault);
        this.endUnattended('abandoned', 'search-failed');
      },
    });
  }

  get stage(): Stage {
    return this.#journey.getSnapshot().value;
  }

  view(): CheckView {
    return viewOfCheck({
      opening: this.opening,
      stage: this.stage,
      grounds: this.#grounds,
      words: this.#words,
      sitting: this.#sittings.present,
      grantId: this.#grant.id,
      receipts: this.#receipts.all,
      interruption: this.#interruption,
      closed: this.#closed,
    });
  }

  /** Keeps the answers so far, and refuses at once what one of them rules out. @throws Refusal `check.wrong-stage` */
  async keepDraft(draft: GroundsDraft, answered: GroundsQuestionName | null): Promise<CheckView> {
    this.#mustBeAt('grounds');
    await this.#grounds.keep(draft, answered);
    return this.#changed();
  }

  /** Assesses and records the grounds. @throws Refusal `check.wrong-stage` */
  async recordGrounds(record: GroundsRecord): Promise<CheckView> {
    this.#mustBeAt('grounds');
    if (await this.#grounds.confirm(record)) this.#journey.send({ type: 'grounds-suffice' });
    return this.#changed();
  }

  async confirmSpoken(word: SpokenWord): Promise<CheckView> {
    this.#mustBeAt('words');
    await this.#words.confirm(word, this.#nowText());
    return this.#changed();
  }

  /** Issues the grant. @throws Refusal `words.not-all-spoken`, `check.wrong-stage` */
  async proceedToCapture(): Promise<CheckView> {
    this.#mustBeAt('words');
    if (!this.#words.areAllSpoken) throw new Refusal('words.not-all-spoken');
    await this.#grant.issue(() => this.#mustBeAt('words'));
    return this.#advance({ type: 'words-spoken' });
  }

  async capture(grantId: string, slot: FingerSlot, position: FingerPosition): Promise<CheckView> {
    const grant = await this.#grant.require(grantId);
    this.#mustBeAt('capture');
    const sitting = this.#sittings.present;
    await sitting.fingers.begin(slot, position, () => {
      this.#services.trainingHand?.expect(this.opening.reference, position);
      return this.#services.scanners.openUnder(grant, sitting.ending);
    });
    return this.view();
  }

  async cancelCapture(grantId: string): Promise<CheckView> {
    await this.#grant.require(grantId);
    this.#mustBeAt('capture');
    await this.#sittings.present.fingers.cancel();
    return this.view();
  }

  async markFinger(grantId: string, slot: FingerSlot, condition: MarkedAs): Promise<CheckView> {
    await this.#grant.require(grantId);
    this.#mustBeAt('capture');
    await this.#sittings.present.mark(slot, condition);
    return this.#changed();
  }

  /** Starts both searches; the view moves on by itself. @throws Refusal `capture.nothing-to-search`, `capture.quality-too-low` */
  async search(grantId: string, whyBelowThreshold: string | null): Promise<CheckView> {
    await this.#grant.require(grantId);
    this.#mustBeAt('capture');
    await this.#sittings.present.search.accept(whyBelowThreshold);
    this.#mustBeAt('capture');
    this.#journey.send({ type: 'search-started' });
    this.#sittings.present.search.start();
    return this.#changed();
  }

  /** Waits on for an outstanding database, or goes on without it. @throws Refusal `search.not-outstanding` */
  async decide(database: DatabaseName, decision: 'keep-waiting' | 'go-on-without'): Promise<CheckView> {
    this.#mustBeAt('searching');
    await this.#sittings.present.search.decide(database, decision);
    return this.view();
  }

  /** Asks an outstanding database again. @throws Refusal `search.not-outstanding`, `search.asked-too-often`, and the grant's */
  async tryAgain(grantId: string, database: DatabaseName): Promise<CheckView> {
    await this.#grant.require(grantId);
    this.#mustBeAt('searching');
    await this.#sittings.present.search.tryAgain(database);
    return this.view();
  }

  /** Notes that the answers are seen: both, or the one that is there while the other is outstanding. */
  async viewResults(): Promise<CheckView> {
    this.#mustBeAt(this.#sittings.present.search.isOneAnswerToShow ? 'searching' : 'results');
    await this.#note({ code: 'result-viewed', details: { justification: 'identity-check' } });
    return this.view();
  }

  /** Holds the person's ethnicity until the check ends. @throws Refusal `ethnicity.not-recorded` */
  async stateEthnicity(selfDefined: string, officerDefined: string): Promise<CheckView> {
    this.#mustBeAt('results');
    this.#ethnicity.state(this.#services.settings().ethnicityPolicy !== '', selfDefined, officerDefined);
    return this.view();
  }

  async close(): Promise<CheckView> {
    this.#mustBeAt('results');
    return this.end('answered');
  }

  /** Notes that the slip is being printed. @throws Refusal `check.wrong-stage` before the check is closed */
  async noteSlip(): Promise<CheckView> {
    if (this.#closed === null) throw new Refusal('check.wrong-stage');
    await this.#note({ code: 'slip-printed', details: {} });
    return this.view();
  }

  /**
   * Interrupts the check: its prints go at once, and it stays as it is for its officer until its time is spent. A check
   * that has ended, or is interrupted already, is left as it is.
   */
  async interrupt(why: InterruptionReason): Promise<void> {
    if (this.#closing !== null) {
      await this.#closing;
      return;
    }
    // One that is just being taken up again is interrupted as soon as it has been.
    await this.#resuming?.catch(() => {});
    if (stageAfter(this.stage) === null) return;
    await (this.#interrupting ??= this.#interruptOnce(why).finally(() => (this.#interrupting = null)));
  }

  /** Takes the check up again, with a new grant where prints are taken. @throws Refusal `check.wrong-stage` */
  async resume(): Promise<CheckView> {
    await this.#interrupting;
    this.#mustBeAt('interrupted');
    return (this.#resuming ??= this.#resumeOnce().finally(() => (this.#resuming = null)));
  }

  /** Ends the check, wherever it is. A check whose answers are in ends as answered, whatever ended it. Asked twice, it ends once. */
  end(ending: CheckEnding, why: ErasureReason = reasonOfEnding(ending)): Promise<CheckView> {
    this.#closing ??= this.#endOnce(ending, why).catch((fault: unknown) => {
      // The prints are gone whatever failed; what the log could not take is owed to the next attempt.
      this.#closing = null;
      throw fault;
    });
    return this.#closing;
  }

  /** Ends the check with nobody waiting for it: what goes wrong is logged, and the next way out tries again. */
  endUnattended(ending: CheckEnding, why?: ErasureReason): void {
    this.end(ending, why).catch((fault: unknown) => this.#services.log.fault('check.end', fault));
  }

  async #endOnce(wanted: CheckEnding, why: ErasureReason): Promise<CheckView> {
    await this.#sittings.present.end(why);
    await this.#interrupting?.catch((fault: unknown) => this.#services.log.fault('check.interrupt', fault));
    await this.#receipts.settle();
    const areAnswersIn = (this.#interruption?.goesOnAt ?? this.stage) === 'results';
    const ending = areAnswersIn ? 'answered' : wanted;
    this.#journey.send({ type: 'ended', ending });
    const endedAt = this.#nowText();
    await this.#services.checks.end({
      checkId: this.opening.checkId,
      owner: this.opening,
      ending,
      endedAtMs: this.#services.clock.now(),
      ground: this.#grounds.ground,
      answers: this.#sittings.answerKinds(),
      msFromLiftToAnswers: this.#sittings.present.search.msFromLiftToAnswers,
      werePrintsUnusable: this.#sittings.everFailed,
      ethnicity: this.#ethnicity.stated,
    });
    this.#closed = { ending, endedAt };
    this.#grounds.forget();
    return this.#changed();
  }

  async #interruptOnce(why: InterruptionReason): Promise<void> {
    await this.#sittings.present.end(why);
    // The searches may have come to their answers before they were stopped: what counts is the stage now.
    const goesOnAt = stageAfter(this.stage);
    if (this.#closing !== null || goesOnAt === null) return;
    this.#interruption = { why, since: this.#nowText(), goesOnAt };
    this.#advance({ type: 'interrupted' });
    await this.#receipts.settle();
    await this.#note({ code: 'check-interrupted', details: { why } });
  }

  async #resumeOnce(): Promise<CheckView> {
    const at = this.#interruption?.goesOnAt ?? 'grounds';
    await this.#note({ code: 'check-resumed', details: { at } });
    if (at === 'capture') await this.#grant.issue(() => this.#mustBeAt('interrupted'));
    this.#mustBeAt('interrupted');
    if (at !== 'results') this.#sittings.beginAnother();
    this.#interruption = null;
    return this.#advance({ type: 'resumed', at });
  }

  #mustBeAt(stage: Stage): void {
    const isLeaving = this.#closing !== null || this.#interrupting !== null;
    if (isLeaving || this.stage !== stage) throw new Refusal('check.wrong-stage');
  }

  #note(note: CheckNote): Promise<void> {
    return this.#services.checks.note(this.opening, note);
  }

  #nowText(): string {
    return new Date(this.#services.clock.now()).toISOString();
  }

  #advance(event: JourneyEvent): CheckView {
    this.#journey.send(event);
    return this.#changed();
  }

  #changed(): CheckView {
    return this.#listeners.tell(this.view());
  }
}
