import type { FingerPosition, MatcherPool, PairVerdict, ProbeFinger } from '../../../native-bridge/matcher/matcher.ts';
import { MAXIMUM_TEMPLATE_BYTES } from '../../../native-bridge/matcher/parameters.ts';
import type { CaptureOutcome, PlacementMap, Scanner } from '../../../native-bridge/scanner/scanner.ts';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';
import { MatcherFault } from '../../../native-bridge/matcher/matcher-fault.ts';
import type { ErasureReason, ErasureReceipt, FingerSlot, FingerState, FingerView } from '../../contract/checks.ts';
import type { RefusalCode } from '../../contract/errors.ts';
import type { Held, Loan, ProbeCustody } from '../../custody/probe-custody.ts';
import { copyOf, fingerStateOf, refusalOf, type FailedCapture } from './finger-states.ts';
import { Refusal } from '../refusal.ts';

/** The fingers that are asked for first. Source: the two index fingers are what mobile and desk checks take. */
const FIRST_POSITIONS = { first: 2, second: 7 } as const;
/** How long the scanner waits for a finger, milliseconds. Source: ours; an officer with a reluctant hand needs half a minute. */
const CAPTURE_DEADLINE_MS = 45_000;

export interface FingerDeskOptions {
  readonly custody: ProbeCustody;
  readonly matcher: MatcherPool;
  readonly minimumQuality: () => number;
  readonly maximumAttempts: () => number;
  readonly onChange: () => void;
  readonly onReceipt: (receipt: ErasureReceipt) => Promise<void>;
  /** A buffer came into custody; one receipt must follow. */
  readonly onTaken: (held: Held, position: FingerPosition) => Promise<void>;
  readonly onFailed: (position: FingerPosition, code: RefusalCode) => Promise<void>;
  readonly onFault: (fault: unknown) => void;
}

interface Slot {
  position: FingerPosition;
  state: FingerState;
  readonly attempts: Map<FingerPosition, number>;
  held: Held[];
  template: { readonly held: Held; readonly bytes: number } | null;
  liftedAtMs: number | null;
}

const EMPTY_MAP: PlacementMap = { columns: 1, rows: 1, cells: [0] };

/** The two fingers of one check: captures them, one at a time, into custody, and extracts their templates. */
export class FingerDesk {
  readonly #options: FingerDeskOptions;
  readonly #slots: Record<FingerSlot, Slot>;
  #running: { readonly abort: AbortController; readonly done: Promise<void> } | null = null;
  #isClosed = false;
  #everFailed = false;
  #isPerhapsSwapped = false;

  constructor(options: FingerDeskOptions) {
    this.#options = options;
    this.#slots = { first: emptySlot(FIRST_POSITIONS.first), second: emptySlot(FIRST_POSITIONS.second) };
  }

