import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  buildDescriptiveRecord,
  buildGreyImageRecord,
  buildTransactionRecord,
  buildVariableImageRecord,
  type TransactionHeader,
} from '../../../../native-bridge/interchange/ansi-nist/build-records.ts';
import { fieldItems, fieldText, findField } from '../../../../native-bridge/interchange/ansi-nist/field-text.ts';
import { decodeRecordImage, imageOfRecord } from '../../../../native-bridge/interchange/ansi-nist/image-record.ts';
import {
  buildMinutiaeRecord,
  readMinutiaeRecord,
} from '../../../../native-bridge/interchange/ansi-nist/minutiae-record.ts';
import { readTransaction } from '../../../../native-bridge/interchange/ansi-nist/read-transaction.ts';
import type { TransactionRecord } from '../../../../native-bridge/interchange/ansi-nist/transaction.ts';
import { writeTransaction } from '../../../../native-bridge/interchange/ansi-nist/write-transaction.ts';
import { decodeWsq } from '../../../../native-bridge/interchange/wsq/decode-wsq.ts';
import { encodeWsq } from '../../../../native-bridge/interchange/wsq/encode-wsq.ts';
import { drawRidges } from '../drawn-images.ts';
import { expectFault } from '../expect-fault.ts';

const HEADER: TransactionHeader = {
  version: '0500',
  transactionType: 'CHECK',
  date: '20261122',
  destinationAgency: 'POLICE',
  originatingAgency: 'STATION1',
  controlNumber: '1',
  nativeResolution: '19.69',
  nominalResolution: '19.69',
};

function write(...others: readonly TransactionRecord[]): Uint8Array {
  return writeTransaction({ records: [buildTransactionRecord(HEADER), ...others] });
}

test('a transaction of Types 1, 2, 4, 9 and 14 that we write is read strictly with the same content', () => {
  const image = drawRidges(120, 140);
  const size = { widthPx: 120, heightPx: 140 };
  const wsq = encodeWsq(image);
  const minutia = { index: 1, xHundredthsMm: 812, yHundredthsMm: 1_530, angleDeg: 359, typeCode: 'A' };
  const minutiae = [{ ...minutia, qualityCode: null, neighbours: [{ index: 2, ridges: 3 }] }];
  const bytes = write(
    buildDescriptiveRecord(0, [{ number: 3, subfields: [['REF', '2026'], ['second']] }]),
    buildGreyImageRecord(1, 0, 2, { ...size, coding: 'NONE', bytes: image.pixels }),
    buildMinutiaeRecord({ idc: 1, impressionCode: 0, fingerPosition: 2, system: 'RIDGEWAY', method: 'A' }, minutiae),
    buildVariableImageRecord({
      idc: 2,
      impressionCode: 0,
      sourceAgency: 'STATION1',
      captureDate: '20261122',
      resolutionPpi: 500,
      fingerPosition: 7,
      missing: [{ fingerPosition: 8, code: 'UP' }],
      quality: { score: 78, vendor: '00AB', product: 3 },
      image: { ...size, coding: 'WSQ20', bytes: wsq },
    }),
  );
  const transaction = readTransaction(bytes);
  expect(transaction.records.map((record) => record.type)).toEqual([1, 2, 4, 9, 14]);
  const [first, second, fourth, ninth, fourteenth] = transaction.records;
  if (first?.kind !== 'tagged' || second?.kind !== 'tagged' || ninth?.kind !== 'tagged') throw new Error('kinds');
  if (!fourth || fourteenth?.kind !== 'tagged') throw new Error('kinds');
  const contents = findField(first, 3);
  expect(contents && fieldItems(contents)).toEqual([
    ['1', '4'],
    ['2', '00'],
    ['4', '01'],
    ['9', '01'],
    ['14', '02'],
  ]);
  const text = findField(second, 3);
  expect(text && fieldItems(text)).toEqual([['REF', '2026'], ['second']]);
  expect(readMinutiaeRecord(ninth).minutiae).toEqual(minutiae);
  const plain = imageOfRecord(fourth, transaction);
  expect(plain && decodeRecordImage(plain).pixels).toEqual(image.pixels);
  const coded = imageOfRecord(fourteenth, transaction);
  expect(coded).toMatchObject({ coding: 'WSQ20', fingerPositions: [7], resolutionPpi: 500, impressionCode: 0 });
  expect(coded && decodeRecordImage(coded).pixels).toEqual(decodeWsq(wsq).pixels);
  expect([fieldText(fourteenth, 18), fieldText(fourteenth, 24)]).toEqual(['8', '7']);
});

test('lengths are exact for content of any size, also where the length gains a digit', () => {
  const lengths = [...Array.from({ length: 120 }, (_, at) => at), 970, 971, 972, 973, 974, 975, 976, 977, 9_965, 9_970];
  for (const length of lengths) {
    const bytes = write(buildDescriptiveRecord(0, [{ number: 3, subfields: [['x'.repeat(length)]] }]));
    const [, second] = readTransaction(bytes).records;
    expect(second?.kind === 'tagged' && fieldText(second, 3)).toBe('x'.repeat(length));
  }
});

