import { InterchangeFault } from '../interchange-fault.ts';
import { MAX_FIELDS } from '../parameters.ts';
import { tagOf } from './field-text.ts';
import type { FindingList } from './findings.ts';
import { BINARY_FIELD, SEPARATOR } from './separators.ts';
import type { TaggedField, TaggedRecord } from './transaction.ts';

/** Digits that a tag may have before and after its point. Source: ANSI/NIST-ITL 1-2011, 7.1: a type and up to nine. */
const MOST_TYPE_DIGITS = 2;
const MOST_FIELD_DIGITS = 9;

/** Separators that are looked behind for the next record; an image of a megabyte holds about 4,000 by chance. */
const MOST_SEPARATORS_TRIED = 100_000;

/** LEN and IDC, which every binary record begins with. */
const LEAST_BINARY_BYTES = 5;

const POINT = 0x2e;
const COLON = 0x3a;
const ZERO = 0x30;

/** Where a record stands: for the errors. */
export interface RecordPlace {
  /** 1 for the first record of the file. */
  readonly record: number;
  readonly offset: number;
}

interface Tag {
  readonly type: number;
  readonly field: number;
  /** Offset of the first byte after the colon. */
  readonly valueAt: number;
}

/** Whether a tagged record seems to begin here: digits, a point, digits and a colon. */
export function looksTagged(bytes: Uint8Array, offset: number): boolean {
  return readTag(bytes, offset, bytes.length) !== null;
}

/**
 * Reads one tagged record from its first field, the length. The strict reader wants the length exact: the record's last
 * byte a FS, and none before it but in field 999. The forgiving reader trusts the first FS instead where they differ.
 * @throws InterchangeFault an2.tag, an2.length, an2.truncated, an2.separator, an2.too-many with record and field
 */
export function readTaggedRecord(bytes: Uint8Array, place: RecordPlace, findings: FindingList): TaggedRecord {
  const first = requireTag(bytes, place.offset, bytes.length, place, null);
  if (first.field !== 1) {
    throw new InterchangeFault('an2.field-missing', { ...place, field: tagOf(first.type, 1) });
  }
  const lengthEnd = endOfField(bytes, first.valueAt, bytes.length);
  const stated = readLength(bytes, first.valueAt, lengthEnd);
  const end = recordEnd(bytes, place, first.type, stated, findings);
  const fields: TaggedField[] = [];
  let at = lengthEnd;
  while (at < end && bytes[at] === SEPARATOR.group) {
    const tag = requireTag(bytes, at + 1, end, place, first.type);
    const isBinary = tag.field === BINARY_FIELD;
    const valueEnd = isBinary ? end : endOfField(bytes, tag.valueAt, end);
    fields.push({ number: tag.field, value: bytes.subarray(tag.valueAt, valueEnd) });
    if (fields.length > MAX_FIELDS) throw new InterchangeFault('an2.too-many', { ...place, fields: fields.length });
    at = valueEnd;
  }
  const isClosed = bytes[at] === SEPARATOR.file;
  if (at < end || !isClosed) {
    const field = tagOf(first.type, fields.at(-1)?.number ?? 1);
    findings.report(isClosed ? 'an2.length' : 'an2.separator', { ...place, field, endsAt: at, statedEnd: end + 1 });
  }
  return { kind: 'tagged', type: first.type, fields, source: bytes.subarray(place.offset, isClosed ? at + 1 : at) };
}

/** Offset of the FS that ends the record, by its stated length, or by search where that cannot be. */
function recordEnd(
  bytes: Uint8Array,
  place: RecordPlace,
  type: number,
  stated: number | null,
  findings: FindingList,
): number {
  const end = stated === null ? -1 : place.offset + stated - 1;
  if (end > place.offset && end < bytes.length && bytes[end] === SEPARATOR.file) return end;
  const figures = { ...place, field: tagOf(type, 1), stated: stated ?? -1, left: bytes.length - place.offset };
  findings.report(end >= bytes.length ? 'an2.truncated' : 'an2.length', figures);
  return likelyEnd(bytes, place.offset);
}

/**
 * Offset of the first FS from `offset` on that something like another record, or the end of the file, follows; an image
 * in field 999 may hold FS bytes. Without one, of the first FS, or the end of the file.
 */
function likelyEnd(bytes: Uint8Array, offset: number): number {
  const first = bytes.indexOf(SEPARATOR.file, offset);
  let tried = 0;
  for (let at = first; at >= 0; at = bytes.indexOf(SEPARATOR.file, at + 1)) {
    const next = at + 1;
    if (next === bytes.length || looksTagged(bytes, next) || looksBinary(bytes, next)) return at;
    tried += 1;
    if (tried > MOST_SEPARATORS_TRIED) break;
  }
  return first < 0 ? bytes.length : first;
}

/** Whether four bytes could be the length of a binary record that fits. */
function looksBinary(bytes: Uint8Array, offset: number): boolean {
  const left = bytes.length - offset;
  if (left < LEAST_BINARY_BYTES) return false;
  const length = new DataView(bytes.buffer, bytes.byteOffset + offset).getUint32(0);
  return length >= LEAST_BINARY_BYTES && length <= left;
}

function readLength(bytes: Uint8Array, from: number, to: number): number | null {
  if (to === from || to - from > MOST_FIELD_DIGITS) return null;
  return readDigits(bytes, from, to);
}

/** Offset of the separator that ends a field, or `limit`. */
function endOfField(bytes: Uint8Array, from: number, limit: number): number {
  let at = from;
  while (at < limit && bytes[at] !== SEPARATOR.group && bytes[at] !== SEPARATOR.file) at += 1;
  return at;
}

function requireTag(bytes: Uint8Array, at: number, limit: number, place: RecordPlace, type: number | null): Tag {
  const tag = readTag(bytes, at, limit);
  if (!tag) throw new InterchangeFault('an2.tag', { ...place, at });
  if (type !== null && tag.type !== type) {
    throw new InterchangeFault('an2.tag', { ...place, at, expectedType: type, field: tagOf(tag.type, tag.field) });
  }
  return tag;
}

function readTag(bytes: Uint8Array, from: number, limit: number): Tag | null {
  const point = endOfDigits(bytes, from, Math.min(limit, from + MOST_TYPE_DIGITS));
  if (point === from || bytes[point] !== POINT) return null;
  const colon = endOfDigits(bytes, point + 1, Math.min(limit, point + 1 + MOST_FIELD_DIGITS));
  if (colon === point + 1 || colon >= limit || bytes[colon] !== COLON) return null;
  const type = readDigits(bytes, from, point) ?? 0;
  const field = readDigits(bytes, point + 1, colon) ?? 0;
  return type > 0 && field > 0 ? { type, field, valueAt: colon + 1 } : null;
}

function endOfDigits(bytes: Uint8Array, from: number, limit: number): number {
  let at = from;
  while (at < limit && isDigit(bytes[at])) at += 1;
  return at;
}

function readDigits(bytes: Uint8Array, from: number, to: number): number | null {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (!isDigit(byte)) return null;
    value = value * 10 + byte - ZERO;
  }
  return value;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= ZERO + 9;
}