  views(): [FingerView, FingerView] {
    return [this.#view('first'), this.#view('second')];
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
    if ((slot.attempts.get(position) ?? 0) >= this.#options.maximumAttempts()) {
      throw new Refusal('capture.too-many-attempts');
    }
    const abort = new AbortController();
    let markDone = () => {};
    this.#running = { abort, done: new Promise((resolve) => (markDone = resolve)) };
    try {
      await this.#eraseSlot(slot, 'retaken');
      const scanner = await openScanner();
      slot.position = position;
      slot.attempts.set(position, (slot.attempts.get(position) ?? 0) + 1);
      this.#become(slot, { kind: 'waiting-for-finger' });
      void this.#take(slotName, scanner, abort.signal)
        .catch(async (fault: unknown) => {
          this.#options.onFault(fault);
          await this.#fail(slotName, { kind: 'fault', code: 'station.fault' });
        })
        .finally(() => {
          this.#running = null;
          markDone();
          this.#options.onChange();
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

  /** Lends the usable templates for as long as the scope lasts. */
  lendProbe(): { readonly fingers: readonly ProbeFinger[] } & Disposable {
    const loans: Loan[] = [];
    const fingers: ProbeFinger[] = [];
    for (const slot of [this.#slots.first, this.#slots.second]) {
      if (slot.template === null) continue;
      const loan = slot.template.held.lend();
      loans.push(loan);
      fingers.push({ position: slot.position, template: loan.buffer, templateBytes: slot.template.bytes });
    }
    return {
      fingers,
      [Symbol.dispose]() {
        for (const loan of loans) loan[Symbol.dispose]();
      },
    };
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

  async #take(slotName: FingerSlot, scanner: Scanner, signal: AbortSignal): Promise<void> {
    const slot = this.#slots[slotName];
    const { widthPx, heightPx } = scanner.identity;
    const held = await this.#hold(slot, 'image', widthPx * heightPx).catch(async (error: unknown) => {
      await scanner[Symbol.asyncDispose]();
      throw error;
    });
    let map = EMPTY_MAP;
    let outcome: CaptureOutcome;
    try {
      if (this.#isClosed) return;
      using loan = held.lend();
      outcome = await scanner.capture({
        into: loan.buffer,
        deadlineMs: CAPTURE_DEADLINE_MS,
        signal,
        onProgress: (progress) => {
          if (progress.kind === 'preview') map = progress.map;
          this.#become(slot, fingerStateOf(progress));
        },
      });
    } catch (error) {
      outcome = { kind: 'fault', code: error instanceof ScannerFault ? error.code : 'scanner.protocol' };
    } finally {
      await scanner[Symbol.asyncDispose]();
    }
    if (outcome.kind !== 'captured') return this.#fail(slotName, outcome);
    if (this.#isClosed) return;
    const extraction = await this.#extract(slot, held, outcome, signal);
    if (this.#isClosed) return;
    if (signal.aborted) return this.#fail(slotName, { kind: 'aborted' });
    // A print that could not be worked on is taken again; keeping it would keep it for nothing.
    if (extraction === 'failed') return this.#fail(slotName, { kind: 'fault', code: 'station.fault' });
    const pair = await this.#examinePair(signal);
    if (this.#isClosed) return;
    if (pair === 'same-finger') return this.#fail(slotName, { kind: 'same-finger' });
    this.#isPerhapsSwapped = pair === 'perhaps-swapped';
    slot.liftedAtMs = outcome.liftedAtMs;
    const isBelowThreshold = extraction === 'unusable' || outcome.quality < this.#options.minimumQuality();
    this.#become(slot, { kind: 'captured', quality: outcome.quality, map: copyOf(map), isBelowThreshold });
  }

  async #extract(
    slot: Slot,
    image: Held,
    captured: Extract<CaptureOutcome, { kind: 'captured' }>,
    signal: AbortSignal,
  ): Promise<'extracted' | 'unusable' | 'failed'> {
    const held = await this.#hold(slot, 'template', MAXIMUM_TEMPLATE_BYTES);
    try {
      if (this.#isClosed) return 'failed';
      using pixels = image.lend();
      using into = held.lend();
      const { widthPx, heightPx, resolutionPpi } = captured;
      const lent = { pixels: pixels.buffer, widthPx, heightPx, resolutionPpi };
      const report = await this.#options.matcher.extract(lent, into.buffer, signal);
      if (report.kind !== 'extracted') return 'unusable';
      slot.template = { held, bytes: report.templateBytes };
      return 'extracted';
    } catch (error) {
      if (!signal.aborted && !this.#isClosed) this.#options.onFault(error);
      if (signal.aborted || this.#isClosed || error instanceof MatcherFault) return 'failed';
      throw error;
    }
  }

  /** Looks at both prints together, once there are two; a matcher that cannot says nothing. */
  async #examinePair(signal: AbortSignal): Promise<PairVerdict> {
    using probe = this.lendProbe();
    const [first, second] = probe.fingers;
    if (first === undefined || second === undefined) return 'nothing';
    try {
      return await this.#options.matcher.examinePair(first, second, signal);
    } catch (error) {
      if (!signal.aborted && !this.#isClosed) this.#options.onFault(error);
      return 'nothing';
    }
  }

  async #fail(slotName: FingerSlot, outcome: FailedCapture): Promise<void> {
    const slot = this.#slots[slotName];
    await this.#eraseSlot(slot, 'capture-failed');
    if (outcome.kind === 'aborted') return this.#become(slot, { kind: 'wanted' });
    this.#everFailed = true;
    const code = refusalOf(outcome);
    await this.#options.onFailed(slot.position, code);
    this.#become(slot, { kind: 'failed', code });
  }

  async #hold(slot: Slot, kind: Held['kind'], sizeBytes: number): Promise<Held> {
    const held = this.#options.custody.take(kind, sizeBytes);
    try {
      await this.#options.onTaken(held, slot.position);
    } catch (error) {
      // What the log could not be told of was never used: it is empty, and owes no receipt.
      await held.erase('capture-failed');
      throw error;
    }
    slot.held.push(held);
    return held;
  }

  async #eraseSlot(slot: Slot, why: ErasureReason): Promise<void> {
    const gone = slot.held;
    slot.held = [];
    slot.template = null;
    slot.liftedAtMs = null;
    this.#isPerhapsSwapped = false;
    const receipts = await Promise.all(gone.map((held) => held.erase(why)));
    // Every receipt is handed over, even when the log cannot take the first.
    await Promise.all(receipts.map((receipt) => this.#options.onReceipt(receipt)));
  }

  #become(slot: Slot, state: FingerState): void {
    if (this.#isClosed) return;
    slot.state = state;
    this.#options.onChange();
  }

  #view(name: FingerSlot): FingerView {
    const { position, attempts, state } = this.#slots[name];
    return { slot: name, position, attempts: attempts.get(position) ?? 0, state };
  }
}

function emptySlot(position: FingerPosition): Slot {
  return { position, state: { kind: 'wanted' }, attempts: new Map(), held: [], template: null, liftedAtMs: null };
}
