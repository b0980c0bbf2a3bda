/** One field of a tagged record: its number, and its bytes without tag and closing separator, as a view. */
export interface TaggedField {
  readonly number: number;
  readonly value: Uint8Array;
}

/** What every record knows when it was read: its bytes, kept so that it can be written again as it was. */
interface ReadRecord {
  /** Record type, 1 to 99. */
  readonly type: number;
  /** The whole record as it was read, or null for one that was built. */
  readonly source: Uint8Array | null;
}

/** A record of tagged fields: Type 1, 2, 9, 10 and higher. */
export interface TaggedRecord extends ReadRecord {
  readonly kind: 'tagged';
  /** In the order of the record, without the length field (001), which the writer makes. */
  readonly fields: readonly TaggedField[];
}

/** A fixed-layout image record: Type 3, 4, 5 or 6. Source: ANSI/NIST-ITL 1-2011, 8.4. */
export interface BinaryImageRecord extends ReadRecord {
  readonly kind: 'binary-image';
  readonly type: 3 | 4 | 5 | 6;
  readonly idc: number;
  /** IMP: 0 live-scan plain, 1 live-scan rolled, 2 and 3 the same from a card, 4 to 7 latent. */
  readonly impressionCode: number;
  /** FGP: six codes, 255 where not used. */
  readonly fingerPositions: readonly number[];
  /** ISR: 0 for the minimum resolution, 1 for the native one of field 1.011. */
  readonly resolutionCode: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** CGA: 0 not compressed, 1 WSQ. */
  readonly compressionCode: number;
  readonly image: Uint8Array;
}

/** A signature: Type 8. */
export interface SignatureRecord extends ReadRecord {
  readonly kind: 'signature';
  readonly type: 8;
  readonly idc: number;
  readonly signatureCode: number;
  readonly representationCode: number;
  readonly resolutionCode: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly image: Uint8Array;
}

/** A record whose layout is the user's own (Type 7) or not known: kept whole. */
export interface OpaqueRecord extends ReadRecord {
  readonly kind: 'opaque';
  readonly idc: number;
  readonly source: Uint8Array;
}

export type TransactionRecord = TaggedRecord | BinaryImageRecord | SignatureRecord | OpaqueRecord;

/** The records of one file, Type 1 first. */
export interface Transaction {
  readonly records: readonly TransactionRecord[];
}
