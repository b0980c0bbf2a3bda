import { describe, expect, test } from 'vitest';
import {
  buildDescriptiveRecord,
  buildGreyImageRecord,
  buildTransactionRecord,
  buildVariableImageRecord,
} from '../../../../native-bridge/interchange/ansi-nist/build-records.ts';
import { fieldItems } from '../../../../native-bridge/interchange/ansi-nist/field-text.ts';
import { decodeRecordImage, imageOfRecord } from '../../../../native-bridge/interchange/ansi-nist/image-record.ts';
import { readTransaction } from '../../../../native-bridge/interchange/ansi-nist/read-transaction.ts';
import { writeTransaction } from '../../../../native-bridge/interchange/ansi-nist/write-transaction.ts';
import { expectFault } from '../expect-fault.ts';

const IMAGE = Uint8Array.from({ length: 64 }, (_, at) => at * 3);
const GOOD = writeTransaction({
  records: [
    buildTransactionRecord({
      version: '0500',
      transactionType: 'CHECK',
      date: '20261122',
      destinationAgency: 'D',
      originatingAgency: 'O',
      controlNumber: '7',
      nativeResolution: '19.69',
      nominalResolution: '19.69',
    }),
    buildDescriptiveRecord(0, [{ number: 3, subfields: [['text']] }]),
    buildGreyImageRecord(1, 0, 3, { widthPx: 8, heightPx: 8, coding: 'NONE', bytes: IMAGE }),
  ],
});
const TEXT = Buffer.from(GOOD).toString('latin1');

/** The good file with the first occurrence of a text replaced. */
function replaced(from: string, to: string): Uint8Array {
  expect(TEXT).toContain(from);
  return Buffer.from(
    TEXT.replace(from, () => to),
    'latin1',
  );
}

/** What the strict reader throws, and what the forgiving one finds. */
function readBoth(bytes: Uint8Array) {
  const forgiving = readTransaction(bytes, { isForgiving: true });
  return { forgiving, codes: forgiving.findings.map((finding) => finding.code) };
}

describe('the strict reader throws and the forgiving one goes on when', () => {
  test('a length is too small', () => {
    const fault = expectFault(() => readTransaction(replaced('2.001:29', '2.001:28')), 'an2.length');
    expect(fault.figures).toMatchObject({ record: 2, field: '2.001', stated: 28 });
    expect(readBoth(replaced('2.001:29', '2.001:28')).codes).toEqual(['an2.length']);
  });

  test('a length runs past the end of the file', () => {
    const bytes = replaced('2.001:29', '2.001:99');
    const fault = expectFault(() => readTransaction(bytes), 'an2.length');
    expect(fault.figures).toMatchObject({ record: 2, field: '2.001', stated: 99 });
    const beyond = replaced('2.001:29', '2.001:4294967295');
    expectFault(() => readTransaction(beyond), 'an2.length');
    expect(readBoth(beyond).forgiving.records.length).toBe(3);
  });

  test('the list of contents promises another record, or one too many', () => {
    const type = replaced('2\u001f00', '9\u001f00');
    expect(expectFault(() => readTransaction(type), 'an2.content').figures).toMatchObject({
      record: 2,
      promisedType: 9,
    });
    expect(readBoth(type).codes).toEqual(['an2.content']);
    const idc = replaced('4\u001f01', '4\u001f09');
    expect(expectFault(() => readTransaction(idc), 'an2.idc').figures).toMatchObject({
      record: 3,
      promised: 9,
      idc: 1,
    });
    expect(readBoth(idc).codes).toEqual(['an2.idc']);
    const count = replaced('1\u001f2\u001e', '1\u001f3\u001e');
    expect(expectFault(() => readTransaction(count), 'an2.content').figures).toMatchObject({
      field: '1.003',
      stated: 3,
    });
    expect(readBoth(count).codes).toEqual(['an2.content']);
  });

  test('a length is wrong before an image that holds separators, which stays whole', () => {
    const payload = Uint8Array.of(1, 0x1c, 2, 0x1d, 0x1c, 0x1c, 3);
    const content = { widthPx: 7, heightPx: 1, coding: 'NONE', bytes: payload } as const;
    const image = buildVariableImageRecord({
      idc: 1,
      impressionCode: 0,
      sourceAgency: 'A',
      captureDate: '20261122',
      resolutionPpi: 500,
      fingerPosition: 1,
      image: content,
    });
    const [first] = readTransaction(GOOD).records;
    if (!first) throw new Error('records');
    const bytes = writeTransaction({ records: [first, image, { ...image }] });
    const wrong = Buffer.from(bytes);
    const at = wrong.indexOf('14.001:') + 7;
    wrong.write('9', at);
    expectFault(() => readTransaction(wrong), 'an2.truncated');
    const { forgiving, codes } = readBoth(wrong);
    expect(codes).toEqual(['an2.truncated']);
    const payloads = forgiving.records.slice(1).map((record) => imageOfRecord(record, forgiving)?.bytes);
    expect(payloads.map((each) => Buffer.compare(each ?? new Uint8Array(0), payload))).toEqual([0, 0]);
  });

  test('bytes follow the last record', () => {
    const bytes = Uint8Array.of(...GOOD, 0, 0, 0);
    expect(expectFault(() => readTransaction(bytes), 'an2.trailing-bytes').figures).toEqual({
      offset: GOOD.length,
      bytes: 3,
    });
    expect(readBoth(bytes).codes).toEqual(['an2.trailing-bytes']);
  });

  test('the image record is cut', () => {
    const bytes = GOOD.subarray(0, GOOD.length - 10);
    expect(expectFault(() => readTransaction(bytes), 'an2.truncated').figures).toMatchObject({ record: 3, type: 4 });
    const { forgiving, codes } = readBoth(bytes);
    expect(codes).toEqual(['an2.truncated']);
    const record = forgiving.records[2];
    const image = record && imageOfRecord(record, forgiving);
    expect(expectFault(() => image && decodeRecordImage(image), 'an2.image').figures).toMatchObject({
      bytes: 54,
      needed: 64,
    });
  });

  test('a required field of Type 1 is missing', () => {
    const length = GOOD.indexOf(0x1c) + 1;
    const bytes = replaced(`1.001:${length}`, `1.001:${length - 8}`);
    const without = Buffer.from(Buffer.from(bytes).toString('latin1').replace('\u001d1.009:7', ''), 'latin1');
    expect(expectFault(() => readTransaction(without), 'an2.field-missing').figures).toEqual({
      record: 1,
      field: '1.009',
    });
    expect(readBoth(without).codes).toEqual(['an2.field-missing']);
  });
});

