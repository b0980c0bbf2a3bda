import type { FaultInjector } from './fault-injector.ts';
import type { HidPort, PortClosure } from './hid-port.ts';
import { SimulatedDevice, type SimulatedDeviceOptions } from './simulated-device.ts';

/** A HID port with a simulated device behind it instead of the bus. */
export class SimulatedPort implements HidPort {
  readonly inputReportBytes: number;
  readonly outputReportBytes: number;
  readonly device: SimulatedDevice;
  #onReport: ((report: Uint8Array) => void) | undefined;
  #onClosed: ((closure: PortClosure) => void) | undefined;
  #onEnd: ((closure: PortClosure) => void) | undefined;
  #closure: PortClosure | undefined;

  constructor(options: Omit<SimulatedDeviceOptions, 'emit'>, faults: FaultInjector) {
    this.inputReportBytes = options.inputReportBytes;
    this.outputReportBytes = options.outputReportBytes;
    this.device = new SimulatedDevice({
      ...options,
      emit: (report) => {
        if (this.#closure !== undefined) return;
        const fate = faults.decide(report);
        if (fate === 'unplugged') this.unplug();
        else if (fate === 'delivered') this.#onReport?.(report);
      },
    });
  }

  send(report: Uint8Array): void {
    if (this.#closure === undefined) this.device.receive(report);
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#onReport = listener;
  }

  onClosed(listener: (closure: PortClosure) => void): void {
    this.#onClosed = listener;
    if (this.#closure !== undefined) listener(this.#closure);
  }

  /** Names the one listener of the device's end, whoever brought it about. */
  onEnd(listener: (closure: PortClosure) => void): void {
    this.#onEnd = listener;
  }

  /** Pulls the plug. */
  unplug(): void {
    this.#end('unplugged');
  }

  close(): Promise<void> {
    this.#end('closed-here');
    return Promise.resolve();
  }

  #end(closure: PortClosure): void {
    if (this.#closure !== undefined) return;
    this.#closure = closure;
    this.device.powerOff();
    this.#onEnd?.(closure);
    this.#onClosed?.(closure);
  }
}
