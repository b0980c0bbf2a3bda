import { crc32 } from './checksum.ts';
import type { ScannerClock } from './clock.ts';
import { DEVICE_KIND, encodeDeviceMessage, type DeviceIdentity, type DeviceMessage } from './device-messages.ts';
import { DeviceTransfer } from './device-transfer.ts';
import { FrameMemory } from './frame-memory.ts';
import { decodeHostMessage, NEWEST_FRAME, PROTOCOL_VERSION, type HostMessage, type Light } from './host-messages.ts';
import { measureCells, previewPartBytesOf } from './preview-frame.ts';
import { decodeReport, encodeReport, payloadBytesOf, type Report } from './report-codec.ts';
import type { SimulatedGlass } from './simulated-glass.ts';

/** Cells of a preview on each side. Source: the station's coarse map has at most 16. */
const PREVIEW_SIDE_CELLS = 16;
/** Frames that the device can still send whole. */
const FRAMES_REMEMBERED = 8;
/** Millimetres in an inch. */
const MM_PER_INCH = 25.4;
/** Most reports that one waking of the timer sends, so that a computer that slept does not flood the bus. */
const MAXIMUM_BURST_REPORTS = 64;

/** What happens on a device that somebody beside it may want to know. */
export type DeviceEvent = 'preview-started' | 'frame-taken' | 'image-sent' | 'preview-stopped';

/** How a simulated device is built. */
export interface SimulatedDeviceOptions {
  readonly glass: SimulatedGlass;
  readonly serialNumber: string;
  readonly inputReportBytes: number;
  readonly outputReportBytes: number;
  /** Time that one report needs on the bus, ms; it may be a fraction. */
  readonly reportIntervalMs: number;
  readonly clock: ScannerClock;
  /** Puts one input report on the bus. The bytes are lent for the length of the call. */
  readonly emit: (report: Uint8Array<ArrayBuffer>) => void;
  readonly onEvent?: (event: DeviceEvent) => void;
}

/** The device side of the protocol (docs/protocol.md): what the firmware of a scanner does, in plain code. */
export class SimulatedDevice {
  readonly #options: SimulatedDeviceOptions;
  readonly #outbox: Uint8Array<ArrayBuffer>[] = [];
  readonly #memory = new FrameMemory(FRAMES_REMEMBERED);
  readonly #startedAtMs: number;
  #transfer: { readonly number: number; readonly of: DeviceTransfer } | undefined;
  #begin: DeviceMessage | undefined;
  #frameNumber = 0;
  #cancelFrame: (() => void) | undefined;
  #cancelSend: (() => void) | undefined;
  #isSending = false;
  #nextSendAtMs = 0;
  #reportsSent = 0;
  #reportsRepeated = 0;
  #captures = 0;
  #light: Light = 'off';

  constructor(options: SimulatedDeviceOptions) {
    this.#options = options;
    this.#startedAtMs = options.clock.now();
  }

  get light(): Light {
    return this.#light;
  }

