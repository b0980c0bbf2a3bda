import type { SimulatedFault } from './simulated-fault.ts';

/** What becomes of one report on the bus. */
export type ReportFate = 'delivered' | 'lost' | 'unplugged';

/** Plays the faults of the bus on each report of a device. One injector lives as long as the device, so a fault that happens once stays past. */
export class FaultInjector {
  readonly #faults: readonly SimulatedFault[];
  readonly #random: () => number;
  #reports = 0;
  #hasUnplugged = false;
  #isStalled = false;
  #hasStalled = false;

  /** `random` gives 0 (included) to 1 (excluded). */
  constructor(faults: readonly SimulatedFault[], random: () => number) {
    this.#faults = faults;
    this.#random = random;
  }

  /** Decides the fate of a report, and flips one bit of it where that is the fault. */
  decide(report: Uint8Array): ReportFate {
    this.#reports += 1;
    for (const fault of this.#faults) {
      switch (fault.kind) {
        case 'unplug-at':
          if (this.#hasUnplugged || this.#reports < fault.report) break;
          this.#hasUnplugged = true;
          return 'unplugged';
        case 'stall':
          this.#isStalled ||= !this.#hasStalled && this.#reports >= fault.report;
          if (this.#isStalled) return 'lost';
          break;
        case 'drop':
          if (this.#random() < fault.share) return 'lost';
          break;
        case 'corrupt':
          if (this.#random() < fault.share) this.#flipOneBit(report);
          break;
        default:
      }
    }
    return 'delivered';
  }

  /** The device was opened anew: what had hung hangs no more. */
  restart(): void {
    this.#hasStalled ||= this.#isStalled;
    this.#isStalled = false;
  }

  #flipOneBit(report: Uint8Array): void {
    const at = Math.floor(this.#random() * report.length);
    report[at] = (report[at] ?? 0) ^ (1 << Math.floor(this.#random() * 8));
  }
}
