import { NOMINAL_RESOLUTION_PPI } from '../../image/grey-image.ts';
import { assessQuality } from '../../image/quality.ts';
import { CaptureEnding } from '../capture-ending.ts';
import { CaptureInterrupted, type Interruption } from '../capture-interrupted.ts';
import type { ScannerClock } from '../clock.ts';
import type {
  CaptureOutcome,
  CaptureProgress,
  CaptureRequest,
  PlacementMap,
  Scanner,
  ScannerIdentity,
  ScannerStatistics,
} from '../scanner.ts';
import { waitFor } from '../wait-for.ts';
import type { HelperPipe } from './helper-pipe.ts';
import { HelperRecords, type HelperImage, type HelperRecord } from './helper-records.ts';

/** Time that the helper may take to give up a capture that was cut short, ms. */
const CANCEL_LIMIT_MS = 3_000;
/** Millimetres in an inch. */
const MM_PER_INCH = 25.4;
/** Commands of the helper. Source: docs/protocol.md. */
const COMMAND = { capture: Uint8Array.of(0x43), abort: Uint8Array.of(0x41) };

/** libfprint shows no preview; a hint comes with a map of one empty cell. */
const NO_MAP: PlacementMap = { columns: 1, rows: 1, cells: [0] };

/** A reader that libfprint drives, in a process of its own. It gives whole images only: no preview, no map. */
export class LibfprintScanner implements Scanner {
  readonly identity: ScannerIdentity;
  readonly #pipe: HelperPipe;
  readonly #clock: ScannerClock;
  readonly #records: HelperRecords;
  readonly #ended = new AbortController();
  #onRecord: ((record: HelperRecord) => void) | undefined;
  #into: Uint8Array | undefined;
  #isClosing = false;
  #capturingInto: SharedArrayBuffer | null = null;
  /** True while the helper still works on a capture that nobody waits for. */
  #isGivingUp = false;
  #onGivenUp: (() => void) | undefined;
  #captures = 0;

