import { CaptureInterrupted } from './capture-interrupted.ts';
import { crc32 } from './checksum.ts';
import { DEVICE_KIND, type DeviceMessage } from './device-messages.ts';
import { rangesPerReport } from './host-messages.ts';
import { ImageTransfer, type TransferCounts } from './image-transfer.ts';
import { CHECKSUM_RETRIES, MAXIMUM_IDLE_QUERIES, TRANSFER_IDLE_MS, TRANSFER_PROGRESS_MS } from './parameters.ts';
import { payloadBytesOf } from './report-codec.ts';
import type { ReportLink } from './report-link.ts';
import { waitFor } from './wait-for.ts';

/** What the image must be, from the identity of the device. */
export interface ExpectedImage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolutionPpi: number;
}

type ImageBegin = Extract<DeviceMessage, { kind: 'image-begin' }>;

/** Fetches whole images from a device into memory that somebody else owns. */
export class ImageReceiver {
  readonly #link: ReportLink;
  readonly #expected: ExpectedImage;
  readonly #onCounts: (counts: TransferCounts) => void;
  #transfer = 0;

  /** `onCounts` is told once for each transfer, whether or not it came to its end. */
  constructor(link: ReportLink, expected: ExpectedImage, onCounts: (counts: TransferCounts) => void) {
    this.#link = link;
    this.#expected = expected;
    this.#onCounts = onCounts;
  }

  /**
   * Fetches one remembered frame into `into` (at least `widthPx × heightPx` bytes), checked by its CRC-32. False when
   * the device no longer remembers it. What is in `into` after a throw is the caller's to clear.
   * @throws CaptureInterrupted `scanner.checksum`, `scanner.report-gap`, `scanner.no-answer`, `scanner.protocol`, or the signal's reason
   */
  async fetch(
    frame: number,
    into: Uint8Array,
    signal: AbortSignal,
    onShare: (receivedShare: number) => void,
  ): Promise<boolean> {
    const { widthPx, heightPx } = this.#expected;
    const image = into.subarray(0, widthPx * heightPx);
    for (let attempt = 0; attempt <= CHECKSUM_RETRIES; attempt += 1) {
      this.#transfer = (this.#transfer + 1) % 0x100;
      const transfer = this.#transfer;
      try {
        const begin = await this.#begin(transfer, frame, signal);
        if (begin === 'no-such-frame') return false;
        this.#check(begin, image.length);
        await this.#receive(transfer, begin, image, signal, onShare);
        if (crc32(image) === begin.crc32) return true;
      } finally {
        this.#link.tell({ kind: 'release' }, transfer);
      }
    }
    throw new CaptureInterrupted({ kind: 'fault', code: 'scanner.checksum' });
  }

  #begin(transfer: number, frame: number, signal: AbortSignal): Promise<ImageBegin | 'no-such-frame'> {
    return this.#link.ask<ImageBegin | 'no-such-frame'>(
      { kind: 'capture', frame },
      transfer,
      (message, report) => {
        if (report.transfer !== transfer) return undefined;
        if (message.kind === 'image-begin') return message;
        return message.kind === 'refused' && message.refusal === 'no-such-frame' ? 'no-such-frame' : undefined;
      },
      signal,
    );
  }

  #check(begin: ImageBegin, imageBytes: number): void {
    const { widthPx, heightPx, resolutionPpi } = this.#expected;
    const isTheSame = begin.widthPx === widthPx && begin.heightPx === heightPx && begin.resolutionPpi === resolutionPpi;
    const isCutWell =
      begin.pieceBytes > 0 &&
      begin.pieceBytes <= payloadBytesOf(this.#link.port.inputReportBytes) &&
      begin.pieces === Math.ceil(imageBytes / begin.pieceBytes);
    if (!isTheSame || !isCutWell) throw new CaptureInterrupted({ kind: 'fault', code: 'scanner.protocol' });
  }

  async #receive(
    number: number,
    { pieces, pieceBytes }: ImageBegin,
    image: Uint8Array,
    signal: AbortSignal,
    onShare: (receivedShare: number) => void,
  ): Promise<void> {
    const link = this.#link;
    const ranges = rangesPerReport(link.port.outputReportBytes);
    const layout = { pieces, pieceBytes, imageBytes: image.length };
    const transfer = new ImageTransfer(layout, image, ranges, (message, sequence) =>
      link.tell(message, number, sequence),
    );
    let isActive = false;
    let idleQueries = 0;
    let toldAtMs = link.clock.now();
    try {
      await waitFor<void>(signal, (settle, fail) => {
        const giveUp = (code: 'scanner.no-answer' | 'scanner.report-gap'): void =>
          fail(new CaptureInterrupted({ kind: 'fault', code }));
        const stopListening = link.listen((report, message) => {
          if (report.transfer !== number) return;
          if (report.kind === DEVICE_KIND.imageData) transfer.onPiece(report.sequence, report.payload);
          else if (message?.kind === 'transfer-status') transfer.onStatus(message, report.sequence);
          else return;
          isActive = true;
          if (transfer.isWhole) settle();
          else if (transfer.isHopeless) giveUp('scanner.report-gap');
        });
        let cancelTick = (): void => {};
        const tick = (): void => {
          cancelTick = link.clock.after(TRANSFER_IDLE_MS, tick);
          idleQueries = isActive ? 0 : idleQueries + 1;
          if (idleQueries > MAXIMUM_IDLE_QUERIES) return giveUp('scanner.no-answer');
          if (idleQueries > 0) transfer.onIdle();
          isActive = false;
          if (link.clock.now() - toldAtMs < TRANSFER_PROGRESS_MS) return;
          toldAtMs = link.clock.now();
          onShare(transfer.receivedShare);
        };
        cancelTick = link.clock.after(TRANSFER_IDLE_MS, tick);
        transfer.start();
        return () => {
          stopListening();
          cancelTick();
        };
      });
    } finally {
      this.#onCounts(transfer.counts);
    }
  }
}