test('any payload, separators and all, comes back from field 999', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (payload) => {
      const content = {
        idc: 1,
        impressionCode: 0,
        sourceAgency: 'A',
        captureDate: '20261122',
        resolutionPpi: 500,
        fingerPosition: 1,
        image: { widthPx: payload.length, heightPx: 1, coding: 'NONE', bytes: payload },
      } as const;
      const [, second] = readTransaction(write(buildVariableImageRecord(content))).records;
      expect(
        second?.kind === 'tagged' && Buffer.compare(findField(second, 999)?.value ?? payload.subarray(1), payload),
      ).toBe(0);
    }),
    { numRuns: 200, seed: 5 },
  );
});

test('text beyond ASCII is UTF-8 and said to be, and 8-bit text of older files is still read', () => {
  const head = buildTransactionRecord({ ...HEADER, isUtf8: true });
  const text = buildDescriptiveRecord(0, [{ number: 3, subfields: [['Łódź', '€']] }]);
  const [first, second] = readTransaction(writeTransaction({ records: [head, text] })).records;
  const field = second?.kind === 'tagged' ? findField(second, 3) : null;
  expect(field && fieldItems(field)).toEqual([['Łódź', '€']]);
  const set = first?.kind === 'tagged' ? findField(first, 15) : null;
  expect(set && fieldItems(set)).toEqual([['3', 'UTF-8']]);
  expect(fieldItems({ number: 3, value: Uint8Array.of(0x4d, 0xfc, 0x6c) })).toEqual([['Mül']]);
});

test('minutiae in the fields of INCITS M1 are read by the resolution of the record', () => {
  const item = (number: number, ...items: readonly string[]) => ({ number, value: Buffer.from(items.join('\u001f')) });
  const fields = [item(3, '0'), item(130, '1'), item(131, '500'), item(134, '3')];
  const minutiae = item(137, '1', '100', '250', '45', '2', '80');
  const record = { kind: 'tagged', type: 9, source: null, fields: [...fields, minutiae] } as const;
  const read = readMinutiaeRecord(record);
  expect([read.format, read.fingerPositions]).toEqual(['m1', [3]]);
  expect(read.minutiae[0]).toMatchObject({
    xHundredthsMm: 508,
    yHundredthsMm: 1_270,
    angleDeg: 90,
    typeCode: 'B',
    qualityCode: 80,
  });
  const without = { ...record, fields: [...fields, item(137, '1', 'x')] };
  expect(expectFault(() => readMinutiaeRecord(without), 'an2.value').figures).toMatchObject({ field: 137, minutia: 1 });
});

test('a list of contents with other leading zeros is kept as it was, one with other numbers is made anew', () => {
  const good = Buffer.from(write(buildDescriptiveRecord(0, [{ number: 3, subfields: [['x']] }]))).toString('latin1');
  const shorter = good
    .replace('2\u001f00\u001d', '2\u001f0\u001d')
    .replace(/1\.001:(\d+)/, (_, length) => `1.001:${Number(length) - 1}`);
  const bytes = Buffer.from(shorter, 'latin1');
  const transaction = readTransaction(bytes);
  expect(Buffer.compare(writeTransaction(transaction), bytes)).toBe(0);
  const [first, second] = transaction.records;
  if (!first || !second) throw new Error('records');
  const again = readTransaction(writeTransaction({ records: [first, second, buildDescriptiveRecord(7, [])] }));
  expect(again.records.map((record) => record.type)).toEqual([1, 2, 2]);
});

test('a record that names a missing finger has no image', () => {
  const record = buildVariableImageRecord({
    idc: 1,
    impressionCode: 0,
    sourceAgency: 'A',
    captureDate: '20261122',
    resolutionPpi: 500,
    fingerPosition: 2,
    missing: [{ fingerPosition: 2, code: 'XX' }],
    image: null,
  });
  const transaction = readTransaction(write(record));
  const [, second] = transaction.records;
  expect(second && imageOfRecord(second, transaction)).toBeNull();
});

test('content that the encoding cannot say is refused, naming the field', () => {
  expectFault(() => buildTransactionRecord({ ...HEADER, date: '22.11.2026' }), 'an2.value');
  expectFault(() => buildTransactionRecord({ ...HEADER, transactionType: 'TWO WORDS' }), 'an2.value');
  expectFault(() => buildDescriptiveRecord(100, []), 'an2.value');
  expectFault(() => buildDescriptiveRecord(0, [{ number: 999, subfields: [['x']] }]), 'an2.value');
  const separator = expectFault(
    () => buildDescriptiveRecord(0, [{ number: 4, subfields: [['a\u001db']] }]),
    'an2.value',
  );
  expect(separator.figures).toEqual({ field: 4, reason: 'character' });
  expectFault(() => buildDescriptiveRecord(0, [{ number: 4, subfields: [['\ud800']] }]), 'an2.value');
  const short = { widthPx: 9, heightPx: 9, coding: 'NONE', bytes: new Uint8Array(80) } as const;
  expectFault(() => buildGreyImageRecord(1, 0, 2, short), 'an2.image');
});

test('a transaction without Type 1 first, with two, or with a record without identifier is refused', () => {
  const second = buildDescriptiveRecord(0, []);
  expectFault(() => writeTransaction({ records: [] }), 'an2.tag');
  expectFault(() => writeTransaction({ records: [second] }), 'an2.tag');
  expectFault(() => write(buildTransactionRecord(HEADER)), 'an2.tag');
  expectFault(() => write({ ...second, fields: [] }), 'an2.idc');
});
