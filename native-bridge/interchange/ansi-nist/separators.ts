/** Information separators of the traditional encoding. Source: ANSI/NIST-ITL 1-2011, 7.1 (ASCII control characters). */
export const SEPARATOR = {
  /** FS: ends a tagged record. */
  file: 0x1c,
  /** GS: between fields. */
  group: 0x1d,
  /** RS: between subfields. */
  record: 0x1e,
  /** US: between information items. */
  unit: 0x1f,
} as const;

/** The separators as characters, for text that is split or joined. */
export const RECORD_SEPARATOR = '\u001e';
export const UNIT_SEPARATOR = '\u001f';

/** Field 999 of a tagged record is binary, the last, and runs to the end of the record. Source: ANSI/NIST-ITL 1-2011, 7.2. */
export const BINARY_FIELD = 999;
