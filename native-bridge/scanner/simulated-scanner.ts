import type { DeviceStatistics } from './device-messages.ts';
import type { Light, Sound } from './host-messages.ts';
import type { MaintainableScanner } from './maintainable-scanner.ts';
import { ScannerFault } from './scanner-fault.ts';
import type { CaptureOutcome, CaptureRequest, ScannerIdentity, ScannerStatistics } from './scanner.ts';

/**
 * The real driver over the simulated device, which can also fail for a reason that no real device has: the feed cannot
 * give the next finger. Waiting for a finger that will not come would look like "nobody put one".
 */
export class SimulatedScanner implements MaintainableScanner {
  readonly #driver: MaintainableScanner;
  #feedFault: AbortController | null = null;

  constructor(driver: MaintainableScanner) {
    this.#driver = driver;
  }

  get identity(): ScannerIdentity {
    return this.#driver.identity;
  }

  /** Ends the capture that waits for the feed; without one it does nothing. */
  feedFailed(cause: unknown): void {
    this.#feedFault?.abort(cause);
  }

  async capture(request: CaptureRequest): Promise<CaptureOutcome> {
    const feedFault = new AbortController();
    // A second capture is refused by the driver and must not take the place of the first.
    const isFirst = this.#feedFault === null;
    if (isFirst) this.#feedFault = feedFault;
    try {
      const signal = AbortSignal.any([request.signal, feedFault.signal]);
      const outcome = await this.#driver.capture({ ...request, signal });
      if (outcome.kind !== 'aborted' || request.signal.aborted || !feedFault.signal.aborted) return outcome;
      const cause: unknown = feedFault.signal.reason;
      return { kind: 'fault', code: cause instanceof ScannerFault ? cause.code : 'scanner.feed-unreadable' };
    } finally {
      if (isFirst) this.#feedFault = null;
    }
  }

  captureGlass(request: CaptureRequest): Promise<CaptureOutcome> {
    return this.#driver.captureGlass(request);
  }

  indicate(light: Light, sound: Sound): void {
    this.#driver.indicate(light, sound);
  }

  deviceStatistics(signal: AbortSignal): Promise<DeviceStatistics> {
    return this.#driver.deviceStatistics(signal);
  }

  statistics(): ScannerStatistics {
    return this.#driver.statistics();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#driver[Symbol.asyncDispose]();
  }
}
