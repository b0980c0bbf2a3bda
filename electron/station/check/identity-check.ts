import type { CheckEnding, CheckView, ErasureReason, FingerSlot } from '../../contract/checks.ts';
import { SPOKEN_WORDS, type GroundsAssessment, type GroundsRecord, type SpokenWord } from '../../contract/grounds.ts';
import type { FingerPosition } from '../../../native-bridge/matcher/matcher.ts';
import { statedEthnicity, type StatedEthnicity } from '../../domain/counts/stated-ethnicity.ts';
import { assessGrounds } from '../../domain/grounds/assess-grounds.ts';
import { reasonOfEnding } from '../../domain/retention/reason-of-ending.ts';
import { type CheckOpening, viewBase } from './check-opening.ts';
import type { CheckNote } from './check-records.ts';
import type { CheckServices } from './check-services.ts';
import { FingerDesk } from './finger-desk.ts';
import type { Grant } from './grant.ts';
import { startJourney, type Journey, type Stage } from './journey.machine.ts';
import { ReceiptBook } from './receipt-book.ts';
import { SearchStage } from './search-stage.ts';
import { Refusal } from '../refusal.ts';

/** One identity check, from its grounds to its end. Every way out erases the prints, then says so in the audit log. */
export class IdentityCheck {
  readonly opening: CheckOpening;
  readonly #services: CheckServices;
  readonly #journey: Journey = startJourney();
  readonly #fingers: FingerDesk;
  readonly #words = new Map<SpokenWord, string>();
  readonly #receipts = new ReceiptBook((receipt) => this.#note({ code: 'print-erased', details: { ...receipt } }));
  readonly #ending = new AbortController();
  readonly #listeners = new Set<(view: CheckView) => void>();
  readonly #search: SearchStage;
  #assessment: GroundsAssessment | null = null;
  #grant: Grant | null = null;
  #closing: Promise<CheckView> | null = null;
  #ethnicity: StatedEthnicity = [];
  #closed: { readonly ending: CheckEnding; readonly endedAt: string } | null = null;

