import { InterchangeFault } from '../interchange-fault.ts';
import { MAX_FILE_BYTES, MAX_RECORDS } from '../parameters.ts';
import { fieldItems, findField, parseWhole, subfieldsField, tagOf } from './field-text.ts';
import { IMAGE_HEADER_BYTES, POSITION_SLOTS } from './read-binary-record.ts';
import { idcOf } from './read-transaction.ts';
import { BINARY_FIELD, SEPARATOR } from './separators.ts';
import type { BinaryImageRecord, TaggedField, TaggedRecord, Transaction, TransactionRecord } from './transaction.ts';

/**
 * Writes a transaction in the traditional encoding, every length and the list of contents exact. A record that was read
 * is written as it was, byte for byte, whatever it contains; the Type-1 record is made anew only where its list of
 * contents does not say what follows. The caller owns the bytes; work copies are zeroed.
 * @throws InterchangeFault an2.tag when the first record is not the only Type 1, an2.idc when a record has none,
 * an2.value, an2.too-many
 */
export function writeTransaction({ records }: Transaction): Uint8Array {
  const [first, ...others] = records;
  if (first?.kind !== 'tagged' || first.type !== 1)
    throw new InterchangeFault('an2.tag', { record: 1, type: first?.type ?? 0 });
  if (records.length > MAX_RECORDS) throw new InterchangeFault('an2.too-many', { records: records.length });
  const contents = listContents(others);
  const existing = findField(first, 3);
  const isListed = existing !== null && saysTheSame(existing, contents);
  const head = isListed ? first : { ...first, source: null, fields: withContents(first.fields, contents) };
  const written = [head, ...others];
  const parts = written.map((record, index) => writeRecord(record, index + 1));
  try {
    return concatenate(parts);
  } finally {
    // A record that was built here holds a copy of its image; one that was read belongs to the caller.
    parts.forEach((part, index) => {
      if (written[index]?.source !== part) part.fill(0);
    });
  }
}

/** @throws InterchangeFault interchange.too-large */
function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  if (size > MAX_FILE_BYTES) throw new InterchangeFault('interchange.too-large', { bytes: size });
  const file = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** Field 1.003: this record, how many follow, and the type and identifier of each. */
function listContents(others: readonly TransactionRecord[]): TaggedField {
  const entries = others.map((record, index) => {
    const idc = idcOf(record);
    if (record.type === 1) throw new InterchangeFault('an2.tag', { record: index + 2, type: 1 });
    if (idc === null) throw new InterchangeFault('an2.idc', { record: index + 2, field: tagOf(record.type, 2) });
    return [record.type, String(idc).padStart(2, '0')];
  });
  return subfieldsField(3, [[1, others.length], ...entries]);
}

/** Whether two lists of contents have the same numbers, with whatever leading zeros. */
function saysTheSame(one: TaggedField, other: TaggedField): boolean {
  const numbers = (field: TaggedField): string =>
    JSON.stringify(fieldItems(field).map((items) => items.map((item) => parseWhole(item))));
  return numbers(one) === numbers(other);
}

function withContents(fields: readonly TaggedField[], contents: TaggedField): TaggedField[] {
  const others = fields.filter((field) => field.number !== contents.number);
  return [...others, contents].toSorted((a, b) => a.number - b.number);
}

/** The bytes of one record. */
function writeRecord(record: TransactionRecord, number: number): Uint8Array {
  if (record.source) return record.source;
  switch (record.kind) {
    case 'tagged':
      return writeTaggedRecord(record, number);
    case 'binary-image':
      return writeBinaryImage(record, number);
    default:
      throw new InterchangeFault('an2.tag', { record: number, type: record.type, reason: 'not written' });
  }
}

function writeTaggedRecord({ type, fields }: TaggedRecord, record: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  fields.forEach((field, index) => {
    const tag = tagOf(type, field.number);
    if (field.number === BINARY_FIELD ? index !== fields.length - 1 : hasSeparator(field.value)) {
      throw new InterchangeFault('an2.separator', { record, field: tag });
    }
    pieces.push(Uint8Array.of(SEPARATOR.group), Buffer.from(`${tag}:`, 'latin1'), field.value);
  });
  const rest = pieces.reduce((sum, piece) => sum + piece.length, 0) + 1;
  const head = Buffer.from(lengthField(type, rest), 'latin1');
  const bytes = new Uint8Array(head.length + rest);
  let at = 0;
  for (const piece of [head, ...pieces]) {
    bytes.set(piece, at);
    at += piece.length;
  }
  bytes[at] = SEPARATOR.file;
  return bytes;
}

function hasSeparator(value: Uint8Array): boolean {
  return value.includes(SEPARATOR.group) || value.includes(SEPARATOR.file);
}

/** The first field, whose number counts its own digits. */
function lengthField(type: number, rest: number): string {
  const tag = `${tagOf(type, 1)}:`;
  let length = tag.length + rest + 1;
  while (tag.length + String(length).length + rest > length) length += 1;
  return `${tag}${length}`;
}

function writeBinaryImage(record: BinaryImageRecord, number: number): Uint8Array {
  const { fingerPositions, image } = record;
  if (fingerPositions.length !== POSITION_SLOTS) {
    throw new InterchangeFault('an2.value', { record: number, field: tagOf(record.type, 4) });
  }
  const bytes = new Uint8Array(IMAGE_HEADER_BYTES + image.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length);
  bytes.set([record.idc, record.impressionCode, ...fingerPositions, record.resolutionCode], 4);
  view.setUint16(13, record.widthPx);
  view.setUint16(15, record.heightPx);
  bytes[17] = record.compressionCode;
  bytes.set(image, IMAGE_HEADER_BYTES);
  return bytes;
}
