/** One open device of a HID library, as much of it as the port uses. node-hid's `HIDAsync` fits. */
export interface HidHandle {
  on(event: 'data', listener: (report: Buffer) => void): unknown;
  on(event: 'error', listener: (cause: unknown) => void): unknown;
  write(report: Buffer): Promise<number>;
  close(): Promise<void>;
}

/** One device in a HID library's list. */
export interface HidListing {
  readonly vendorId: number;
  readonly productId: number;
  readonly path?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly product?: string | undefined;
  readonly usagePage?: number | undefined;
  readonly usage?: number | undefined;
}

/** A HID library: what the port needs from node-hid, so that a test can play the library and the system under it. */
export interface HidBinding {
  devices(): Promise<readonly HidListing[]>;
  open(path: string): Promise<HidHandle>;
}
