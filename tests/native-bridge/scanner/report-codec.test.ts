import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc16, crc32 } from '../../../native-bridge/scanner/checksum.ts';
import {
  decodeReport,
  encodeReport,
  isUsableReportLength,
  MAXIMUM_REPORT_BYTES,
  MINIMUM_REPORT_BYTES,
  payloadBytesOf,
} from '../../../native-bridge/scanner/report-codec.ts';

const digits = Buffer.from('123456789');
const lengths = fc.integer({ min: MINIMUM_REPORT_BYTES, max: MAXIMUM_REPORT_BYTES });
const byte = fc.integer({ min: 0, max: 255 });

describe('report codec', () => {
  // Source of both check values: the catalogue of parametrised CRC algorithms, CRC-16/IBM-3740 and CRC-32/ISO-HDLC.
  test('both checksums give their published check values', () => {
    expect(crc16(digits, 9)).toBe(0x29b1);
    expect(crc32(digits)).toBe(0xcbf43926);
  });

  test('a report comes back as it was sent, at every length that the protocol allows', () => {
    const report = fc.record({ kind: byte, transfer: byte, sequence: fc.integer({ min: 0, max: 0xffff }) });
    fc.assert(
      fc.property(lengths, report, fc.uint8Array({ maxLength: 26 }), (length, head, payload) => {
        const decoded = decodeReport(length, encodeReport(length, { ...head, payload }));
        if (decoded.kind !== 'report') throw new Error(decoded.kind);
        expect(decoded.report).toMatchObject(head);
        expect(decoded.report.payload.length).toBe(payloadBytesOf(length));
        expect(Buffer.compare(decoded.report.payload.subarray(0, payload.length), payload)).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test('the bytes of one report are those of docs/protocol.md', () => {
    const bytes = encodeReport(32, { kind: 0x04, transfer: 7, sequence: 0x0102, payload: Uint8Array.of(0xff, 0xff) });
    expect(Buffer.from(bytes.subarray(0, 8)).toString('hex')).toBe('04070201ffff0000');
    expect((bytes[30] ?? 0) | ((bytes[31] ?? 0) << 8)).toBe(crc16(bytes, 30));
  });

  test('any one or two flipped bits are noticed', () => {
    const bytes = encodeReport(64, { kind: 0x85, transfer: 1, sequence: 9, payload: new Uint8Array(58).fill(0x5a) });
    const bit = fc.integer({ min: 0, max: 64 * 8 - 1 });
    fc.assert(
      fc.property(bit, bit, (first, second) => {
        const damaged = Uint8Array.from(bytes);
        for (const at of new Set([first, second])) damaged[at >> 3] = (damaged[at >> 3] ?? 0) ^ (1 << (at & 7));
        expect(decodeReport(64, damaged).kind).toBe('wrong-checksum');
      }),
      { numRuns: 500 },
    );
  });

  test('bytes of any kind and length are refused or decoded, never an error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), lengths, (bytes, length) => {
        expect(['report', 'wrong-length', 'wrong-checksum']).toContain(decodeReport(length, bytes).kind);
      }),
    );
  });

  test('report lengths at which the protocol cannot run are told apart', () => {
    expect([32, 64, 1_024, 2_047].every(isUsableReportLength)).toBe(true);
    expect([0, 31, 64.5, 2_048].some(isUsableReportLength)).toBe(false);
  });

  test('a payload that is too long for the report is the programmer’s error', () => {
    expect(() => encodeReport(32, { kind: 1, transfer: 0, sequence: 0, payload: new Uint8Array(27) })).toThrow(
      RangeError,
    );
  });
});
