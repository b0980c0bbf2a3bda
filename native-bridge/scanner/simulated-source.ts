import { HIGH_SPEED_PROFILE } from './built-in-profiles.ts';
import { systemClock, type ScannerClock } from './clock.ts';
import type { DeviceProfile } from './device-profile.ts';
import { FaultInjector } from './fault-injector.ts';
import type { FrameFeed } from './feed.ts';
import { openReportScanner } from './report-scanner.ts';
import { ScannerFault } from './scanner-fault.ts';
import type { PlugEvents } from './scanner-watch.ts';
import type { Scanner, ScannerListing, ScannerSource } from './scanner.ts';
import { seededRandom } from './seeded-random.ts';
import type { SimulatedFault } from './simulated-fault.ts';
import { SimulatedGlass } from './simulated-glass.ts';
import { SimulatedHand } from './simulated-hand.ts';
import { SimulatedPort } from './simulated-port.ts';
import { SimulatedScanner } from './simulated-scanner.ts';

/** Name by which the simulated scanner is opened. */
export const SIMULATED_PATH = 'simulated:0';
/** Name that is shown wherever a product name is. */
const SIMULATED_PRODUCT = 'Simulated fingerprint scanner';
/** Time that one report needs, ms: a microframe of high-speed USB. */
const DEFAULT_REPORT_INTERVAL_MS = 0.125;
/** Time after which a simulated scanner that was unplugged by a fault is plugged in again, ms. */
const REPLUG_AFTER_MS = 3_000;

/** How the simulated scanner behaves. */
export interface SimulatedSourceOptions {
  readonly feed: FrameFeed;
  readonly faults?: readonly SimulatedFault[];
  readonly profile?: DeviceProfile;
  readonly reportIntervalMs?: number;
  readonly serialNumber?: string;
  readonly clock?: ScannerClock;
  /** Seed of the faults, so that a run can be repeated. */
  readonly seed?: number;
  /** Told when the feed cannot give a finger; the capture that waits for it ends with the fault all the same. */
  readonly onFeedFault?: (cause: unknown) => void;
}

/** The simulated scanner as a source, with what a test or a demonstration can do to it by hand. */
export interface SimulatedSource extends ScannerSource {
  readonly glass: SimulatedGlass;
  /** Tells when the simulated cable was pulled or put back, by hand or by a fault. */
  readonly plugEvents: PlugEvents;
  /** Pulls the plug; the device stays away until `plugIn`. */
  unplug(): void;
  plugIn(): void;
}

/** Makes the simulated scanner: the real driver over the device side of the real reports. Several may exist side by side. */
export function createSimulatedSource(options: SimulatedSourceOptions): SimulatedSource {
  const { profile = HIGH_SPEED_PROFILE, clock = systemClock, serialNumber = 'TRAINING-0001', faults = [] } = options;
  const random = seededRandom(options.seed ?? 1);
  const injector = new FaultInjector(faults, random);
  const glass = new SimulatedGlass(profile);
  if (faults.some(({ kind }) => kind === 'dirty')) glass.smear(random);
  if (faults.some(({ kind }) => kind === 'latent')) glass.leaveLatent();
  const path = serialNumber === 'TRAINING-0001' ? SIMULATED_PATH : `simulated:${serialNumber}`;
  let port: SimulatedPort | undefined;
  let scanner: SimulatedScanner | undefined;
  let isPluggedIn = true;
  let isPulledByHand = false;
  const listeners = new Set<() => void>();

  const setPluggedIn = (isIn: boolean): void => {
    isPluggedIn = isIn;
    for (const listener of listeners) listener();
  };

  const listing = (): ScannerListing => ({
    path,
    vendorId: profile.vendorId,
    productId: profile.productId,
    productName: SIMULATED_PRODUCT,
    serialNumber,
    isSimulated: true,
    profileId: profile.profileId,
    refusal: null,
  });

  const unplugging = faults.find((fault) => fault.kind === 'unplug-at');
  const backAfterMs = unplugging?.backAfterMs === undefined ? REPLUG_AFTER_MS : unplugging.backAfterMs;

  const plug = (): SimulatedPort => {
    injector.restart();
    const hand = new SimulatedHand(glass, options.feed, clock, (cause) => {
      scanner?.feedFailed(cause);
      options.onFeedFault?.(cause);
    });
    const opened = new SimulatedPort(
      {
        glass,
        serialNumber,
        inputReportBytes: profile.inputReportBytes,
        outputReportBytes: profile.outputReportBytes,
        reportIntervalMs: options.reportIntervalMs ?? DEFAULT_REPORT_INTERVAL_MS,
        clock,
        onEvent: (event) => hand.see(event),
      },
      injector,
    );
    opened.onEnd((closure) => {
      port = undefined;
      if (closure !== 'unplugged') return;
      setPluggedIn(false);
      if (isPulledByHand || backAfterMs === null) return;
      clock.after(backAfterMs, () => setPluggedIn(true));
    });
    return opened;
  };

  return {
    glass,
    plugEvents: (onEvent) => {
      listeners.add(onEvent);
      return () => listeners.delete(onEvent);
    },
    list: (signal) => {
      signal.throwIfAborted();
      return Promise.resolve(isPluggedIn ? [listing()] : []);
    },
    async open(wanted, signal): Promise<Scanner> {
      signal.throwIfAborted();
      if (wanted !== path || !isPluggedIn) throw new ScannerFault('scanner.not-found');
      if (port !== undefined) throw new ScannerFault('scanner.in-use');
      port = plug();
      const driver = await openReportScanner({
        port,
        profile,
        productName: SIMULATED_PRODUCT,
        isSimulated: true,
        signal,
        clock,
      });
      scanner = new SimulatedScanner(driver);
      return scanner;
    },
    unplug() {
      isPulledByHand = true;
      setPluggedIn(false);
      port?.unplug();
    },
    plugIn() {
      isPulledByHand = false;
      setPluggedIn(true);
    },
  };
}
