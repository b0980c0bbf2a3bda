import type { FingerPosition, MatcherPool } from '../../../native-bridge/matcher/matcher.ts';
import { MAXIMUM_TEMPLATE_BYTES } from '../../../native-bridge/matcher/parameters.ts';
import type { CaptureOutcome, Scanner } from '../../../native-bridge/scanner/scanner.ts';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';
import type { Held } from '../../custody/probe-custody.ts';
import type { ErasureReason, FingerSlot, FingerState, FingerView } from '../../contract/checks.ts';
import type { RefusalCode } from '../../contract/errors.ts';
import { CaptureObserver } from './capture-observer.ts';
import { attemptsOf, countAttempt, emptySlots, viewOf, type Slot, type Slots } from './finger-slot.ts';
import { copyOf, isAttempt, refusalOf, type FailedCapture } from './finger-states.ts';
import { lendProbe, type LentProbe } from './lend-probe.ts';
import { PrintExaminer } from './print-examiner.ts';
import { SlotBuffers, type SlotBuffersOptions } from './slot-buffers.ts';
import { Refusal } from '../refusal.ts';

/** How long the scanner waits for a finger, milliseconds. Source: ours; an officer with a reluctant hand needs half a minute. */
const CAPTURE_DEADLINE_MS = 45_000;

export interface FingerDeskOptions extends SlotBuffersOptions {
  readonly matcher: MatcherPool;
  readonly minimumQuality: () => number;
  readonly maximumAttempts: () => number;
  readonly onChange: () => void;
  readonly onFailed: (position: FingerPosition, code: RefusalCode) => Promise<void>;
  readonly onFault: (fault: unknown) => void;
}

/** How a capture ended: the slot's state with a print in it, why there is none, or null when the desk was closed. */
type Taken = Extract<FingerState, { kind: 'captured' }> | FailedCapture | null;

/** The two fingers of one check: captures them, one at a time, into custody, and extracts their templates. */
export class FingerDesk {
  readonly #options: FingerDeskOptions;
  readonly #slots: Slots = emptySlots();
  readonly #buffers: SlotBuffers;
  readonly #examiner: PrintExaminer;
  #running: { readonly abort: AbortController; readonly done: Promise<void> } | null = null;
  #isClosed = false;
  #everFailed = false;
  #isPerhapsSwapped = false;

  constructor(options: FingerDeskOptions) {
    this.#options = options;
    this.#buffers = new SlotBuffers(options);
    this.#examiner = new PrintExaminer(options);
  }

