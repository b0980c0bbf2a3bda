/** Two-byte markers of a WSQ file. Source: IAFIS-IC-0110, marker assignments. */
export const MARKER = {
  startOfImage: 0xffa0,
  endOfImage: 0xffa1,
  startOfFrame: 0xffa2,
  startOfBlock: 0xffa3,
  transformTable: 0xffa4,
  quantisationTable: 0xffa5,
  huffmanTable: 0xffa6,
  restartInterval: 0xffa7,
  comment: 0xffa8,
} as const;

/** Subbands that the format names; the last four are never sent. Source: IAFIS-IC-0110. */
export const SUBBAND_COUNT = 64;

/** Subbands that may carry coefficients. */
export const CODED_SUBBAND_COUNT = 60;

/** First subband of each of the three blocks, and the end of the last. Source: IAFIS-IC-0110. */
export const BLOCK_STARTS = [0, 19, 52, 64] as const;

/** Huffman symbols of the coefficient coder. Source: IAFIS-IC-0110, table of Huffman input symbols. */
export const SYMBOL = {
  longestShortRun: 100,
  positiveByte: 101,
  negativeByte: 102,
  positiveWord: 103,
  negativeWord: 104,
  runByte: 105,
  runWord: 106,
  /** A small coefficient v is the symbol v + 180. */
  zeroValue: 180,
  leastValue: -73,
  mostValue: 74,
} as const;