  constructor(opening: CheckOpening, services: CheckServices) {
    this.opening = opening;
    this.#services = services;
    this.#fingers = new FingerDesk({
      custody: services.custody,
      matcher: services.matcher,
      minimumQuality: () => services.settings().minimumQuality,
      maximumAttempts: () => services.settings().maximumAttempts,
      onChange: () => this.#changed(),
      onReceipt: (receipt) => this.#receipts.add(receipt),
      onTaken: ({ bufferId, kind, sizeBytes }, position) =>
        this.#note(
          kind === 'image'
            ? { code: 'capture-taken', details: { bufferId, position, kind, sizeBytes } }
            : { code: 'buffer-taken', details: { bufferId, kind, sizeBytes } },
        ),
      onFailed: (position, reason) => this.#note({ code: 'capture-refused', details: { reason, position } }),
      onFault: (fault) => services.log.fault('capture', fault),
    });
    this.#search = new SearchStage({
      opening,
      services,
      fingers: this.#fingers,
      ending: this.#ending.signal,
      note: (note) => this.#note(note),
      onReceipt: (receipt) => this.#receipts.add(receipt),
      onChange: () => this.#changed(),
      onComplete: () => {
        this.#journey.send({ type: 'answers-complete' });
        this.#changed();
      },
      onFault: (fault) => {
        services.log.fault('search', fault);
        this.endUnattended('abandoned', 'search-failed');
      },
    });
  }

  get stage(): Stage {
    return this.#journey.getSnapshot().value;
  }

  view(): CheckView {
    const base = viewBase(this.opening);
    if (this.#closed !== null) return { stage: 'closed', ...base, ...this.#closed, receipts: this.#receipts.all };
    const fingers = this.#fingers.views();
    switch (this.stage) {
      case 'grounds':
        return { stage: 'grounds', ...base, assessment: this.#assessment };
      case 'words':
        return { stage: 'words', ...base, words: this.#wordsSpoken() };
      case 'capture':
        return {
          stage: 'capture',
          ...base,
          grantId: this.#grant?.grantId ?? '',
          fingers,
          canSearch: this.#fingers.isComplete,
          isPerhapsSwapped: this.#fingers.isPerhapsSwapped,
        };
      case 'searching':
        return { stage: 'searching', ...base, fingers, databases: this.#search.view() };
      default:
        return {
          stage: 'results',
          ...base,
          fingers,
          databases: this.#search.view(),
          receipts: this.#receipts.all,
          msFromLiftToAnswers: this.#search.msFromLiftToAnswers,
        };
    }
  }

  /** Calls back with each new view; the answer unsubscribes. */
  subscribe(listener: (view: CheckView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Assesses and records the grounds. @throws Refusal `check.wrong-stage` */
  async recordGrounds(record: GroundsRecord): Promise<CheckView> {
    this.#mustBeAt('grounds');
    const assessment = assessGrounds(record);
    this.#assessment = assessment;
    await this.#services.checks.saveGrounds(this.opening.checkId, record);
    if (assessment.kind === 'sufficient') {
      await this.#note({
        code: 'grounds-recorded',
        details: { ground: assessment.ground, wasDiversionDeclined: record.recordableArrest.kind === 'arrested' },
      });
      this.#journey.send({ type: 'grounds-suffice' });
    } else {
      const refusals = assessment.kind === 'refused' ? assessment.refusals : [assessment.to];
      await this.#note({ code: 'grounds-refused', details: { refusals } });
    }
    return this.#changed();
  }

  async confirmSpoken(word: SpokenWord): Promise<CheckView> {
    this.#mustBeAt('words');
    if (!this.#words.has(word)) {
      this.#words.set(word, this.#nowText());
      await this.#note({ code: 'words-spoken', details: { word } });
    }
    return this.#changed();
  }

  /** Issues the grant. @throws Refusal `words.not-all-spoken`, `check.wrong-stage` */
  async proceedToCapture(): Promise<CheckView> {
    this.#mustBeAt('words');
    if (SPOKEN_WORDS.some((word) => !this.#words.has(word))) throw new Refusal('words.not-all-spoken');
    const grounds = await this.#services.checks.grounds(this.opening.checkId);
    if (grounds === null) throw new Refusal('grounds.incomplete');
    this.#grant = this.#services.grants.issue(this.opening.checkId, grounds);
    await this.#note({ code: 'grant-issued', details: { grantId: this.#grant.grantId } });
    this.#journey.send({ type: 'words-spoken' });
    return this.#changed();
  }

  async capture(grantId: string, slot: FingerSlot, position: FingerPosition): Promise<CheckView> {
    const grant = await this.#requireGrant(grantId);
    this.#mustBeAt('capture');
    await this.#fingers.begin(slot, position, () => {
      this.#services.trainingHand?.expect(this.opening.reference, position);
      return this.#services.scanners.openUnder(grant, this.#ending.signal);
    });
    return this.view();
  }

  async cancelCapture(grantId: string): Promise<CheckView> {
    await this.#requireGrant(grantId);
    this.#mustBeAt('capture');
    await this.#fingers.cancel();
    return this.view();
  }

  async markFinger(
    grantId: string,
    slot: FingerSlot,
    condition: 'missing' | 'bandaged' | 'wanted',
  ): Promise<CheckView> {
    await this.#requireGrant(grantId);
    this.#mustBeAt('capture');
    const position = await this.#fingers.mark(slot, condition);
    await this.#note({ code: 'finger-marked', details: { position, condition } });
    return this.#changed();
  }

  /** Starts both searches; the view moves on by itself. @throws Refusal `capture.nothing-to-search`, `capture.quality-too-low` */
  async search(grantId: string, whyBelowThreshold: string | null): Promise<CheckView> {
    await this.#requireGrant(grantId);
    this.#mustBeAt('capture');
    await this.#search.accept(whyBelowThreshold);
    this.#mustBeAt('capture');
    this.#journey.send({ type: 'search-started' });
    this.#search.start();
    return this.#changed();
  }

  async viewResults(): Promise<CheckView> {
    this.#mustBeAt('results');
    await this.#note({ code: 'result-viewed', details: { justification: 'identity-check' } });
    return this.view();
  }

  /**
   * Holds the person's ethnicity until the check ends, when it is counted and forgotten.
   * @throws Refusal `ethnicity.not-recorded` where the force does not record it, or for a code of no set
   */
  async stateEthnicity(selfDefined: string, officerDefined: string): Promise<CheckView> {
    this.#mustBeAt('results');
    const isRecorded = this.#services.settings().ethnicityPolicy !== '';
    const stated = statedEthnicity(selfDefined, officerDefined);
    if (!isRecorded || stated === null) throw new Refusal('ethnicity.not-recorded');
    this.#ethnicity = stated;
    return this.view();
  }

  async close(): Promise<CheckView> {
    this.#mustBeAt('results');
    return this.end('answered');
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
    this.#ending.abort();
    this.#services.grants.end(this.opening.checkId);
    await Promise.all([this.#fingers.eraseAll(why), this.#search.eraseAll(why)]);
    await this.#search.settled();
    await this.#receipts.settle();
    const ending = this.stage === 'results' ? 'answered' : wanted;
    this.#journey.send({ type: 'ended', ending });
    const endedAt = this.#nowText();
    await this.#services.checks.end({
      checkId: this.opening.checkId,
      owner: this.opening,
      ending,
      endedAtMs: this.#services.clock.now(),
      ground: this.#assessment?.kind === 'sufficient' ? this.#assessment.ground : null,
      answers: this.#search.answerKinds(),
      msFromLiftToAnswers: this.#search.msFromLiftToAnswers,
      werePrintsUnusable: this.#fingers.everFailed,
      ethnicity: this.#ethnicity,
    });
    this.#closed = { ending, endedAt };
    return this.#changed();
  }

  async #requireGrant(grantId: string): Promise<Grant> {
    const grounds = await this.#services.checks.grounds(this.opening.checkId);
    return this.#services.grants.require(grantId, this.opening.checkId, grounds);
  }

  #mustBeAt(stage: Stage): void {
    if (this.#closing !== null || this.stage !== stage) throw new Refusal('check.wrong-stage');
  }

  #note(note: CheckNote): Promise<void> {
    return this.#services.checks.note(this.opening, note);
  }

  #wordsSpoken() {
    return SPOKEN_WORDS.map((word) => ({ word, spokenAt: this.#words.get(word) ?? null }));
  }

  #nowText(): string {
    return new Date(this.#services.clock.now()).toISOString();
  }

  #changed(): CheckView {
    const view = this.view();
    for (const listener of this.#listeners) listener(view);
    return view;
  }
}