  /** The pipe's helper has opened the reader already, and said so to `records` of the source. */
  constructor(identity: ScannerIdentity, pipe: HelperPipe, clock: ScannerClock) {
    this.identity = identity;
    this.#pipe = pipe;
    this.#clock = clock;
    this.#records = new HelperRecords(
      (record) => this.#take(record),
      (image) => this.#memoryFor(image),
    );
  }

  /** Calls back once when the reader or its helper is gone. */
  onEnd(listener: () => void): void {
    if (this.#ended.signal.aborted) listener();
    else this.#ended.signal.addEventListener('abort', listener, { once: true });
  }

  /** Takes bytes of the helper. */
  push(bytes: Uint8Array): void {
    try {
      this.#records.push(bytes);
    } catch {
      // A helper that talks nonsense is as good as one that died.
      this.#end({ kind: 'fault', code: 'scanner.helper-crashed' });
      this.#pipe.close();
    }
  }

  /** Takes the helper's end. */
  helperEnded(): void {
    this.#end(this.#isClosing ? { kind: 'aborted' } : { kind: 'fault', code: 'scanner.helper-crashed' });
  }

  statistics(): ScannerStatistics {
    const captures = this.#captures;
    return { reportsReceived: 0, reportsLost: 0, reportsRepeated: 0, captures, previewFramesPerSecond: 0 };
  }

  async capture(request: CaptureRequest): Promise<CaptureOutcome> {
    const pixels = new Uint8Array(request.into);
    if (this.#capturingInto !== null) {
      if (this.#capturingInto !== request.into) pixels.fill(0);
      return { kind: 'fault', code: 'scanner.busy' };
    }
    if (pixels.length < this.identity.widthPx * this.identity.heightPx) {
      pixels.fill(0);
      return { kind: 'fault', code: 'scanner.buffer-too-small' };
    }
    this.#capturingInto = request.into;
    let isCaptured = false;
    using ending = new CaptureEnding(request.signal, this.#ended.signal, this.#clock, request.deadlineMs);
    try {
      const outcome = await this.#run(pixels, ending, request.onProgress);
      isCaptured = outcome.kind === 'captured';
      if (isCaptured) this.#captures += 1;
      return outcome;
    } catch (cause) {
      if (!(cause instanceof CaptureInterrupted)) throw cause;
      return cause.interruption.kind === 'deadline' ? { kind: 'no-finger' } : cause.interruption;
    } finally {
      this.#into = undefined;
      this.#records.dropImage();
      if (!isCaptured) pixels.fill(0);
      this.#capturingInto = null;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosing = true;
    this.#pipe.close();
    this.#end({ kind: 'aborted' });
    await Promise.resolve();
  }

  async #run(
    pixels: Uint8Array,
    ending: CaptureEnding,
    onProgress: (progress: CaptureProgress) => void,
  ): Promise<CaptureOutcome> {
    await this.#afterGivingUp(ending.signal);
    this.#into = pixels;
    const tell = (progress: CaptureProgress): void => {
      try {
        onProgress(progress);
      } catch (cause) {
        ending.fail(cause);
      }
    };
    tell({ kind: 'waiting-for-finger' });
    ending.signal.throwIfAborted();
    let isHelperAtWork = true;
    try {
      const { image, liftedAtMs } = await this.#image(ending.signal, tell, () => (isHelperAtWork = false));
      const { widthPx, heightPx } = image;
      // Many of libfprint's drivers name no resolution; libfprint itself then takes 500 ppi for granted.
      const toldPpi = Math.round((image.milliPixelsPerMm / 1_000) * MM_PER_INCH);
      const resolutionPpi = toldPpi === 0 ? NOMINAL_RESOLUTION_PPI : toldPpi;
      const view = pixels.subarray(0, widthPx * heightPx);
      pixels.fill(0, view.length);
      const { quality } = assessQuality({ widthPx, heightPx, resolutionPpi, pixels: view });
      return { kind: 'captured', widthPx, heightPx, resolutionPpi, quality, liftedAtMs };
    } finally {
      if (isHelperAtWork && !this.#ended.signal.aborted) {
        this.#isGivingUp = true;
        this.#pipe.write(COMMAND.abort);
      }
    }
  }

  #image(
    signal: AbortSignal,
    tell: (progress: CaptureProgress) => void,
    onHelperDone: () => void,
  ): Promise<{ readonly image: HelperImage; readonly liftedAtMs: number }> {
    return waitFor(signal, (settle, fail) => {
      let image: HelperImage | undefined;
      let liftedAtMs: number | undefined;
      let isPresent = false;
      const fault = (code: 'scanner.buffer-too-small' | 'scanner.busy' | 'scanner.no-answer'): void =>
        fail(new CaptureInterrupted({ kind: 'fault', code }));
      this.#onRecord = (record) => {
        switch (record.kind) {
          case 'finger':
            // The status also changes before a finger comes: only what follows a finger is its lift.
            if (record.isPresent && !isPresent) tell({ kind: 'transferring', receivedShare: 0 });
            if (!record.isPresent && isPresent) liftedAtMs = this.#clock.now();
            isPresent = record.isPresent;
            break;
          case 'image':
            image = record.image;
            break;
          case 'image-end':
            onHelperDone();
            if (image === undefined || this.#into === undefined) return fault('scanner.buffer-too-small');
            return settle({ image, liftedAtMs: liftedAtMs ?? this.#clock.now() });
          case 'error':
            // A finger that was too short or off centre: libfprint wants it once more.
            if (record.letter === 'r') {
              tell({ kind: 'preview', map: NO_MAP, quality: 0, hint: record.hint });
              return this.#pipe.write(COMMAND.capture);
            }
            onHelperDone();
            return fault(record.letter === 'b' ? 'scanner.busy' : 'scanner.no-answer');
          default:
        }
      };
      this.#pipe.write(COMMAND.capture);
      return () => {
        this.#onRecord = undefined;
      };
    });
  }

  #memoryFor({ widthPx, heightPx }: HelperImage): Uint8Array | null {
    if (this.#into !== undefined && widthPx * heightPx <= this.#into.length) return this.#into;
    this.#into = undefined;
    return null;
  }

  #take(record: HelperRecord): void {
    if (record.kind === 'error' && record.letter === 'u') return this.#end({ kind: 'unplugged' });
    if (this.#isGivingUp && (record.kind === 'error' || record.kind === 'image-end')) {
      this.#isGivingUp = false;
      this.#onGivenUp?.();
      return;
    }
    if (!this.#isGivingUp) this.#onRecord?.(record);
  }

  #afterGivingUp(signal: AbortSignal): Promise<void> {
    if (!this.#isGivingUp) return Promise.resolve();
    return waitFor<void>(signal, (settle, fail) => {
      this.#onGivenUp = settle;
      return this.#clock.after(CANCEL_LIMIT_MS, () =>
        fail(new CaptureInterrupted({ kind: 'fault', code: 'scanner.no-answer' })),
      );
    });
  }

  #end(interruption: Interruption): void {
    this.#records.dropImage();
    this.#ended.abort(new CaptureInterrupted(interruption));
  }
}
