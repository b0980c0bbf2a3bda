import { InterchangeFault } from '../interchange-fault.ts';
import { itemsField, subfieldsField } from './field-text.ts';
import { POSITION_SLOTS } from './read-binary-record.ts';
import { BINARY_FIELD } from './separators.ts';
import type { BinaryImageRecord, TaggedField, TaggedRecord } from './transaction.ts';

/** What a Type-1 record says of its transaction; the writer adds the list of contents. */
export interface TransactionHeader {
  /** VER; 0500 is the 2011 edition. */
  readonly version: string;
  /** TOT, at most 16 characters. */
  readonly transactionType: string;
  /** DAT as YYYYMMDD. */
  readonly date: string;
  /** PRY, 1 (most urgent) to 9. */
  readonly priority?: number;
  readonly destinationAgency: string;
  readonly originatingAgency: string;
  readonly controlNumber: string;
  readonly controlReference?: string;
  /** NSR and NTR, pixels per millimetre with two decimals; 00.00 where there are only Types 10 and higher. */
  readonly nativeResolution: string;
  readonly nominalResolution: string;
  /** Domain name, and its version. */
  readonly domain?: readonly [string, string];
  /** GMT as YYYYMMDDHHMMSSZ. */
  readonly greenwichTime?: string;
  /** Says in field 1.015 that text is UTF-8; without it, text is to be ASCII. */
  readonly isUtf8?: boolean;
}

/** A Type-1 record. Source: ANSI/NIST-ITL 1-2011, 8.1. @throws InterchangeFault an2.value naming the field */
export function buildTransactionRecord(header: TransactionHeader): TaggedRecord {
  requireForm(1, 2, header.version, /^\d{4}$/);
  requireForm(1, 4, header.transactionType, /^[!-~]{1,16}$/);
  requireForm(1, 5, header.date, /^\d{8}$/);
  requireForm(1, 9, header.controlNumber, /^[ -~]{1,40}$/);
  requireForm(1, 11, header.nativeResolution, /^\d{2}\.\d{2}$/);
  requireForm(1, 12, header.nominalResolution, /^\d{2}\.\d{2}$/);
  const fields: TaggedField[] = [
    itemsField(2, header.version),
    itemsField(3, 1, 0),
    itemsField(4, header.transactionType),
    itemsField(5, header.date),
  ];
  if (header.priority !== undefined) fields.push(itemsField(6, header.priority));
  fields.push(itemsField(7, header.destinationAgency), itemsField(8, header.originatingAgency));
  fields.push(itemsField(9, header.controlNumber));
  if (header.controlReference !== undefined) fields.push(itemsField(10, header.controlReference));
  fields.push(itemsField(11, header.nativeResolution), itemsField(12, header.nominalResolution));
  if (header.domain) fields.push(itemsField(13, ...header.domain));
  if (header.greenwichTime !== undefined) fields.push(itemsField(14, header.greenwichTime));
  if (header.isUtf8) fields.push(itemsField(15, 3, 'UTF-8'));
  return { kind: 'tagged', type: 1, fields, source: null };
}

/** A Type-2 record: the domain's own text fields (3 and higher). Source: ANSI/NIST-ITL 1-2011, 8.2. */
export function buildDescriptiveRecord(
  idc: number,
  content: readonly { readonly number: number; readonly subfields: readonly (readonly string[])[] }[],
): TaggedRecord {
  const fields = content.map(({ number, subfields }) => {
    if (number < 3 || number === BINARY_FIELD) throw new InterchangeFault('an2.value', { type: 2, field: number });
    return subfieldsField(number, subfields);
  });
  return { kind: 'tagged', type: 2, fields: [idcField(2, idc), ...fields], source: null };
}

/** An image as it is put in a record, coded already. */
export interface CodedImage {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly coding: 'NONE' | 'WSQ20';
  readonly bytes: Uint8Array;
}

