import { ByteReader } from '../byte-reader.ts';
import { InterchangeFault } from '../interchange-fault.ts';
import type { FindingList } from './findings.ts';
import type { RecordPlace } from './read-tagged-record.ts';
import type { BinaryImageRecord, OpaqueRecord, SignatureRecord } from './transaction.ts';

/** Bytes before the image of Types 3 to 6, and of Type 8. Source: ANSI/NIST-ITL 1-2011, 8.4 and 8.8. */
export const IMAGE_HEADER_BYTES = 18;
export const SIGNATURE_HEADER_BYTES = 12;
/** LEN and IDC, which every binary record begins with. */
const LEAST_BINARY_BYTES = 5;
/** Places for finger positions in the header of Types 3 to 6. */
export const POSITION_SLOTS = 6;

/**
 * Reads one record of the types that have no tags: 3 to 6 and 8 by their layout, any other kept whole.
 * @throws InterchangeFault an2.truncated or an2.length with the record
 */
export function readBinaryRecord(
  bytes: Uint8Array,
  type: number,
  place: RecordPlace,
  findings: FindingList,
): BinaryImageRecord | SignatureRecord | OpaqueRecord {
  const stated = new ByteReader(bytes, 'an2.truncated', place.offset).u32();
  const left = bytes.length - place.offset;
  const least = leastBytes(type);
  if (stated < least) throw new InterchangeFault('an2.length', { ...place, type, stated, least });
  if (stated > left) findings.report('an2.truncated', { ...place, type, stated, left });
  if (left < least) throw new InterchangeFault('an2.truncated', { ...place, type, needed: least, left });
  const source = bytes.subarray(place.offset, place.offset + Math.min(stated, left));
  const reader = new ByteReader(source, 'an2.truncated', 4);
  if (type === 8) return readSignature(reader, source);
  if (type === 3 || type === 4 || type === 5 || type === 6) return readImage(reader, type, source);
  return { kind: 'opaque', type, idc: reader.u8(), source };
}

function leastBytes(type: number): number {
  if (type === 8) return SIGNATURE_HEADER_BYTES;
  return type >= 3 && type <= 6 ? IMAGE_HEADER_BYTES : LEAST_BINARY_BYTES;
}

function readImage(reader: ByteReader, type: BinaryImageRecord['type'], source: Uint8Array): BinaryImageRecord {
  return {
    kind: 'binary-image',
    type,
    source,
    idc: reader.u8(),
    impressionCode: reader.u8(),
    fingerPositions: Array.from(reader.take(POSITION_SLOTS)),
    resolutionCode: reader.u8(),
    widthPx: reader.u16(),
    heightPx: reader.u16(),
    compressionCode: reader.u8(),
    image: reader.take(reader.remaining),
  };
}

function readSignature(reader: ByteReader, source: Uint8Array): SignatureRecord {
  return {
    kind: 'signature',
    type: 8,
    source,
    idc: reader.u8(),
    signatureCode: reader.u8(),
    representationCode: reader.u8(),
    resolutionCode: reader.u8(),
    widthPx: reader.u16(),
    heightPx: reader.u16(),
    image: reader.take(reader.remaining),
  };
}
