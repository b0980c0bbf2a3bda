/** What a scanner says of itself when it is asked to identify. */
export interface ScannerIdentity {
  /** File name, without ending, of the device profile that matched. */
  readonly profileId: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly serialNumber: string;
  readonly firmwareVersion: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolutionPpi: number;
  readonly sensingAreaWidthMm: number;
  readonly sensingAreaHeightMm: number;
  /** True when no hardware stands behind it; every page then says so. */
  readonly isSimulated: boolean;
}

/** What the officer is told to do while the finger is on the glass. */
export type PlacementHint =
  | 'place-finger'
  | 'hold-still'
  | 'press-harder'
  | 'press-lighter'
  | 'move-up'
  | 'move-down'
  | 'move-left'
  | 'move-right'
  | 'too-dry'
  | 'too-wet'
  | 'clean-the-glass'
  | 'lift-finger';

/** A coarse map of placement: `columns × rows` cells, row by row, each 0 (nothing) to 4 (good ridges). No print can be drawn from it. */
export interface PlacementMap {
  readonly columns: number;
  readonly rows: number;
  readonly cells: readonly number[];
}

/** What the driver reports while a capture runs. */
export type CaptureProgress =
  | { readonly kind: 'waiting-for-finger' }
  | { readonly kind: 'preview'; readonly map: PlacementMap; readonly quality: number; readonly hint: PlacementHint }
  | { readonly kind: 'transferring'; readonly receivedShare: number }
  | { readonly kind: 'waiting-for-lift' };

/** One request for one image. The bytes go into memory that the caller owns, and nowhere else. */
export interface CaptureRequest {
  /** At least `widthPx × heightPx` bytes of the scanner's identity; the image is written from offset 0, ridges dark. */
  readonly into: SharedArrayBuffer;
  /** The longest that the whole capture may take, milliseconds counted from the call. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: CaptureProgress) => void;
}

/** How a capture ended. In every case but `captured`, `into` holds zeroes when the promise settles. */
export type CaptureOutcome =
  | {
      readonly kind: 'captured';
      readonly widthPx: number;
      readonly heightPx: number;
      readonly resolutionPpi: number;
      /** 0–100, by `assessQuality`. */
      readonly quality: number;
      /**
       * Milliseconds of the clock given to the driver, at the moment when the finger left the glass; the moment of the
       * deadline when the finger never left.
       */
      readonly liftedAtMs: number;
    }
  | { readonly kind: 'no-finger' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'unplugged' }
  | { readonly kind: 'fault'; readonly code: string };

export interface ScannerStatistics {
  readonly reportsReceived: number;
  /** Reports of images that were lost or damaged on the way. */
  readonly reportsLost: number;
  /** Reports of images that were asked for again. */
  readonly reportsRepeated: number;
  readonly captures: number;
  /** Preview frames a second over the latest capture; 0 before the first. */
  readonly previewFramesPerSecond: number;
}

/** One open scanner. Opening one is the station's decision, never this folder's. */
export interface Scanner extends AsyncDisposable {
  readonly identity: ScannerIdentity;
  capture(request: CaptureRequest): Promise<CaptureOutcome>;
  statistics(): ScannerStatistics;
}

/** A device that the system lists, whether or not a profile fits it. */
export interface ScannerListing {
  /** Names the device for `open`; stable while it stays plugged in. */
  readonly path: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly serialNumber: string;
  readonly isSimulated: boolean;
  readonly profileId: string | null;
  /** False when only enrolled serial numbers may capture and this is not one of them; absent where nobody asked. */
  readonly isEnrolled?: boolean;
  /** Why it cannot be used, as a code; null when it can. */
  readonly refusal: 'no-profile' | 'no-permission' | 'in-use' | 'driver-missing' | null;
}

/** Where scanners come from: the HID bus, libfprint, or the simulation. */
export interface ScannerSource {
  list(signal: AbortSignal): Promise<readonly ScannerListing[]>;
  /** @throws ScannerFault `scanner.not-found`, `scanner.no-permission`, `scanner.in-use`, `scanner.driver-missing`, `scanner.not-enrolled`, `scanner.no-answer` */
  open(path: string, signal: AbortSignal): Promise<Scanner>;
}
