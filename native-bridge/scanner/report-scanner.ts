import { assessQuality } from '../image/quality.ts';
import { CaptureEnding } from './capture-ending.ts';
import { CaptureInterrupted, type Interruption } from './capture-interrupted.ts';
import { CaptureSteering } from './capture-steering.ts';
import { systemClock, type ScannerClock } from './clock.ts';
import type { DeviceProfile } from './device-profile.ts';
import type { HidPort } from './hid-port.ts';
import { identify, type IdentifiedDevice } from './identify.ts';
import { ImageReceiver } from './image-receiver.ts';
import { orientImage } from './orient-image.ts';
import { IDENTIFY_DEADLINE_MS } from './parameters.ts';
import { PreviewFollower } from './preview-follower.ts';
import { ReportLink } from './report-link.ts';
import { ScannerFault } from './scanner-fault.ts';
import type {
  CaptureOutcome,
  CaptureProgress,
  CaptureRequest,
  Scanner,
  ScannerIdentity,
  ScannerStatistics,
} from './scanner.ts';

/** What a scanner is opened with. */
export interface OpenScannerOptions {
  readonly port: HidPort;
  readonly profile: DeviceProfile;
  readonly productName: string;
  readonly isSimulated: boolean;
  readonly signal: AbortSignal;
  readonly clock?: ScannerClock;
}

/**
 * Opens the scanner behind a port: it must answer, and be what its profile says. The port is closed when it is not.
 * @throws ScannerFault `scanner.no-answer`, `scanner.unplugged`, `scanner.protocol`, `scanner.profile-invalid`; the signal's reason
 */
export async function openReportScanner(options: OpenScannerOptions): Promise<ReportScanner> {
  const { port, profile, clock = systemClock, signal } = options;
  try {
    const link = new ReportLink(port, clock);
    using ending = new CaptureEnding(signal, link.closed, clock, IDENTIFY_DEADLINE_MS);
    const device = await identify(link, ending.signal);
    checkAgainstProfile(device, profile);
    return new ReportScanner(link, device, options);
  } catch (cause) {
    await port.close();
    throw cause instanceof CaptureInterrupted ? openingFault(cause, signal) : cause;
  }
}

/** The driver: one protocol state machine over any HID port. It knows nothing of what the images are for. */
export class ReportScanner implements Scanner {
  readonly identity: ScannerIdentity;
  readonly #link: ReportLink;
  readonly #device: IdentifiedDevice;
  readonly #profile: DeviceProfile;
  readonly #receiver: ImageReceiver;
  #isCapturing = false;
  #lost = 0;
  #repeated = 0;
  #captures = 0;
  #framesPerSecond = 0;

