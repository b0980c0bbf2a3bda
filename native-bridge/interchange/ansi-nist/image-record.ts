import type { GreyImage } from '../../image/grey-image.ts';
import { InterchangeFault } from '../interchange-fault.ts';
import { MAX_IMAGE_PIXELS, MAX_IMAGE_SIDE_PX } from '../parameters.ts';
import { decodeWsq } from '../wsq/decode-wsq.ts';
import { fieldItems, fieldNumber, fieldText, findField, parseWhole } from './field-text.ts';
import { idcOf } from './read-transaction.ts';
import { resolutionFromItems, snapResolution } from './resolution.ts';
import { BINARY_FIELD } from './separators.ts';
import type { BinaryImageRecord, TaggedRecord, Transaction, TransactionRecord } from './transaction.ts';

/** How the bytes of an image are coded: the names of field CGA. Source: ANSI/NIST-ITL 1-2011, compression codes. */
export type ImageCoding = 'NONE' | 'WSQ20' | 'JPEGB' | 'JPEGL' | 'JP2' | 'JP2L' | 'PNG' | 'unknown';

/** An image inside a record; `bytes` is a view. */
export interface RecordImage {
  readonly recordType: number;
  readonly idc: number;
  /** Field IMP, or null where the type has none. */
  readonly impressionCode: number | null;
  /** Finger or palm position codes; empty where the type has none. */
  readonly fingerPositions: readonly number[];
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolutionPpi: number;
  readonly bitsPerPixel: number;
  readonly coding: ImageCoding;
  readonly bytes: Uint8Array;
}

/** Tagged types with the image in field 999 and the size in fields 6 to 12. Source: ANSI/NIST-ITL 1-2011, 8.10 to 8.19. */
const TAGGED_IMAGE_TYPES: readonly number[] = [10, 13, 14, 15, 16, 17, 19];
/** Those of them that hold friction ridges, with IMP in field 3 and FGP in field 13. */
const RIDGE_TYPES: readonly number[] = [13, 14, 15, 19];

const CODING_NAMES: readonly ImageCoding[] = ['NONE', 'WSQ20', 'JPEGB', 'JPEGL', 'JP2', 'JP2L', 'PNG'];

/** A finger position that is not used. */
const UNUSED_POSITION = 255;

/**
 * The image of a record, or null for a record that has none (a tagged one without field 999, or another type).
 * @throws InterchangeFault an2.field-missing or an2.value, naming the field
 */
export function imageOfRecord(record: TransactionRecord, transaction: Transaction): RecordImage | null {
  if (record.kind === 'binary-image') return binaryImage(record, transaction);
  if (record.kind !== 'tagged' || !TAGGED_IMAGE_TYPES.includes(record.type)) return null;
  const pixels = findField(record, BINARY_FIELD);
  return pixels ? taggedImage(record, pixels.value) : null;
}

function binaryImage(record: BinaryImageRecord, transaction: Transaction): RecordImage {
  const isBilevel = record.type === 5 || record.type === 6;
  return {
    recordType: record.type,
    idc: record.idc,
    impressionCode: record.impressionCode,
    fingerPositions: record.fingerPositions.filter((position) => position !== UNUSED_POSITION),
    widthPx: record.widthPx,
    heightPx: record.heightPx,
    resolutionPpi: resolutionFromItems(record, transaction.records[0] ?? null),
    bitsPerPixel: isBilevel ? 1 : 8,
    coding: record.compressionCode === 0 ? 'NONE' : record.compressionCode === 1 && !isBilevel ? 'WSQ20' : 'unknown',
    bytes: record.image,
  };
}

function taggedImage(record: TaggedRecord, bytes: Uint8Array): RecordImage {
  const isRidges = RIDGE_TYPES.includes(record.type);
  const positions = isRidges ? findField(record, 13) : null;
  const depth = record.type === 10 ? null : fieldText(record, 12);
  return {
    recordType: record.type,
    idc: idcOf(record) ?? 0,
    impressionCode: isRidges ? fieldNumber(record, 3) : null,
    fingerPositions: (positions ? fieldItems(positions) : []).map(([code]) => parseWhole(code ?? '') ?? 0),
    widthPx: fieldNumber(record, 6),
    heightPx: fieldNumber(record, 7),
    resolutionPpi: taggedResolution(record),
    bitsPerPixel: depth === null ? 24 : (parseWhole(depth) ?? 0),
    coding: codingOf(fieldText(record, 11) ?? ''),
    bytes,
  };
}

/** Fields 8 and 9: unit (1 per inch, 2 per centimetre, 0 an aspect ratio only) and samples in a row. */
function taggedResolution(record: TaggedRecord): number {
  const unit = fieldNumber(record, 8);
  if (unit !== 1 && unit !== 2) return 500;
  const samples = fieldNumber(record, 9);
  return snapResolution(unit === 2 ? samples * 2.54 : samples);
}

function codingOf(text: string): ImageCoding {
  if (text === '0') return 'NONE';
  if (text === '1' || text === 'WSQ') return 'WSQ20';
  return CODING_NAMES.find((name) => name === text) ?? 'unknown';
}

/**
 * Decodes the image of a record as 8-bit grey with the record's resolution. Codings: none and WSQ.
 * @throws InterchangeFault an2.image when the size is refused, the pixels do not fill it, the coding is another, or the
 * WSQ file says another size; wsq.* when that file is damaged
 */
export function decodeRecordImage(image: RecordImage): GreyImage {
  const { widthPx, heightPx, resolutionPpi, bytes, coding, bitsPerPixel } = image;
  const figures = { type: image.recordType, idc: image.idc, widthPx, heightPx };
  const isTaken = Math.max(widthPx, heightPx) <= MAX_IMAGE_SIDE_PX && widthPx * heightPx <= MAX_IMAGE_PIXELS;
  if (!isTaken || widthPx === 0 || heightPx === 0)
    throw new InterchangeFault('an2.image', { ...figures, reason: 'size' });
  if (bitsPerPixel !== 8 || !(resolutionPpi > 0)) {
    throw new InterchangeFault('an2.image', { ...figures, bitsPerPixel, resolutionPpi });
  }
  if (coding === 'NONE') {
    if (bytes.length !== widthPx * heightPx) {
      throw new InterchangeFault('an2.image', { ...figures, bytes: bytes.length, needed: widthPx * heightPx });
    }
    // Not slice(), which on a Buffer gives a view instead of a copy.
    return { widthPx, heightPx, resolutionPpi, pixels: new Uint8Array(bytes) };
  }
  if (coding !== 'WSQ20') throw new InterchangeFault('an2.image', { ...figures, coding });
  const decoded = decodeWsq(bytes);
  if (decoded.widthPx !== widthPx || decoded.heightPx !== heightPx) {
    decoded.pixels.fill(0);
    throw new InterchangeFault('an2.image', {
      ...figures,
      fileWidthPx: decoded.widthPx,
      fileHeightPx: decoded.heightPx,
    });
  }
  return { ...decoded, resolutionPpi };
}
