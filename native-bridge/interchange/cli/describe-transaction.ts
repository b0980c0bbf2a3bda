import { fieldItems, tagOf } from '../ansi-nist/field-text.ts';
import { idcOf, readTransaction } from '../ansi-nist/read-transaction.ts';
import { BINARY_FIELD } from '../ansi-nist/separators.ts';
import type { TaggedField, TaggedRecord, TransactionRecord } from '../ansi-nist/transaction.ts';
import type { Description } from './description.ts';

/** Fields of a Type-9 record that list minutiae: counted, not shown. Source: ANSI/NIST-ITL 1-2011, 8.9. */
const MINUTIAE_FIELDS: readonly number[] = [12, 23, 137];

/** Describes the records of a transaction: text fields as they are, images and minutiae by their size. @throws InterchangeFault an2.* */
export function describeTransaction(bytes: Uint8Array, isForgiving: boolean): Description {
  const { records, findings } = readTransaction(bytes, { isForgiving });
  return {
    format: 'ansi-nist',
    bytes: bytes.length,
    record: records.map(describeRecord),
    findings: findings.map((finding) => ({ code: finding.code, ...finding.figures })),
  };
}

function describeRecord(record: TransactionRecord): Description {
  const head = { type: record.type, idc: idcOf(record), bytes: record.source?.length ?? 0 };
  switch (record.kind) {
    case 'tagged':
      return { ...head, ...Object.fromEntries(record.fields.map((field) => describeField(record, field))) };
    case 'binary-image':
      return {
        ...head,
        impressionCode: record.impressionCode,
        fingerPositions: record.fingerPositions,
        resolutionCode: record.resolutionCode,
        widthPx: record.widthPx,
        heightPx: record.heightPx,
        compressionCode: record.compressionCode,
        imageBytes: record.image.length,
      };
    case 'signature':
      return { ...head, widthPx: record.widthPx, heightPx: record.heightPx, imageBytes: record.image.length };
    default:
      return { ...head, layout: 'unknown' };
  }
}

function describeField(record: TaggedRecord, field: TaggedField): [string, string] {
  const tag = tagOf(record.type, field.number);
  if (field.number === BINARY_FIELD) return [tag, `(${field.value.length} bytes)`];
  const subfields = fieldItems(field);
  const isMinutiae = record.type === 9 && MINUTIAE_FIELDS.includes(field.number);
  if (isMinutiae) return [tag, `(${subfields.length} minutiae)`];
  return [tag, subfields.map((items) => items.map(printable).join(' | ')).join(' || ')];
}

/** Control characters could drive a terminal; they are shown as a dot. */
function printable(text: string): string {
  return text.replaceAll(/[^ -~\u00a0-\u00ff]/g, '.');
}
