import { InterchangeFault } from '../interchange-fault.ts';
import { MAX_ITEMS, MAX_TEXT_FIELD_BYTES } from '../parameters.ts';
import { BINARY_FIELD, RECORD_SEPARATOR, SEPARATOR, UNIT_SEPARATOR } from './separators.ts';
import type { TaggedField, TaggedRecord } from './transaction.ts';

/** The field of that number, or null. */
export function findField(record: TaggedRecord, number: number): TaggedField | null {
  return record.fields.find((field) => field.number === number) ?? null;
}

/**
 * The subfields of a text field, each a list of information items. Bytes are UTF-8, as field 1.015 may announce; where
 * they are not, as in older files with 8-bit text, they become characters one to one.
 * @throws InterchangeFault an2.value for the binary field 999, which is never text; an2.too-many beyond the limit
 */
export function fieldItems(field: TaggedField): string[][] {
  if (field.number === BINARY_FIELD) throw new InterchangeFault('an2.value', { field: BINARY_FIELD, reason: 'binary' });
  requireFewItems(field);
  const subfields = textOf(field.value).split(RECORD_SEPARATOR);
  return subfields.map((subfield) => subfield.split(UNIT_SEPARATOR));
}

/** Counted before anything is split, since a field of nothing but separators would take a string for each byte. */
function requireFewItems({ number, value }: TaggedField): void {
  const figures = { field: number, bytes: value.length };
  if (value.length > MAX_TEXT_FIELD_BYTES) throw new InterchangeFault('an2.too-many', figures);
  let items = 1;
  for (const byte of value) if (byte === SEPARATOR.unit || byte === SEPARATOR.record) items += 1;
  if (items > MAX_ITEMS) throw new InterchangeFault('an2.too-many', { ...figures, items });
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Uint8Array): string {
  try {
    return UTF_8.decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

/** The first item of a field of a record, or null where the field is missing. */
export function fieldText(record: TaggedRecord, number: number): string | null {
  const field = findField(record, number);
  return field ? (fieldItems(field)[0]?.[0] ?? '') : null;
}

/**
 * The first item of a field as a whole number of 0 or more.
 * @throws InterchangeFault an2.field-missing or an2.value, naming the field
 */
export function fieldNumber(record: TaggedRecord, number: number): number {
  const text = fieldText(record, number);
  const figures = { field: tagOf(record.type, number) };
  if (text === null) throw new InterchangeFault('an2.field-missing', figures);
  const value = parseWhole(text);
  if (value === null) throw new InterchangeFault('an2.value', { ...figures, reason: 'not a whole number' });
  return value;
}

/** A run of one to nine digits as a number; null for anything else. */
export function parseWhole(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** A text field of one subfield; see `subfieldsField`. */
export function itemsField(number: number, ...items: readonly (string | number)[]): TaggedField {
  return subfieldsField(number, [items]);
}

/**
 * A text field from subfields of items, in UTF-8; text beyond ASCII needs the header to say so (`isUtf8`).
 * @throws InterchangeFault an2.value for a control character, which might be a separator
 */
export function subfieldsField(number: number, subfields: readonly (readonly (string | number)[])[]): TaggedField {
  for (const item of subfields.flat()) {
    if (!isPlain(String(item))) throw new InterchangeFault('an2.value', { field: number, reason: 'character' });
  }
  const text = subfields.map((items) => items.join(UNIT_SEPARATOR)).join(RECORD_SEPARATOR);
  return { number, value: Buffer.from(text, 'utf8') };
}

function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) < 0x20) return false;
  return text.isWellFormed();
}

/** A field's name in print: `14.013`. */
export function tagOf(type: number, field: number): string {
  return `${type}.${String(field).padStart(3, '0')}`;
}