  views(): [FingerView, FingerView] {
    const maximum = this.#options.maximumAttempts();
    return [viewOf('first', this.#slots.first, maximum), viewOf('second', this.#slots.second, maximum)];
  }

  /** True when a search may start: no finger is still wanted, at least one was taken, and nothing runs. */
  get isComplete(): boolean {
    const kinds = [this.#slots.first.state.kind, this.#slots.second.state.kind];
    const isSettled = kinds.every((kind) => kind === 'captured' || kind === 'missing' || kind === 'bandaged');
    return isSettled && kinds.includes('captured') && this.#running === null;
  }

  get hasOneBelowThreshold(): boolean {
    return [this.#slots.first, this.#slots.second].some(
      ({ state }) => state.kind === 'captured' && state.isBelowThreshold,
    );
  }

  /** True while the two prints look as if left and right were exchanged. */
  get isPerhapsSwapped(): boolean {
    return this.#isPerhapsSwapped;
  }

  /** True when a capture was tried and failed for a reason of the finger or the scanner. */
  get everFailed(): boolean {
    return this.#everFailed;
  }

  /** The clock's milliseconds of the last lift, or null when no finger was taken. */
  get lastLiftAtMs(): number | null {
    const lifts = [this.#slots.first.liftedAtMs, this.#slots.second.liftedAtMs].filter((lift) => lift !== null);
    return lifts.length === 0 ? null : Math.max(...lifts);
  }

  /**
   * Starts one capture; the desk keeps the scanner until the capture has ended. Answers when the capture has begun.
   * @throws Refusal `capture.in-progress`, `capture.too-many-attempts`, and the scanner's codes
   */
  async begin(slotName: FingerSlot, position: FingerPosition, openScanner: () => Promise<Scanner>): Promise<void> {
    if (this.#running !== null) throw new Refusal('capture.in-progress');
    const slot = this.#slots[slotName];
    const other = this.#slots[slotName === 'first' ? 'second' : 'first'];
    if (other.position === position && other.state.kind !== 'wanted') throw new Refusal('capture.same-finger-twice');
    if (attemptsOf(slot, position) >= this.#options.maximumAttempts()) throw new Refusal('capture.too-many-attempts');
    const abort = new AbortController();
    let markDone = () => {};
    this.#running = { abort, done: new Promise((resolve) => (markDone = resolve)) };
    try {
      const scanner = await openScanner();
      // Only now: what was taken before is not given up for a scanner that is not there.
      await this.#eraseSlot(slot, 'retaken').catch(async (error: unknown) => {
        await scanner[Symbol.asyncDispose]();
        throw error;
      });
      slot.position = position;
      countAttempt(slot, 1);
      this.#become(slot, { kind: 'waiting-for-finger' });
      void this.#run(slot, scanner, abort.signal).then((ended) => {
        // The state comes after the end: whoever reads it may begin the next capture at once.
        this.#running = null;
        if (ended === null) this.#options.onChange();
        else this.#become(slot, ended);
        markDone();
      });
    } catch (error) {
      this.#running = null;
      markDone();
      throw error;
    }
  }

  /** Stops a running capture and waits until its bytes are gone. */
  async cancel(): Promise<void> {
    this.#running?.abort.abort();
    await this.#running?.done;
  }

  /** Marks a finger that cannot be taken, or wants it again. An earlier capture of it is erased. */
  async mark(slotName: FingerSlot, condition: 'missing' | 'bandaged' | 'wanted'): Promise<FingerPosition> {
    if (this.#running !== null) throw new Refusal('capture.in-progress');
    const slot = this.#slots[slotName];
    await this.#eraseSlot(slot, 'retaken');
    this.#become(slot, { kind: condition });
    return slot.position;
  }

  /** Lends templates and pictures for as long as the scope lasts. */
  lendProbe(): LentProbe {
    return lendProbe(this.#slots);
  }

  /** Erases everything that the desk holds; nothing can be captured afterwards. */
  async eraseAll(why: ErasureReason): Promise<void> {
    this.#isClosed = true;
    this.#running?.abort.abort();
    const early = this.#eraseSlot(this.#slots.first, why);
    const late = this.#eraseSlot(this.#slots.second, why);
    await this.#running?.done;
    await Promise.all([early, late]);
    await this.#eraseSlot(this.#slots.first, why);
    await this.#eraseSlot(this.#slots.second, why);
  }

  /** Runs one capture to whatever end it has and never throws; gives the slot's state then, null when the desk was closed. */
  async #run(slot: Slot, scanner: Scanner, signal: AbortSignal): Promise<FingerState | null> {
    const observer = new CaptureObserver();
    const fail = async (failed: FailedCapture): Promise<FingerState> => {
      try {
        return await this.#fail(slot, failed, observer.hadFinger);
      } catch (fault) {
        this.#options.onFault(fault);
        return { kind: 'failed', code: 'station.fault' };
      }
    };
    try {
      const ended = await this.#take(slot, scanner, observer, signal);
      if (ended === null || ended.kind === 'captured') return ended;
      return await fail(ended);
    } catch (fault) {
      this.#options.onFault(fault);
      return await fail({ kind: 'fault', code: 'station.fault' });
    }
  }

  /** Takes one finger: its state when it was taken, else why it left no print; null when the desk was closed meanwhile. */
  async #take(slot: Slot, scanner: Scanner, observer: CaptureObserver, signal: AbortSignal): Promise<Taken> {
    const { widthPx, heightPx } = scanner.identity;
    const held = await this.#buffers.hold(slot, 'image', widthPx * heightPx).catch(async (error: unknown) => {
      await scanner[Symbol.asyncDispose]();
      throw error;
    });
    let outcome: CaptureOutcome;
    try {
      if (this.#isClosed) return null;
      using loan = held.lend();
      outcome = await scanner.capture({
        into: loan.buffer,
        deadlineMs: CAPTURE_DEADLINE_MS,
        signal,
        onProgress: (progress) => this.#become(slot, observer.see(progress)),
      });
    } catch (error) {
      outcome = { kind: 'fault', code: error instanceof ScannerFault ? error.code : 'scanner.protocol' };
    } finally {
      await scanner[Symbol.asyncDispose]();
    }
    if (outcome.kind === 'no-finger' && !observer.isGlassClean) return { kind: 'glass-not-clean' };
    if (outcome.kind !== 'captured') return outcome;
    return this.#keep(slot, held, outcome, observer, signal);
  }

  /** Looks at a print that was taken whole, and keeps it unless it is the other finger's once more. */
  async #keep(
    slot: Slot,
    held: Held,
    captured: Extract<CaptureOutcome, { kind: 'captured' }>,
    observer: CaptureObserver,
    signal: AbortSignal,
  ): Promise<Taken> {
    if (this.#isClosed) return null;
    const template = await this.#buffers.hold(slot, 'template', MAXIMUM_TEMPLATE_BYTES);
    const extraction = await this.#examiner.extract(held, template, captured, signal);
    if (this.#isClosed) return null;
    if (signal.aborted) return { kind: 'aborted' };
    // A print that could not be worked on is taken again; keeping it would keep it for nothing.
    if (extraction.kind === 'failed') return { kind: 'fault', code: 'station.fault' };
    if (extraction.kind === 'extracted') slot.template = { held: template, bytes: extraction.templateBytes };
    const pair = await this.#examiner.examinePair(this.#slots, signal);
    if (this.#isClosed) return null;
    if (signal.aborted) return { kind: 'aborted' };
    if (pair === 'same-finger') return { kind: 'same-finger' };
    this.#isPerhapsSwapped = pair === 'perhaps-swapped';
    const { widthPx, heightPx, resolutionPpi, quality, liftedAtMs } = captured;
    slot.image = { held, widthPx, heightPx, resolutionPpi, quality };
    slot.liftedAtMs = liftedAtMs;
    const isBelowThreshold = extraction.kind === 'unusable' || quality < this.#options.minimumQuality();
    return { kind: 'captured', quality, map: copyOf(observer.map), isBelowThreshold };
  }

  async #fail(slot: Slot, outcome: FailedCapture, hadFinger: boolean): Promise<FingerState> {
    await this.#eraseSlot(slot, 'capture-failed');
    if (!isAttempt(outcome, hadFinger)) countAttempt(slot, -1);
    if (outcome.kind === 'aborted') return { kind: 'wanted' };
    this.#everFailed = true;
    const code = refusalOf(outcome);
    await this.#options.onFailed(slot.position, code);
    return { kind: 'failed', code };
  }

  async #eraseSlot(slot: Slot, why: ErasureReason): Promise<void> {
    this.#isPerhapsSwapped = false;
    await this.#buffers.erase(slot, why);
  }

  #become(slot: Slot, state: FingerState): void {
    if (this.#isClosed) return;
    slot.state = state;
    this.#options.onChange();
  }
}
