import fs from 'node:fs';
import { systemClock } from '../../native-bridge/scanner/clock.ts';
import type { DeviceProfile } from '../../native-bridge/scanner/device-profile.ts';
import type { FaultInjector } from '../../native-bridge/scanner/fault-injector.ts';
import type { FrameFeed } from '../../native-bridge/scanner/feed.ts';
import { SimulatedDevice } from '../../native-bridge/scanner/simulated-device.ts';
import { SimulatedGlass } from '../../native-bridge/scanner/simulated-glass.ts';
import { SimulatedHand } from '../../native-bridge/scanner/simulated-hand.ts';

/** Event types of /dev/uhid. Source: Linux include/uapi/linux/uhid.h. */
const UHID = { destroy: 1, output: 6, create2: 11, input2: 12 } as const;
/** Lengths of the packed fields of `struct uhid_create2_req`, bytes. Source: the same header. */
const CREATE2 = { type: 4, name: 128, phys: 64, uniq: 64, fixed: 20, descriptor: 4_096 } as const;
/** Room for one event read: type, 4,096 bytes, size, report type, with some to spare. */
const EVENT_BYTES = 4_400;
/** Bus number that the kernel uses for USB. Source: Linux include/uapi/linux/input.h. */
const BUS_USB = 3;
/** Time between two looks for output reports, ms. */
const POLL_MS = 1;

/** How the kernel's virtual device is built. */
export interface UhidDeviceOptions {
  readonly profile: DeviceProfile;
  readonly serialNumber: string;
  readonly feed: FrameFeed;
  readonly faults: FaultInjector;
  readonly reportIntervalMs: number;
}

/** The simulated device behind the kernel's own HID stack: a device as real as software can make it. */
export class UhidDevice {
  readonly glass: SimulatedGlass;
  readonly #fd: number;
  readonly #device: SimulatedDevice;
  readonly #profile: DeviceProfile;
  readonly #event = Buffer.alloc(EVENT_BYTES);
  #poll: NodeJS.Timeout | undefined;
  #isPluggedIn = true;
  emitted = 0;

  constructor({ profile, serialNumber, feed, faults, reportIntervalMs }: UhidDeviceOptions) {
    this.#profile = profile;
    this.#fd = fs.openSync('/dev/uhid', fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
    fs.writeSync(this.#fd, createEvent(profile, serialNumber));
    this.glass = new SimulatedGlass(profile);
    const hand = new SimulatedHand(this.glass, feed, systemClock, (cause) => {
      throw cause;
    });
    this.#device = new SimulatedDevice({
      glass: this.glass,
      serialNumber,
      inputReportBytes: profile.inputReportBytes,
      outputReportBytes: profile.outputReportBytes,
      reportIntervalMs,
      clock: systemClock,
      onEvent: (event) => hand.see(event),
      emit: (report) => {
        if (!this.#isPluggedIn) return;
        const fate = faults.decide(report);
        if (fate === 'unplugged') this.unplug();
        else if (fate === 'delivered') this.#input(report);
      },
    });
    this.#poll = setInterval(() => this.#takeOutputs(), POLL_MS);
  }

  unplug(): void {
    if (!this.#isPluggedIn) return;
    this.#isPluggedIn = false;
    clearInterval(this.#poll);
    this.#device.powerOff();
    const destroy = Buffer.alloc(4);
    destroy.writeUInt32LE(UHID.destroy, 0);
    fs.writeSync(this.#fd, destroy);
    fs.closeSync(this.#fd);
  }

  #input(report: Uint8Array): void {
    this.emitted += 1;
    const idBytes = this.#profile.reportId === 0 ? 0 : 1;
    const event = Buffer.alloc(6 + idBytes + report.length);
    event.writeUInt32LE(UHID.input2, 0);
    event.writeUInt16LE(idBytes + report.length, 4);
    if (idBytes === 1) event[6] = this.#profile.reportId;
    event.set(report, 6 + idBytes);
    fs.writeSync(this.#fd, event);
  }

  #takeOutputs(): void {
    while (this.#isPluggedIn) {
      let length: number;
      try {
        length = fs.readSync(this.#fd, this.#event);
      } catch (cause) {
        if (cause instanceof Error && 'code' in cause && cause.code === 'EAGAIN') return;
        throw cause;
      }
      if (length < 4 || this.#event.readUInt32LE(0) !== UHID.output) continue;
      // The kernel hands over what was written to /dev/hidraw, report identifier included, 0 where there is none.
      const size = this.#event.readUInt16LE(4 + CREATE2.descriptor);
      const skipped = size === this.#profile.outputReportBytes ? 0 : 1;
      this.#device.receive(this.#event.subarray(4 + skipped, 4 + size));
    }
  }
}

function createEvent(profile: DeviceProfile, serialNumber: string): Buffer {
  const descriptor = reportDescriptor(profile);
  const nameAt = CREATE2.type;
  const uniqAt = nameAt + CREATE2.name + CREATE2.phys;
  const fixedAt = uniqAt + CREATE2.uniq;
  const event = Buffer.alloc(fixedAt + CREATE2.fixed + CREATE2.descriptor);
  event.writeUInt32LE(UHID.create2, 0);
  event.write('Ridgeway virtual scanner', nameAt, 'latin1');
  event.write(serialNumber, uniqAt, 'latin1');
  event.writeUInt16LE(descriptor.length, fixedAt);
  event.writeUInt16LE(BUS_USB, fixedAt + 2);
  event.writeUInt32LE(profile.vendorId, fixedAt + 4);
  event.writeUInt32LE(profile.productId, fixedAt + 8);
  descriptor.copy(event, fixedAt + CREATE2.fixed);
  return event;
}

/** The report descriptor of docs/protocol.md: one vendor-defined collection, one input and one output report. */
function reportDescriptor({ usagePage, usage, reportId, inputReportBytes, outputReportBytes }: DeviceProfile): Buffer {
  const word = (value: number): number[] => [value & 0xff, value >> 8];
  const items = [
    [0x06, ...word(usagePage)], // usage page
    [0x09, usage], // usage
    [0xa1, 0x01], // collection (application)
    reportId === 0 ? [] : [0x85, reportId], // report identifier
    [0x15, 0x00, 0x26, 0xff, 0x00], // logical minimum 0, maximum 255
    [0x75, 0x08], // report size: 8 bits
    [0x96, ...word(inputReportBytes)], // report count
    [0x09, 0x02, 0x81, 0x02], // usage 2, input (data, variable, absolute)
    [0x96, ...word(outputReportBytes)], // report count
    [0x09, 0x03, 0x91, 0x02], // usage 3, output (data, variable, absolute)
    [0xc0], // end of collection
  ];
  return Buffer.from(items.flat());
}