  constructor(link: ReportLink, device: IdentifiedDevice, { profile, productName, isSimulated }: OpenScannerOptions) {
    const { firmwareVersion, widthPx, heightPx, resolutionPpi, sensingAreaWidthMm, sensingAreaHeightMm } =
      device.identity;
    this.#link = link;
    this.#device = device;
    this.#profile = profile;
    this.identity = {
      profileId: profile.profileId,
      vendorId: profile.vendorId,
      productId: profile.productId,
      productName,
      serialNumber: device.serialNumber,
      firmwareVersion,
      widthPx,
      heightPx,
      resolutionPpi,
      sensingAreaWidthMm,
      sensingAreaHeightMm,
      isSimulated,
    };
    this.#receiver = new ImageReceiver(link, this.identity, ({ lost, repeated }) => {
      this.#lost += lost;
      this.#repeated += repeated;
    });
  }

  statistics(): ScannerStatistics {
    return {
      reportsReceived: this.#link.reportsReceived,
      reportsLost: this.#lost,
      reportsRepeated: this.#repeated,
      captures: this.#captures,
      previewFramesPerSecond: this.#framesPerSecond,
    };
  }

  /** Calls back once when the device is gone or was closed. */
  onEnd(listener: () => void): void {
    if (this.#link.closed.aborted) listener();
    else this.#link.closed.addEventListener('abort', listener, { once: true });
  }

  async capture(request: CaptureRequest): Promise<CaptureOutcome> {
    if (this.#isCapturing) return { kind: 'fault', code: 'scanner.busy' };
    const pixels = new Uint8Array(request.into);
    if (pixels.length < this.identity.widthPx * this.identity.heightPx) {
      pixels.fill(0);
      return { kind: 'fault', code: 'scanner.buffer-too-small' };
    }
    this.#isCapturing = true;
    let isCaptured = false;
    try {
      const outcome = await this.#captureOrInterrupt(request, pixels);
      isCaptured = outcome.kind === 'captured';
      if (isCaptured) this.#captures += 1;
      return outcome;
    } finally {
      if (!isCaptured) pixels.fill(0);
      this.#link.tell({ kind: 'stop-preview' });
      this.#isCapturing = false;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#link.tell({ kind: 'stop-preview' });
    await this.#link.port.close();
  }

  async #captureOrInterrupt(request: CaptureRequest, pixels: Uint8Array): Promise<CaptureOutcome> {
    using ending = new CaptureEnding(request.signal, this.#link.closed, this.#link.clock, request.deadlineMs);
    // A caller whose callback throws ends the capture, cleanly, wherever the callback was called from.
    const onProgress = (progress: CaptureProgress): void => {
      try {
        request.onProgress(progress);
      } catch (cause) {
        ending.fail(cause);
      }
    };
    try {
      return await this.#follow(pixels, ending.signal, onProgress);
    } catch (cause) {
      if (cause instanceof CaptureInterrupted) return outcomeOf(cause.interruption);
      throw cause;
    }
  }

  async #follow(
    pixels: Uint8Array,
    signal: AbortSignal,
    onProgress: (progress: CaptureProgress) => void,
  ): Promise<CaptureOutcome> {
    const { sensingAreaWidthMm, sensingAreaHeightMm } = this.identity;
    const area = { widthMm: sensingAreaWidthMm, heightMm: sensingAreaHeightMm };
    const steering = new CaptureSteering(area, this.#device.identity.framesRemembered);
    using preview = new PreviewFollower(this.#link, this.#device.identity);
    onProgress({ kind: 'waiting-for-finger' });
    await preview.start(signal);
    for (;;) {
      const frame = await preview.next(signal);
      this.#framesPerSecond = preview.framesPerSecond;
      const step = steering.onFrame(frame, this.#link.clock.now());
      if (step.kind === 'lifted') continue;
      const { map, quality, hint } = step.placement;
      onProgress({ kind: 'preview', map, quality, hint });
      if (step.kind !== 'take') continue;
      onProgress({ kind: 'transferring', receivedShare: 0 });
      const onShare = (receivedShare: number): void => onProgress({ kind: 'transferring', receivedShare });
      if (await this.#fetch(step.frame, pixels, signal, onShare)) break;
    }
    return await this.#finish(pixels, preview, steering, signal, onProgress);
  }

  /** Once a finger was there, time that runs out is the device's fault and no longer the absence of a finger. */
  async #fetch(
    frame: number,
    pixels: Uint8Array,
    signal: AbortSignal,
    onShare: (receivedShare: number) => void,
  ): Promise<boolean> {
    try {
      return await this.#receiver.fetch(frame, pixels, signal, onShare);
    } catch (cause) {
      throw isDeadline(cause) ? new CaptureInterrupted({ kind: 'fault', code: 'scanner.no-answer' }) : cause;
    }
  }

  async #finish(
    pixels: Uint8Array,
    preview: PreviewFollower,
    steering: CaptureSteering,
    signal: AbortSignal,
    onProgress: (progress: CaptureProgress) => void,
  ): Promise<CaptureOutcome> {
    const { widthPx, heightPx, resolutionPpi } = this.identity;
    const image = pixels.subarray(0, widthPx * heightPx);
    orientImage(image, widthPx, this.#profile);
    const { quality } = assessQuality({ widthPx, heightPx, resolutionPpi, pixels: image });
    onProgress({ kind: 'waiting-for-lift' });
    steering.awaitLift();
    await this.#lift(preview, steering, signal);
    return { kind: 'captured', widthPx, heightPx, resolutionPpi, quality, liftedAtMs: this.#link.clock.now() };
  }

  /** A finger that stays until the deadline does not spoil an image that is whole. */
  async #lift(preview: PreviewFollower, steering: CaptureSteering, signal: AbortSignal): Promise<void> {
    try {
      for (;;) {
        const frame = await preview.next(signal);
        if (steering.onFrame(frame, this.#link.clock.now()).kind === 'lifted') return;
      }
    } catch (cause) {
      if (!isDeadline(cause)) throw cause;
    }
  }
}

function isDeadline(cause: unknown): boolean {
  return cause instanceof CaptureInterrupted && cause.interruption.kind === 'deadline';
}

function outcomeOf(interruption: Interruption): CaptureOutcome {
  return interruption.kind === 'deadline' ? { kind: 'no-finger' } : interruption;
}

function checkAgainstProfile({ identity }: IdentifiedDevice, profile: DeviceProfile): void {
  const { widthPx, heightPx, resolutionPpi } = identity;
  const isAsSaid =
    widthPx === profile.widthPx && heightPx === profile.heightPx && resolutionPpi === profile.resolutionPpi;
  if (!isAsSaid) throw new ScannerFault('scanner.profile-invalid', { widthPx, heightPx, resolutionPpi });
}

function openingFault({ interruption }: CaptureInterrupted, signal: AbortSignal): unknown {
  switch (interruption.kind) {
    case 'aborted':
      return signal.reason;
    case 'unplugged':
      return new ScannerFault('scanner.unplugged');
    case 'deadline':
      return new ScannerFault('scanner.no-answer');
    case 'fault':
      return new ScannerFault(interruption.code);
  }
}
