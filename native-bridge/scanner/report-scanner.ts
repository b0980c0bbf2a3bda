import { CaptureEnding } from './capture-ending.ts';
import { CaptureInterrupted, type Interruption } from './capture-interrupted.ts';
import { captureFinger, captureGlass, type CaptureRun } from './capture-run.ts';
import { systemClock, type ScannerClock } from './clock.ts';
import type { DeviceStatistics } from './device-messages.ts';
import type { DeviceProfile } from './device-profile.ts';
import type { HidPort } from './hid-port.ts';
import type { Light, Sound } from './host-messages.ts';
import { identify, type IdentifiedDevice } from './identify.ts';
import { ImageReceiver } from './image-receiver.ts';
import type { MaintainableScanner } from './maintainable-scanner.ts';
import { IDENTIFY_DEADLINE_MS } from './parameters.ts';
import { PreviewFollower } from './preview-follower.ts';
import { ReportLink } from './report-link.ts';
import { ScannerFault } from './scanner-fault.ts';
import type { CaptureOutcome, CaptureProgress, CaptureRequest, ScannerIdentity, ScannerStatistics } from './scanner.ts';

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
    throw cause instanceof CaptureInterrupted ? faultOf(cause, signal) : cause;
  }
}

/** The driver: one protocol state machine over any HID port. It knows nothing of what the images are for. */
export class ReportScanner implements MaintainableScanner {
  readonly identity: ScannerIdentity;
  readonly #link: ReportLink;
  readonly #device: IdentifiedDevice;
  readonly #profile: DeviceProfile;
  readonly #receiver: ImageReceiver;
  #capturingInto: SharedArrayBuffer | null = null;
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

  capture(request: CaptureRequest): Promise<CaptureOutcome> {
    return this.#take(request, captureFinger);
  }

  captureGlass(request: CaptureRequest): Promise<CaptureOutcome> {
    return this.#take(request, captureGlass);
  }

  indicate(light: Light, sound: Sound): void {
    this.#link.tell({ kind: 'indicate', light, sound });
  }

  async deviceStatistics(signal: AbortSignal): Promise<DeviceStatistics> {
    const ending = AbortSignal.any([signal, this.#link.closed]);
    try {
      return await this.#link.ask(
        { kind: 'read-statistics' },
        0,
        (message) => (message.kind === 'statistics' ? message : undefined),
        ending,
      );
    } catch (cause) {
      throw cause instanceof CaptureInterrupted ? faultOf(cause, signal) : cause;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#link.tell({ kind: 'stop-preview' });
    await this.#link.port.close();
  }

  /** Takes one image in one of the two ways; whatever is not a whole image leaves zeroes. */
  async #take(request: CaptureRequest, take: (run: CaptureRun) => Promise<CaptureOutcome>): Promise<CaptureOutcome> {
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
    try {
      const outcome = await this.#takeOrInterrupt(request, pixels, take);
      isCaptured = outcome.kind === 'captured';
      if (isCaptured) this.#captures += 1;
      return outcome;
    } finally {
      if (!isCaptured) pixels.fill(0);
      this.#link.tell({ kind: 'stop-preview' });
      this.indicate('off', 'none');
      this.#capturingInto = null;
    }
  }

  async #takeOrInterrupt(
    request: CaptureRequest,
    pixels: Uint8Array,
    take: (run: CaptureRun) => Promise<CaptureOutcome>,
  ): Promise<CaptureOutcome> {
    const { clock } = this.#link;
    using ending = new CaptureEnding(request.signal, this.#link.closed, clock, request.deadlineMs);
    using preview = new PreviewFollower(this.#link, this.#device.identity);
    // A caller whose callback throws ends the capture, cleanly, wherever the callback was called from.
    const onProgress = (progress: CaptureProgress): void => {
      this.#framesPerSecond = preview.framesPerSecond;
      try {
        request.onProgress(progress);
      } catch (cause) {
        ending.fail(cause);
      }
    };
    const run = {
      identity: this.identity,
      device: this.#device,
      profile: this.#profile,
      receiver: this.#receiver,
      preview,
      clock,
      pixels,
      signal: ending.signal,
      onProgress,
      indicate: (light: Light, sound: Sound): void => this.indicate(light, sound),
    };
    try {
      return await take(run);
    } catch (cause) {
      if (cause instanceof CaptureInterrupted) return outcomeOf(cause.interruption);
      throw cause;
    }
  }
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

function faultOf({ interruption }: CaptureInterrupted, signal: AbortSignal): unknown {
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
