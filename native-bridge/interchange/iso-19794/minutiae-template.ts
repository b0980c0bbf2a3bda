/** Where a record of minutiae comes from. */
export type MinutiaeFormat = 'iso-19794-2:2005' | 'iso-19794-2:2011' | 'incits-378-2004';

/** One minutia as the format has it: pixels from the top left, an angle in the format's unit and in radians. */
export interface TemplateMinutia {
  readonly type: 'other' | 'ending' | 'bifurcation';
  readonly xPx: number;
  readonly yPx: number;
  /** The byte of the file: 360/256 degrees in ISO, 2 degrees in INCITS; anticlockwise from the x axis. */
  readonly angleUnits: number;
  /** The same angle in radians, 0 ≤ angle < 2π. */
  readonly angleRad: number;
  /** 1 to 100; 0 for not reported, and null where the format leaves it out. */
  readonly quality: number | null;
}

/** How many ridges lie between two minutiae (numbers from 0). */
export interface RidgeCount {
  readonly from: number;
  readonly to: number;
  readonly ridges: number;
}

/** Extended data of a view that is kept as it is; `bytes` is a view. */
export interface Extension {
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** The minutiae of one impression of one finger. */
export interface FingerView {
  /** 0 unknown, 1 right thumb … 10 left little finger; 13 to 15 slaps and thumbs (2011 edition). */
  readonly fingerPosition: number;
  readonly viewNumber: number;
  /** 0 live-scan plain, 1 live-scan rolled, 2 and 3 from a card, 8 swipe. */
  readonly impressionCode: number;
  /** 0 to 100; null where the file does not say. */
  readonly quality: number | null;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly xPixelsPerCm: number;
  readonly yPixelsPerCm: number;
  readonly minutiae: readonly TemplateMinutia[];
  readonly ridgeCounts: readonly RidgeCount[];
  readonly extensions: readonly Extension[];
}

/** A record of minutiae in one of the three formats. */
export interface MinutiaeTemplate {
  readonly format: MinutiaeFormat;
  /** Type number of the capture device, 12 bits (16 in the 2011 edition); 0 where unknown. */
  readonly deviceNumber: number;
  /** The four bits of compliance before it in the older formats; 0 in the 2011 edition. */
  readonly complianceCode: number;
  /** Owner and type of the software that made it (INCITS only). */
  readonly product: { readonly owner: number; readonly type: number } | null;
  /** Whether the length that the record states is its size; some writers of INCITS 378 state less. */
  readonly isLengthExact: boolean;
  readonly views: readonly FingerView[];
}
