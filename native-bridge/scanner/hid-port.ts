/** Why a port is no longer open. */
export type PortClosure = 'unplugged' | 'closed-here';

/**
 * One open HID device, as the driver sees it: whole reports in, whole reports out. Report identifiers, where a
 * device uses them, are the port's business: the lengths and the bytes here are those of the report behind it.
 */
export interface HidPort {
  /** Length of every input report in bytes, from the device's report descriptor. */
  readonly inputReportBytes: number;
  /** Length of every output report in bytes, from the device's report descriptor. */
  readonly outputReportBytes: number;
  /**
   * Sends one report of exactly `outputReportBytes` bytes. A port that has been unplugged swallows it: the closure has
   * been, or will be, told to the listener.
   */
  send(report: Uint8Array): void;
  /**
   * Names the one listener of input reports. The bytes are lent for the length of the call; afterwards the port clears
   * them, for they may be a piece of a fingerprint.
   */
  onReport(listener: (report: Uint8Array) => void): void;
  /** Names the one listener of the end of the port; it is called at most once, and at once when the port has ended already. */
  onClosed(listener: (closure: PortClosure) => void): void;
  close(): Promise<void>;
}
