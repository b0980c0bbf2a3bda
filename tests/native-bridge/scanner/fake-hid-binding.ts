import { EventEmitter } from 'node:events';
import type { DeviceProfile } from '../../../native-bridge/scanner/device-profile.ts';
import { FaultInjector } from '../../../native-bridge/scanner/fault-injector.ts';
import type { FrameFeed } from '../../../native-bridge/scanner/feed.ts';
import type { HidBinding, HidHandle, HidListing } from '../../../native-bridge/scanner/hid-binding.ts';
import { seededRandom } from '../../../native-bridge/scanner/seeded-random.ts';
import { SimulatedDevice } from '../../../native-bridge/scanner/simulated-device.ts';
import { SimulatedGlass } from '../../../native-bridge/scanner/simulated-glass.ts';
import { SimulatedHand } from '../../../native-bridge/scanner/simulated-hand.ts';
import type { ManualClock } from './manual-clock.ts';

/** How a device behind the fake library is built. */
export interface FakeHidDeviceOptions {
  readonly path: string;
  readonly profile: DeviceProfile;
  readonly clock: ManualClock;
  readonly feed: FrameFeed;
  readonly droppedShare?: number;
}

/** One device on the fake bus: the simulated device behind the calls and the events of node-hid's `HIDAsync`. */
export class FakeHidDevice {
  readonly options: FakeHidDeviceOptions;
  readonly glass: SimulatedGlass;
  #plug: { readonly events: EventEmitter; readonly device: SimulatedDevice } | undefined;
  #isPluggedIn = true;

  constructor(options: FakeHidDeviceOptions) {
    this.options = options;
    this.glass = new SimulatedGlass(options.profile);
  }

  get isPluggedIn(): boolean {
    return this.#isPluggedIn;
  }

  get listing(): HidListing {
    const { path, profile } = this.options;
    const { vendorId, productId, usagePage, usage } = profile;
    return { path, vendorId, productId, usagePage, usage, serialNumber: `SN-${path}`, product: 'Fake scanner' };
  }

  unplug(): void {
    this.#isPluggedIn = false;
    this.#plug?.device.powerOff();
    this.#plug?.events.emit('error', new Error('could not read from HID device'));
    this.#plug = undefined;
  }

  plugIn(): void {
    this.#isPluggedIn = true;
  }

  open(): HidHandle {
    const { profile, clock, feed, droppedShare = 0 } = this.options;
    const events = new EventEmitter();
    const hand = new SimulatedHand(this.glass, feed, clock, () => {});
    const faults = new FaultInjector([{ kind: 'drop', share: droppedShare }], seededRandom(3));
    const device = new SimulatedDevice({
      glass: this.glass,
      serialNumber: 'FAKE-1',
      inputReportBytes: profile.inputReportBytes,
      outputReportBytes: profile.outputReportBytes,
      reportIntervalMs: 1,
      clock,
      onEvent: (event) => hand.see(event),
      emit: (report) => {
        if (faults.decide(report) !== 'delivered') return;
        const identifier = profile.reportId === 0 ? [] : [profile.reportId];
        events.emit('data', Buffer.from([...identifier, ...report]));
      },
    });
    const plug = { events, device };
    this.#plug = plug;
    return {
      on: (event: 'data' | 'error', listener: (value: never) => void) =>
        events.on(event, listener as (...words: unknown[]) => void),
      write: (bytes) => {
        if (this.#plug !== plug) return Promise.reject(new Error('Cannot write to hid device'));
        if (bytes[0] !== profile.reportId) throw new Error('the report identifier is missing');
        device.receive(bytes.subarray(1));
        return Promise.resolve(bytes.length);
      },
      close: () => {
        device.powerOff();
        return Promise.resolve();
      },
    };
  }
}

/** A HID library over fake devices; `refusals` are the words with which it refuses to open a path. */
export function fakeHidBinding(
  devices: readonly FakeHidDevice[],
  others: readonly HidListing[] = [],
  refusals: ReadonlyMap<string, string> = new Map(),
): HidBinding {
  return {
    devices: () => {
      const present = devices.filter(({ isPluggedIn }) => isPluggedIn).map(({ listing }) => listing);
      return Promise.resolve([...others, ...present]);
    },
    open: (path) => {
      const refusal = refusals.get(path);
      if (refusal !== undefined) return Promise.reject(new Error(refusal));
      const device = devices.find((one) => one.options.path === path && one.isPluggedIn);
      if (device === undefined) return Promise.reject(new Error(`cannot open device with path ${path}`));
      return Promise.resolve(device.open());
    },
  };
}
