import { CaptureInterrupted } from './capture-interrupted.ts';
import { DEVICE_KIND, type DeviceIdentity } from './device-messages.ts';
import { HOST_KIND } from './host-messages.ts';
import { PREVIEW_INTERVAL_MS, PREVIEW_RESTARTS, PREVIEW_SILENCE_MS } from './parameters.ts';
import { PreviewAssembler } from './preview-assembler.ts';
import { previewPartBytesOf, type PreviewFrame } from './preview-frame.ts';
import type { ReportLink } from './report-link.ts';
import { waitFor } from './wait-for.ts';

/** Follows the preview of a device: always the latest frame, never a queue of old ones. */
export class PreviewFollower implements Disposable {
  readonly #link: ReportLink;
  readonly #assembler: PreviewAssembler;
  readonly #stopListening: () => void;
  #latest: PreviewFrame | null = null;
  #wake: (() => void) | null = null;
  #frames = 0;
  #startedAtMs: number;

  constructor(link: ReportLink, { previewColumns, previewRows }: DeviceIdentity) {
    this.#link = link;
    this.#startedAtMs = link.clock.now();
    const partBytes = previewPartBytesOf(link.port.inputReportBytes);
    this.#assembler = new PreviewAssembler(previewColumns, previewRows, partBytes);
    this.#stopListening = link.listen((report) => {
      if (report.kind !== DEVICE_KIND.preview) return;
      const frame = this.#assembler.take(report);
      if (frame === null) return;
      this.#frames += 1;
      this.#latest = frame;
      this.#wake?.();
    });
  }

  /** Frames a second since the start. */
  get framesPerSecond(): number {
    const elapsedMs = this.#link.clock.now() - this.#startedAtMs;
    return elapsedMs > 0 ? (1_000 * this.#frames) / elapsedMs : 0;
  }

  /** @throws CaptureInterrupted `scanner.no-answer`, or the signal's reason */
  async start(signal: AbortSignal): Promise<void> {
    await this.#link.ask(
      { kind: 'start-preview', intervalMs: PREVIEW_INTERVAL_MS },
      0,
      (message) => (message.kind === 'done' && message.command === HOST_KIND.startPreview ? true : undefined),
      signal,
    );
    this.#frames = 0;
    this.#startedAtMs = this.#link.clock.now();
  }

  /**
   * Waits for the next frame; a silent preview is started again.
   * @throws CaptureInterrupted `scanner.no-answer` when it stays silent, or the signal's reason
   */
  async next(signal: AbortSignal): Promise<PreviewFrame> {
    for (let restarts = 0; restarts <= PREVIEW_RESTARTS; restarts += 1) {
      await this.#frameOrSilence(signal);
      const frame = this.#latest;
      this.#latest = null;
      if (frame !== null) return frame;
      await this.start(signal);
    }
    throw new CaptureInterrupted({ kind: 'fault', code: 'scanner.no-answer' });
  }

  [Symbol.dispose](): void {
    this.#stopListening();
    this.#latest = null;
    this.#assembler.clear();
  }

  #frameOrSilence(signal: AbortSignal): Promise<void> {
    return waitFor<void>(signal, (settle) => {
      const cancel = this.#link.clock.after(PREVIEW_SILENCE_MS, () => settle());
      this.#wake = settle;
      if (this.#latest !== null) settle();
      return () => {
        cancel();
        this.#wake = null;
      };
    });
  }
}