  /** Takes one output report. One that is damaged or unknown is answered or ignored, never an error. */
  receive(bytes: Uint8Array): void {
    const decoded = decodeReport(this.#options.outputReportBytes, bytes);
    if (decoded.kind !== 'report') return;
    const message = decodeHostMessage(decoded.report);
    if (message === null) this.#refuse(decoded.report, 'unknown-command');
    else this.#obey(message, decoded.report);
    this.#wake();
  }

  /** Power off: everything that the device remembers is cleared. */
  powerOff(): void {
    this.#stopPreview();
    this.#cancelSend?.();
    this.#cancelSend = undefined;
    for (const report of this.#outbox.splice(0)) report.fill(0);
  }

  #obey(message: HostMessage, report: Report): void {
    const { transfer, sequence, kind } = report;
    switch (message.kind) {
      case 'identify':
        this.#say(0, sequence, { kind: 'identity', ...this.#identity() });
        return this.#say(0, sequence, { kind: 'serial', serialNumber: this.#options.serialNumber });
      case 'start-preview':
        this.#startPreview(message.intervalMs);
        return this.#say(0, sequence, { kind: 'done', command: kind });
      case 'stop-preview':
        this.#stopPreview();
        return this.#say(0, sequence, { kind: 'done', command: kind });
      case 'capture':
        return this.#beginTransfer(message.frame, report);
      case 'release':
        this.#endTransfer();
        return this.#say(transfer, sequence, { kind: 'done', command: kind });
      case 'indicate':
        this.#light = message.light;
        return this.#say(0, sequence, { kind: 'done', command: kind });
      case 'read-statistics':
        return this.#say(0, sequence, {
          kind: 'statistics',
          reportsSent: this.#reportsSent,
          reportsRepeated: this.#reportsRepeated,
          captures: this.#captures,
          uptimeS: Math.floor((this.#options.clock.now() - this.#startedAtMs) / 1_000),
        });
      default:
        return this.#steerTransfer(message, report);
    }
  }

  #steerTransfer(
    message: Extract<HostMessage, { kind: 'credit' | 'retransmit' | 'query' }>,
    { transfer, sequence, kind }: Report,
  ): void {
    const running = this.#transfer;
    if (running === undefined || running.number !== transfer) {
      return this.#say(transfer, sequence, { kind: 'refused', command: kind, refusal: 'no-transfer' });
    }
    if (message.kind === 'credit') return running.of.grant(message.limit);
    if (message.kind === 'query') {
      return this.#say(transfer, sequence, { kind: 'transfer-status', ...running.of.status });
    }
    if (!running.of.repeat(sequence, message.replacesQueue, message.ranges)) {
      return this.#say(transfer, sequence, { kind: 'refused', command: kind, refusal: 'bad-range' });
    }
    this.#reportsRepeated += message.ranges.reduce((sum, { count }) => sum + count, 0);
  }