/** A Type-4 record: one finger or slap at the minimum resolution of 500 ppi. Source: ANSI/NIST-ITL 1-2011, 8.4. */
export function buildGreyImageRecord(
  idc: number,
  impressionCode: number,
  fingerPosition: number,
  image: CodedImage,
): BinaryImageRecord {
  requireRange(4, 2, idc, 0, 99);
  requireRange(4, 4, fingerPosition, 0, 15);
  requireSize(4, image);
  return {
    kind: 'binary-image',
    type: 4,
    source: null,
    idc,
    impressionCode,
    fingerPositions: [fingerPosition, ...Array.from({ length: POSITION_SLOTS - 1 }, () => 255)],
    resolutionCode: 0,
    widthPx: image.widthPx,
    heightPx: image.heightPx,
    compressionCode: image.coding === 'WSQ20' ? 1 : 0,
    image: image.bytes,
  };
}

/** What a Type-14 record says of its image. */
export interface VariableImage {
  readonly idc: number;
  /** IMP: 0 live-scan plain, 1 live-scan rolled. */
  readonly impressionCode: number;
  readonly sourceAgency: string;
  /** FCD as YYYYMMDD. */
  readonly captureDate: string;
  readonly resolutionPpi: number;
  /** FGP 0 to 15. */
  readonly fingerPosition: number;
  /** AMP: fingers that are missing (XX) or could not be printed (UP). */
  readonly missing?: readonly { readonly fingerPosition: number; readonly code: 'XX' | 'UP' }[];
  /** Field 24: position, score 0 to 100 (254 not computed), vendor and product of the algorithm. */
  readonly quality?: { readonly score: number; readonly vendor: string; readonly product: number };
  /** Null only where the finger is missing. */
  readonly image: CodedImage | null;
}

/** A Type-14 record. Source: ANSI/NIST-ITL 1-2011, 8.14. @throws InterchangeFault an2.value naming the field */
export function buildVariableImageRecord(content: VariableImage): TaggedRecord {
  const { image, fingerPosition } = content;
  requireRange(14, 13, fingerPosition, 0, 15);
  requireForm(14, 5, content.captureDate, /^\d{8}$/);
  const fields: TaggedField[] = [
    idcField(14, content.idc),
    itemsField(3, content.impressionCode),
    itemsField(4, content.sourceAgency),
    itemsField(5, content.captureDate),
  ];
  if (image) {
    requireSize(14, image);
    const resolution = Math.round(content.resolutionPpi);
    fields.push(itemsField(6, image.widthPx), itemsField(7, image.heightPx), itemsField(8, 1));
    fields.push(itemsField(9, resolution), itemsField(10, resolution), itemsField(11, image.coding), itemsField(12, 8));
  }
  fields.push(itemsField(13, fingerPosition));
  if (content.missing?.length) {
    fields.push(
      subfieldsField(
        18,
        content.missing.map((finger) => [finger.fingerPosition, finger.code]),
      ),
    );
  }
  if (content.quality) {
    const { score, vendor, product } = content.quality;
    requireRange(14, 24, score, 0, 255);
    requireForm(14, 24, vendor, /^[0-9A-F]{4}$/);
    fields.push(itemsField(24, fingerPosition, score, vendor, product));
  }
  if (image) fields.push({ number: BINARY_FIELD, value: image.bytes });
  return { kind: 'tagged', type: 14, fields, source: null };
}

/** Field 2 of a tagged record: two digits. */
export function idcField(type: number, idc: number): TaggedField {
  requireRange(type, 2, idc, 0, 99);
  return itemsField(2, String(idc).padStart(2, '0'));
}

function requireRange(type: number, field: number, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new InterchangeFault('an2.value', { type, field, value, least, most });
  }
}

/** The text itself stays out of the fault. */
function requireForm(type: number, field: number, text: string, form: RegExp): void {
  if (!form.test(text)) throw new InterchangeFault('an2.value', { type, field, reason: 'form' });
}

function requireSize(type: number, { widthPx, heightPx, coding, bytes }: CodedImage): void {
  requireRange(type, 6, widthPx, 1, 0xffff);
  requireRange(type, 7, heightPx, 1, 0xffff);
  if (coding === 'NONE' && bytes.length !== widthPx * heightPx) {
    throw new InterchangeFault('an2.image', { type, bytes: bytes.length, needed: widthPx * heightPx });
  }
}