describe('both readers throw when', () => {
  test.each([
    ['there is nothing', new Uint8Array(0), 'an2.tag'],
    ['the first record is not of Type 1', replaced('1.001:', '3.001:'), 'an2.tag'],
    ['a tag is no tag', replaced('1.004:', '1.x04:'), 'an2.tag'],
    ['a tag names another record type', replaced('2.003:', '7.003:'), 'an2.tag'],
    [
      'a binary record states a length below its header',
      Uint8Array.of(...GOOD.subarray(0, GOOD.length - 82), 0, 0, 0, 9, 1, ...new Uint8Array(40)),
      'an2.length',
    ],
  ] as const)('%s', (_, bytes, code) => {
    expectFault(() => readTransaction(bytes), code);
    expectFault(() => readTransaction(bytes, { isForgiving: true }), code);
  });
});

test('a field of a million separators, and a record of a thousand fields, are refused', () => {
  const separators = { number: 3, value: new Uint8Array(1_000_000).fill(0x1f) };
  expectFault(() => fieldItems(separators), 'an2.too-many');
  expectFault(() => fieldItems({ number: 3, value: new Uint8Array(1024 * 1024 + 1) }), 'an2.too-many');
  const record = buildDescriptiveRecord(
    0,
    Array.from({ length: 501 }, () => ({ number: 3, subfields: [['x']] })),
  );
  const [first] = readTransaction(GOOD).records;
  if (!first) throw new Error('records');
  expectFault(() => readTransaction(writeTransaction({ records: [first, record] })), 'an2.too-many');
});

test('a binary record that states 4 GB is refused at once', () => {
  const bytes = GOOD.slice();
  bytes.set([0xff, 0xff, 0xff, 0xff], GOOD.length - 82);
  const fault = expectFault(() => readTransaction(bytes), 'an2.truncated');
  expect(fault.figures).toMatchObject({ record: 3, stated: 0xffff_ffff, left: 82 });
});

test('a decoded image is a copy, also of a file that was read into a Buffer', () => {
  const bytes = Buffer.from(GOOD);
  const transaction = readTransaction(bytes);
  const record = transaction.records[2];
  const image = record && imageOfRecord(record, transaction);
  const decoded = image && decodeRecordImage(image);
  bytes.fill(0);
  expect(decoded?.pixels).toEqual(IMAGE);
});

test('a record of Type 7 is kept whole', () => {
  const seventh = Uint8Array.of(0, 0, 0, 9, 5, 0xde, 0xad, 0x1c, 0x1d);
  const head = Buffer.from(TEXT.slice(0, TEXT.indexOf('2.001:')).replace('1\u001f2\u001e', '1\u001f1\u001e'), 'latin1');
  const contents = head.toString('latin1').replace('\u001e4\u001f01', '').replace('2\u001f00', '7\u001f05');
  const length = head.length - 5;
  const first = contents.replace(/^1\.001:\d+/, `1.001:${length}`);
  const bytes = Buffer.concat([Buffer.from(first, 'latin1'), seventh]);
  const transaction = readTransaction(bytes);
  expect(transaction.records[1]).toMatchObject({ kind: 'opaque', type: 7, idc: 5 });
  expect(Buffer.compare(writeTransaction(transaction), bytes)).toBe(0);
});