  #identity(): DeviceIdentity {
    const { widthPx, heightPx, resolutionPpi } = this.#options.glass.geometry;
    return {
      protocolVersion: PROTOCOL_VERSION,
      firmwareVersion: '1.0.0',
      widthPx,
      heightPx,
      resolutionPpi,
      sensingAreaWidthMm: (widthPx / resolutionPpi) * MM_PER_INCH,
      sensingAreaHeightMm: (heightPx / resolutionPpi) * MM_PER_INCH,
      previewColumns: PREVIEW_SIDE_CELLS,
      previewRows: PREVIEW_SIDE_CELLS,
      framesRemembered: FRAMES_REMEMBERED,
    };
  }

  #startPreview(intervalMs: number): void {
    if (this.#cancelFrame !== undefined) return;
    const { clock } = this.#options;
    const takeOne = (): void => {
      this.#cancelFrame = clock.after(intervalMs, takeOne);
      this.#takeFrame();
    };
    this.#cancelFrame = clock.after(intervalMs, takeOne);
    this.#options.onEvent?.('preview-started');
  }

  /** While an image is on its way the preview rests: the bus carries one thing at a time. */
  #takeFrame(): void {
    if (this.#transfer !== undefined) return;
    const { glass, inputReportBytes } = this.#options;
    const { widthPx, heightPx } = glass.geometry;
    this.#frameNumber = (this.#frameNumber + 1) % NEWEST_FRAME;
    const pixels = glass.see();
    this.#memory.remember(this.#frameNumber, pixels);
    const cells = measureCells(pixels, widthPx, heightPx, PREVIEW_SIDE_CELLS, PREVIEW_SIDE_CELLS);
    const partBytes = previewPartBytesOf(inputReportBytes);
    const parts = Math.ceil(cells.length / partBytes);
    for (let part = 0; part < parts; part += 1) {
      const payload = Uint8Array.from([part, parts, ...cells.subarray(part * partBytes, (part + 1) * partBytes)]);
      this.#queue({ kind: DEVICE_KIND.preview, transfer: 0, sequence: this.#frameNumber, payload });
    }
    this.#options.onEvent?.('frame-taken');
    this.#wake();
  }

  #stopPreview(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = undefined;
    this.#endTransfer();
    this.#memory.forget();
    this.#options.onEvent?.('preview-stopped');
  }

  /** A repeated capture of the same transfer number gets the same beginning: the first answer was lost. */
  #beginTransfer(frameNumber: number, report: Report): void {
    const { transfer, sequence } = report;
    if (this.#transfer?.number !== transfer || this.#begin === undefined) {
      const frame = frameNumber === NEWEST_FRAME ? this.#memory.newest : this.#memory.find(frameNumber);
      if (frame === undefined) return this.#refuse(report, 'no-such-frame');
      const { widthPx, heightPx, resolutionPpi } = this.#options.glass.geometry;
      const pieceBytes = payloadBytesOf(this.#options.inputReportBytes);
      const of = new DeviceTransfer(frame.pixels, pieceBytes);
      this.#transfer = { number: transfer, of };
      const { pieces } = of;
      const image = { widthPx, heightPx, resolutionPpi, pieces, pieceBytes, crc32: crc32(frame.pixels) };
      this.#begin = { kind: 'image-begin', ...image };
      this.#captures += 1;
    }
    this.#say(transfer, sequence, this.#begin);
  }

  #endTransfer(): void {
    if (this.#transfer === undefined) return;
    this.#transfer = undefined;
    this.#begin = undefined;
    this.#options.onEvent?.('image-sent');
  }

  #refuse({ transfer, sequence, kind }: Report, refusal: 'unknown-command' | 'no-such-frame'): void {
    this.#say(transfer, sequence, { kind: 'refused', command: kind, refusal });
  }

  #say(transfer: number, sequence: number, message: DeviceMessage): void {
    this.#outbox.push(encodeDeviceMessage(this.#options.inputReportBytes, transfer, sequence, message));
  }

  #queue(report: Report): void {
    this.#outbox.push(encodeReport(this.#options.inputReportBytes, report));
  }

  /** Sends at the pace of the bus: as many reports as the time that went by allows. */
  #wake(): void {
    // A report that is on its way may be answered at once; the loop that sends it sees to what the answer brings.
    if (this.#isSending || this.#cancelSend !== undefined || !this.#hasSomethingToSend) return;
    const { clock, reportIntervalMs } = this.#options;
    this.#nextSendAtMs = Math.max(this.#nextSendAtMs, clock.now());
    const sendDue = (): void => {
      this.#cancelSend = undefined;
      const now = clock.now();
      this.#isSending = true;
      for (let burst = 0; burst < MAXIMUM_BURST_REPORTS && this.#nextSendAtMs <= now; burst += 1) {
        if (!this.#sendOne()) break;
        this.#nextSendAtMs += reportIntervalMs;
      }
      this.#isSending = false;
      this.#nextSendAtMs = Math.max(this.#nextSendAtMs, now - MAXIMUM_BURST_REPORTS * reportIntervalMs);
      if (this.#hasSomethingToSend) this.#cancelSend = clock.after(Math.max(0, this.#nextSendAtMs - now), sendDue);
    };
    this.#cancelSend = clock.after(Math.max(0, this.#nextSendAtMs - clock.now()), sendDue);
  }

  get #hasSomethingToSend(): boolean {
    return this.#outbox.length > 0 || this.#transfer?.of.isReady === true;
  }

  #sendOne(): boolean {
    const report = this.#outbox.shift() ?? this.#nextPiece();
    if (report === undefined) return false;
    this.#reportsSent += 1;
    this.#options.emit(report);
    report.fill(0);
    return true;
  }

  #nextPiece(): Uint8Array<ArrayBuffer> | undefined {
    const running = this.#transfer;
    const next = running?.of.next();
    if (running === undefined || next === undefined) return undefined;
    const { inputReportBytes } = this.#options;
    const piece = encodeReport(inputReportBytes, {
      kind: DEVICE_KIND.imageData,
      transfer: running.number,
      sequence: next.piece,
      payload: next.payload,
    });
    // The status must follow the last piece on the bus, so it is queued now and sent next.
    if (running.of.takeOwedStatus()) this.#say(running.number, 0, { kind: 'transfer-status', ...running.of.status });
    return piece;
  }
}
