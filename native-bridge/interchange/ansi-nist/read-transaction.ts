import { InterchangeFault } from '../interchange-fault.ts';
import { MAX_FILE_BYTES, MAX_RECORDS } from '../parameters.ts';
import { fieldItems, fieldText, findField, parseWhole, tagOf } from './field-text.ts';
import { FindingList, type Finding } from './findings.ts';
import { readBinaryRecord } from './read-binary-record.ts';
import { looksTagged, readTaggedRecord } from './read-tagged-record.ts';
import type { TaggedRecord, Transaction, TransactionRecord } from './transaction.ts';

/** How to read. */
export interface ReadTransactionOptions {
  /** Put up with wrong lengths and counts, and list them, where the strict reader throws. */
  readonly isForgiving?: boolean;
}

/** A transaction, and what a forgiving reader put up with (nothing, if strict). */
export interface ReadTransaction extends Transaction {
  readonly findings: readonly Finding[];
}

/** One entry of field 1.003: a record that the file promises. */
interface Promised {
  readonly type: number;
  readonly idc: number;
}

/** Fields that every Type-1 record has, besides its length. Source: ANSI/NIST-ITL 1-2011, table of Type-1 fields. */
const REQUIRED_FIELDS = [2, 3, 4, 5, 7, 8, 9, 11, 12];

/** Types that have no tags. Source: ANSI/NIST-ITL 1-2011, record types 3 to 8. */
function isBinaryType(type: number): boolean {
  return type >= 3 && type <= 8;
}

/**
 * Reads an ANSI/NIST-ITL file in the traditional encoding. Records are views of `bytes`; nothing is copied. The strict
 * reader wants every length and the list of contents (1.003) exact and nothing after the last record.
 * @throws InterchangeFault an2.* with the number of the record, and of the field where one is to blame
 */
export function readTransaction(bytes: Uint8Array, options: ReadTransactionOptions = {}): ReadTransaction {
  if (bytes.length > MAX_FILE_BYTES) throw new InterchangeFault('interchange.too-large', { bytes: bytes.length });
  const findings = new FindingList(options.isForgiving ?? false);
  const first = readTaggedRecord(bytes, { record: 1, offset: 0 }, findings);
  if (first.type !== 1) throw new InterchangeFault('an2.tag', { record: 1, offset: 0, type: first.type });
  for (const field of REQUIRED_FIELDS) {
    if (!findField(first, field)) findings.report('an2.field-missing', { record: 1, field: tagOf(1, field) });
  }
  const promised = readContents(first, findings);
  const records: TransactionRecord[] = [first];
  let offset = first.source?.length ?? 0;
  while (offset < bytes.length && (records.length <= promised.length || findings.isForgiving)) {
    if (records.length >= MAX_RECORDS) throw new InterchangeFault('an2.too-many', { records: records.length });
    const place = { record: records.length + 1, offset };
    const expected = promised[records.length - 1] ?? null;
    const record = readNext(bytes, place, expected, findings);
    if (!record) break;
    if (expected) checkPromise(record, expected, place.record, findings);
    records.push(record);
    offset += record.source?.length ?? 0;
  }
  if (records.length - 1 !== promised.length) {
    findings.report('an2.content', { record: 1, field: '1.003', promised: promised.length, found: records.length - 1 });
  }
  if (offset < bytes.length) findings.report('an2.trailing-bytes', { offset, bytes: bytes.length - offset });
  return { records, findings: findings.all };
}

/** The next record: by the promised type; by its looks where the promise is missing or plainly wrong. */
function readNext(
  bytes: Uint8Array,
  place: { record: number; offset: number },
  expected: Promised | null,
  findings: FindingList,
): TransactionRecord | null {
  const hasTag = looksTagged(bytes, place.offset);
  if (expected ? isBinaryType(expected.type) && !(findings.isForgiving && hasTag) : !hasTag) {
    // What follows the promised records without a tag is not known to be a record at all.
    return expected ? readBinaryRecord(bytes, expected.type, place, findings) : null;
  }
  return readTaggedRecord(bytes, place, findings);
}

function readContents(first: TaggedRecord, findings: FindingList): Promised[] {
  const field = findField(first, 3);
  if (!field) return [];
  const [head, ...entries] = fieldItems(field);
  if (entries.length > MAX_RECORDS)
    throw new InterchangeFault('an2.too-many', { field: '1.003', records: entries.length });
  const count = parseWhole(head?.[1] ?? '');
  if (head?.[0] !== '1' || count !== entries.length) {
    findings.report('an2.content', { record: 1, field: '1.003', stated: count ?? -1, listed: entries.length });
  }
  return entries.map(([type, idc], index) => {
    const promised = { type: parseWhole(type ?? '') ?? 0, idc: parseWhole(idc ?? '') ?? -1 };
    if (promised.type < 2 || promised.type > 99 || promised.idc < 0) {
      findings.report('an2.content', { record: 1, field: '1.003', entry: index + 1 });
    }
    return promised;
  });
}

function checkPromise(record: TransactionRecord, expected: Promised, number: number, findings: FindingList): void {
  if (record.type !== expected.type) {
    findings.report('an2.content', { record: number, promisedType: expected.type, type: record.type });
  }
  const idc = idcOf(record);
  if (idc !== expected.idc) {
    const field = record.kind === 'tagged' ? tagOf(record.type, 2) : 'IDC';
    findings.report('an2.idc', { record: number, field, promised: expected.idc, idc: idc ?? -1 });
  }
}

/** The identifier that ties the records of one image together; null for Type 1 and where a tagged record has none. */
export function idcOf(record: TransactionRecord): number | null {
  if (record.type === 1) return null;
  return record.kind === 'tagged' ? parseWhole(fieldText(record, 2) ?? '') : record.idc;
}
