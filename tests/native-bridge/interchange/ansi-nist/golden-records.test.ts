import { describe, expect, test } from 'vitest';
import { decodeRecordImage, imageOfRecord } from '../../../../native-bridge/interchange/ansi-nist/image-record.ts';
import { readMinutiaeRecord } from '../../../../native-bridge/interchange/ansi-nist/minutiae-record.ts';
import { readTransaction } from '../../../../native-bridge/interchange/ansi-nist/read-transaction.ts';
import { writeTransaction } from '../../../../native-bridge/interchange/ansi-nist/write-transaction.ts';
import { dumpRecords, readDump, type Dump } from '../field-dump.ts';
import { compareLevels, readReal, readRealPng, realNames, LACKS_REAL_FILES, WHY_SKIPPED } from '../real-files.ts';

describe.skipIf(LACKS_REAL_FILES)(`with the real files${WHY_SKIPPED}`, () => {
  test('every real record agrees with its field dump, every field and every payload, in the strict reader', () => {
    const names = realNames('an2', '.an2');
    expect(names.length).toBeGreaterThanOrEqual(17);
    for (const name of names) {
      const { records } = readTransaction(readReal(`an2/${name}`));
      expect({ name, ...dumpRecords(records) }).toEqual({ name, ...readDump(name) });
    }
  });

  test('the forgiving reader finds nothing wrong with any real record, and reads the same', () => {
    for (const name of realNames('an2', '.an2')) {
      const { records, findings } = readTransaction(readReal(`an2/${name}`), { isForgiving: true });
      expect({ name, findings, ...dumpRecords(records) }).toEqual({ name, findings: [], ...readDump(name) });
    }
  });

  test('every real record is written again byte for byte', () => {
    for (const name of realNames('an2', '.an2')) {
      const bytes = readReal(`an2/${name}`);
      expect([name, Buffer.compare(writeTransaction(readTransaction(bytes)), bytes)]).toEqual([name, 0]);
    }
  });

  test('every real record that is built anew from its fields reads the same, and is the same where tags have three digits', () => {
    for (const name of realNames('an2', '.an2')) {
      const bytes = readReal(`an2/${name}`);
      const { records } = readTransaction(bytes);
      const unread = records.map((record) =>
        record.kind === 'tagged' || record.kind === 'binary-image' ? { ...record, source: null } : record,
      );
      const written = writeTransaction({ records: unread });
      const again = dumpRecords(readTransaction(written).records);
      const isLength = (line: string): boolean => /\.001\]=/.test(line);
      const without = (dump: Dump): readonly string[] => dump.lines.filter((line) => !isLength(line));
      expect([name, without(again), again.payloads]).toEqual([
        name,
        without(dumpRecords(records)),
        readDump(name).payloads,
      ]);
      if (!name.startsWith('nbis_valid')) expect([name, Buffer.compare(written, bytes)]).toEqual([name, 0]);
    }
  });

  test('WSQ images inside records decode to the pixels of the reference decoder', () => {
    const transaction = readTransaction(readReal('an2/type-4-slaps.an2'));
    const images = transaction.records.flatMap((record) => imageOfRecord(record, transaction) ?? []);
    expect(images.map((image) => image.fingerPositions)).toEqual([[14], [12], [11], [13]]);
    for (const image of images) {
      const expected = readRealPng(`wsq/nist_fp-${image.fingerPositions[0]}.dwsq.png`);
      const decoded = decodeRecordImage(image);
      expect([decoded.widthPx, decoded.resolutionPpi]).toEqual([expected.widthPx, 500]);
      expect(compareLevels(decoded.pixels, expected.pixels).differing).toBe(0);
    }
  });

  test('images of Types 3, 4, 13 and 14, plain or WSQ, decode at their resolution', () => {
    const decoded = (name: string): string[] => {
      const transaction = readTransaction(readReal(`an2/${name}`));
      return transaction.records.flatMap((record) => {
        const image = imageOfRecord(record, transaction);
        if (!image) return [];
        const { widthPx, heightPx, resolutionPpi } = decodeRecordImage(image);
        return [`${record.type}: ${widthPx}x${heightPx} at ${resolutionPpi}`];
      });
    };
    expect(decoded('type-3.an2')).toEqual(['3: 402x376 at 250']);
    expect(decoded('nbis_valid1.1.an2')).toEqual(['4: 512x512 at 500']);
    expect(decoded('type-9-4-iafis.an2')).toEqual(['4: 800x768 at 500']);
    expect(decoded('type-4-14-slaps.an2')).toEqual([
      '4: 1608x1000 at 500',
      '4: 1572x1000 at 500',
      '14: 804x1000 at 500',
    ]);
    expect(decoded('type-13-tip-eji-wsq.an2').length).toBe(5);
  });

  test('minutiae of a Type-9 record come from the standard fields, else from those of the FBI', () => {
    const minutiaeOf = (name: string) => {
      const { records } = readTransaction(readReal(`an2/${name}`));
      const record = records.find((each) => each.type === 9);
      if (record?.kind !== 'tagged') throw new Error('no Type 9');
      return readMinutiaeRecord(record);
    };
    const fbi = minutiaeOf('type-9-4-iafis.an2');
    expect([fbi.format, fbi.fingerPositions, fbi.minutiae.length]).toEqual(['fbi', [8], 48]);
    expect(fbi.minutiae[0]).toMatchObject({
      index: 1,
      xHundredthsMm: 2_195,
      yHundredthsMm: 1_869,
      angleDeg: 281,
      typeCode: 'C',
    });
    expect(fbi.minutiae[0]?.neighbours).toEqual([
      { index: 33, ridges: 4 },
      { index: 9, ridges: 6 },
      { index: 5, ridges: 1 },
      { index: 47, ridges: 2 },
      { index: 2, ridges: 2 },
      { index: 45, ridges: 3 },
    ]);
    const standard = minutiaeOf('nbis_valid1.15.an2');
    expect([standard.format, standard.fingerPositions]).toEqual(['standard', [28]]);
    expect(standard.minutiae).toEqual([
      {
        index: 1,
        xHundredthsMm: 1_250,
        yHundredthsMm: 1_250,
        angleDeg: 112,
        qualityCode: 2,
        typeCode: 'B',
        neighbours: [{ index: 1, ridges: 0 }],
      },
    ]);
  });
});
