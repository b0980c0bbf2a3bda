import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeviceProfile } from './device-profile.ts';
import type { HidBinding, HidHandle } from './hid-binding.ts';
import { reportLengthsOf, type ReportLengths } from './hid-descriptor.ts';
import type { HidPort, PortClosure } from './hid-port.ts';
import { ScannerFault } from './scanner-fault.ts';

/** Time that the last reports have to go out when a port is closed, ms. */
const LAST_WRITES_LIMIT_MS = 500;

/**
 * Loads node-hid, the first time that somebody asks for real devices and no sooner: its binary needs system libraries
 * that a training station may not have.
 * @throws ScannerFault `scanner.driver-missing`
 */
export async function loadNodeHid(): Promise<HidBinding> {
  try {
    const { default: nodeHid } = await import('node-hid');
    // The first listing loads the binary; a library that is missing shows here and not in the middle of a capture.
    await nodeHid.devicesAsync();
    return { devices: () => nodeHid.devicesAsync(), open: (devicePath) => nodeHid.HIDAsync.open(devicePath) };
  } catch (cause) {
    throw new ScannerFault('scanner.driver-missing', { library: 'node-hid', platform: process.platform }, { cause });
  }
}

/**
 * Opens one device. The lengths of its reports come from the kernel's copy of its report descriptor; where the system
 * does not show it (Windows, macOS), from the profile.
 * @throws ScannerFault `scanner.not-found`, `scanner.no-permission`, `scanner.in-use`, `scanner.protocol`
 */
export async function openNodeHidPort(
  binding: HidBinding,
  devicePath: string,
  profile: DeviceProfile,
): Promise<HidPort> {
  const descriptor = await readDescriptor(devicePath);
  const lengths = descriptor === null ? profile : reportLengthsOf(descriptor, profile.reportId);
  try {
    return new NodeHidPort(await binding.open(devicePath), lengths, profile.reportId);
  } catch (cause) {
    throw openingFault(cause);
  }
}

/** Linux shows the descriptor of /dev/hidrawN in sysfs; elsewhere, or in a test, there is none to read. */
async function readDescriptor(devicePath: string): Promise<Uint8Array | null> {
  const name = path.basename(devicePath);
  if (process.platform !== 'linux' || !/^hidraw\d+$/.test(name)) return null;
  try {
    return await readFile(`/sys/class/hidraw/${name}/device/report_descriptor`);
  } catch {
    return null;
  }
}

/** hidapi tells what went wrong in English only; these are its words for the errors of open(2) and CreateFile. */
function openingFault(cause: unknown): ScannerFault {
  const words = cause instanceof Error ? cause.message : '';
  if (/permission denied|access is denied|EACCES|0x00000005/i.test(words)) {
    return new ScannerFault('scanner.no-permission', {}, { cause });
  }
  if (/busy|in use|sharing violation|EBUSY|0x00000020|exclusive/i.test(words)) {
    return new ScannerFault('scanner.in-use', {}, { cause });
  }
  return new ScannerFault('scanner.not-found', {}, { cause });
}

/** A HID port over node-hid. A failed read or write means that the device is gone: HID has no other way to say so. */
class NodeHidPort implements HidPort {
  readonly inputReportBytes: number;
  readonly outputReportBytes: number;
  readonly #handle: HidHandle;
  readonly #reportId: number;
  #onReport: ((report: Uint8Array) => void) | undefined;
  #onClosed: ((closure: PortClosure) => void) | undefined;
  #closure: PortClosure | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(handle: HidHandle, { inputReportBytes, outputReportBytes }: ReportLengths, reportId: number) {
    this.#handle = handle;
    this.inputReportBytes = inputReportBytes;
    this.outputReportBytes = outputReportBytes;
    this.#reportId = reportId;
    handle.on('data', (bytes) => this.#take(bytes));
    handle.on('error', () => this.#end('unplugged'));
  }

  /** Writes go out one after another: hidapi does not promise the order of two that are under way. */
  send(report: Uint8Array): void {
    if (this.#closure !== undefined) return;
    // hidapi wants the report identifier in front, 0 where the device uses none.
    const bytes = Buffer.from([this.#reportId, ...report]);
    this.#writing = this.#writing.then(async () => {
      if (this.#closure !== undefined) return;
      try {
        await this.#handle.write(bytes);
      } catch {
        this.#end('unplugged');
      }
    });
  }

  onReport(listener: (report: Uint8Array) => void): void {
    this.#onReport = listener;
  }

  onClosed(listener: (closure: PortClosure) => void): void {
    this.#onClosed = listener;
    if (this.#closure !== undefined) listener(this.#closure);
  }

  async close(): Promise<void> {
    const isFirst = this.#closure === undefined;
    // A device that takes no more reports must not keep the station from letting it go.
    await Promise.race([this.#writing, sleep(LAST_WRITES_LIMIT_MS, undefined, { ref: false })]);
    this.#end('closed-here');
    if (isFirst) await this.#handle.close();
  }

  /** A report with an identifier carries it in front; the rest is the report. The buffer is cleared after use. */
  #take(bytes: Buffer): void {
    try {
      if (this.#closure !== undefined) return;
      if (this.#reportId === 0) this.#onReport?.(bytes);
      else if (bytes[0] === this.#reportId) this.#onReport?.(bytes.subarray(1));
    } finally {
      bytes.fill(0);
    }
  }

  #end(closure: PortClosure): void {
    if (this.#closure !== undefined) return;
    this.#closure = closure;
    this.#onClosed?.(closure);
    // The handle of a device that is gone still holds a file; closing it may fail, and there is nothing left to do then.
    if (closure === 'unplugged') this.#handle.close().catch(() => {});
  }
}
