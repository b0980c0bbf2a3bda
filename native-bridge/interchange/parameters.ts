/** Largest file that any reader takes, in bytes. A ten-print transaction with 1,000 ppi images stays below half of it. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** Largest image that is decoded or encoded, in pixels: a full palm at 500 ppi (5.5 × 8 inches) is 11 million. */
export const MAX_IMAGE_PIXELS = 12_000_000;

/** Largest side of an image, in pixels. */
export const MAX_IMAGE_SIDE_PX = 16_384;

/** Smallest side, in pixels, whose five wavelet levels each keep a sample. Source: 2^5, IAFIS-IC-0110 subband tree. */
export const MIN_WSQ_SIDE_PX = 32;

/** Default rate of the encoder, bits per pixel. Source: IAFIS-IC-0110, about 15:1 on real prints. */
export const WSQ_BIT_RATE_BPP = 0.75;

/** Bit rates that the encoder takes, bits per pixel. */
export const WSQ_BIT_RATE_RANGE_BPP = { least: 0.1, most: 6 } as const;

/** A subband whose variance is below this is not coded. Source: IAFIS-IC-0110, bin width rule. */
export const WSQ_VARIANCE_FLOOR = 1.01;

/** Width of the zero bin over the width of the others. Source: IAFIS-IC-0110. */
export const WSQ_ZERO_BIN_RATIO = 1.2;

/** Loading factor of the quantiser: bins span ±2.5 standard deviations. Source: IAFIS-IC-0110 (γ). */
export const WSQ_LOADING_FACTOR = 2.5;

/** Where in a bin the decoder puts the value, as a fraction of the bin. Source: IAFIS-IC-0110 (C), encoder 2. */
export const WSQ_BIN_CENTRE = { digits: 44, places: 2 } as const;

/**
 * Variance, summed over the four lowest bands, under which the whole band is measured instead of its middle.
 * Source: measured against the reference encoder's files.
 */
export const WSQ_FULL_BAND_VARIANCE = 20_000;

/** Weights of the highest coded bands (52 to 59), which widen their bins. Source: IAFIS-IC-0110 (A_k). */
export const WSQ_HIGH_BAND_WEIGHTS: readonly number[] = [1.32, 1.08, 1.42, 1.08, 1.32, 1.42, 1.08, 1.08];

/**
 * Analysis filters, biorthogonal 9/7, the right half from the centre. Source: IAFIS-IC-0110, table of coefficients.
 */
export const WSQ_LOW_PASS: readonly number[] = [
  0.85269867900940344, 0.37740285561265382, -0.11062440441842342, -0.02384946501938, 0.037828455506995461,
];

/** See WSQ_LOW_PASS: the high-pass half. */
export const WSQ_HIGH_PASS: readonly number[] = [
  0.78848561640566444, -0.41809227322221221, -0.040689417609558675, 0.064538882628938209,
];

/**
 * The same filters as they are sent in a file: sign, integer and decimal places. Source: the transform table of the
 * reference encoder's files, which differs from the numbers above in the seventh digit; decoders use what is sent.
 */
export const WSQ_SENT_LOW_PASS: readonly SentCoefficient[] = [
  { isNegative: false, digits: 852_698_573, places: 9 },
  { isNegative: false, digits: 3_774_028_186, places: 10 },
  { isNegative: true, digits: 1_106_243_994, places: 10 },
  { isNegative: true, digits: 2_384_946_381, places: 11 },
  { isNegative: false, digits: 3_782_845_235, places: 11 },
];

/** See WSQ_SENT_LOW_PASS: the high-pass half. */
export const WSQ_SENT_HIGH_PASS: readonly SentCoefficient[] = [
  { isNegative: false, digits: 788_485_632, places: 9 },
  { isNegative: true, digits: 4_180_923_187, places: 10 },
  { isNegative: true, digits: 4_068_942_234, places: 11 },
  { isNegative: false, digits: 645_388_851, places: 10 },
];

/** One filter coefficient as a file sends it. */
export interface SentCoefficient {
  readonly isNegative: boolean;
  readonly digits: number;
  readonly places: number;
}

/**
 * Resolutions, pixels per inch, that a comment in a WSQ file is believed about. Source: ANSI/NIST-ITL classes 500 and
 * 1000, each with 10 % to spare; reference files exist whose comment says 255 or -1 of a 500 ppi image.
 */
export const WSQ_COMMENT_RESOLUTION_PPI = { least: 450, most: 1_100 } as const;

/** Longest filter that the decoder takes, taps. Source: IAFIS-IC-0110 sends at most 32. */
export const WSQ_MAX_FILTER_TAPS = 31;

/** Largest WSQ file, in bytes: two for each pixel of the largest image. */
export const MAX_WSQ_BYTES = 2 * MAX_IMAGE_PIXELS;

/** Segments in one WSQ file, comments included; real files have about ten. */
export const WSQ_MAX_SEGMENTS = 256;

/** Highest number of a Huffman table. Source: IAFIS-IC-0110, eight tables. */
export const WSQ_MOST_TABLE_NUMBER = 7;

/** Comment segments kept of one WSQ file, and characters kept of each. */
export const WSQ_MAX_COMMENTS = 16;
export const WSQ_MAX_COMMENT_CHARS = 2_048;

/** Records in one ANSI/NIST transaction. Source: two-digit IDC (0 to 99) and a Type-1; room for files that repeat one. */
export const MAX_RECORDS = 512;

/** Fields in one tagged record; the richest type (9, with extended features) defines about 300. */
export const MAX_FIELDS = 500;

/** Items in one text field, and its bytes; the largest real field holds 640 items in 4 kB. */
export const MAX_ITEMS = 100_000;
export const MAX_TEXT_FIELD_BYTES = 1024 * 1024;

/** Finger views in one minutiae record. Source: ISO/IEC 19794-2:2005, ten fingers of at most 16 views. */
export const MAX_FINGER_VIEWS = 176;

/** Largest minutiae record, in bytes: ten fingers with all the minutiae and extended data that the format allows. */
export const MAX_TEMPLATE_BYTES = 1024 * 1024;

/** Parts of extended data in one view; the format names three. */
export const MAX_EXTENSIONS = 64;

/**
 * Narrowest bin that the encoder chooses. Bins are numbered up to 32,767 and the largest samples of the lowest bands lie near
 * 4,096 (128 grey levels times 2 for each of five levels), half as much again at edges. Ours: real prints have bins of 1 and more.
 */
export const WSQ_LEAST_STEP = 0.2;
