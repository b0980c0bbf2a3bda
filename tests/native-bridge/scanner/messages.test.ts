import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decodeDeviceMessage,
  encodeDeviceMessage,
  REFUSALS,
  type DeviceMessage,
} from '../../../native-bridge/scanner/device-messages.ts';
import {
  decodeHostMessage,
  encodeHostMessage,
  LIGHTS,
  rangesPerReport,
  SOUNDS,
  type HostMessage,
} from '../../../native-bridge/scanner/host-messages.ts';
import { decodeReport, type Report } from '../../../native-bridge/scanner/report-codec.ts';

const word = fc.integer({ min: 0, max: 0xffff });
const long = fc.integer({ min: 0, max: 0xffffffff });
const byte = fc.integer({ min: 0, max: 255 });
const length = fc.constantFrom(32, 64, 100, 1_024);

const hostMessage: fc.Arbitrary<HostMessage> = fc.oneof(
  fc.constantFrom<HostMessage>(
    { kind: 'identify' },
    { kind: 'stop-preview' },
    { kind: 'query' },
    { kind: 'release' },
    { kind: 'read-statistics' },
  ),
  fc.record({ kind: fc.constant('start-preview' as const), intervalMs: word }),
  fc.record({ kind: fc.constant('capture' as const), frame: word }),
  fc.record({ kind: fc.constant('credit' as const), limit: long }),
  fc.record({
    kind: fc.constant('indicate' as const),
    light: fc.constantFrom(...LIGHTS),
    sound: fc.constantFrom(...SOUNDS),
  }),
  fc.record({
    kind: fc.constant('retransmit' as const),
    replacesQueue: fc.boolean(),
    ranges: fc.array(fc.record({ first: word, count: word }), { maxLength: 6 }),
  }),
);

const deviceMessage: fc.Arbitrary<DeviceMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('identity' as const),
    protocolVersion: byte,
    firmwareVersion: fc.tuple(byte, byte, byte).map((parts) => parts.join('.')),
    widthPx: word,
    heightPx: word,
    resolutionPpi: word,
    sensingAreaWidthMm: word.map((hundredths) => hundredths / 100),
    sensingAreaHeightMm: word.map((hundredths) => hundredths / 100),
    previewColumns: byte,
    previewRows: byte,
    framesRemembered: byte,
  }),
  fc.record({ kind: fc.constant('serial' as const), serialNumber: fc.string({ minLength: 1, maxLength: 24 }) }),
  fc.record({
    kind: fc.constant('image-begin' as const),
    widthPx: word,
    heightPx: word,
    resolutionPpi: word,
    pieces: word,
    pieceBytes: word,
    crc32: long,
  }),
  fc.record({ kind: fc.constant('transfer-status' as const), sent: long, waiting: long, lastRequest: word }),
  fc.record({ kind: fc.constant('done' as const), command: byte }),
  fc.record({
    kind: fc.constant('statistics' as const),
    reportsSent: long,
    reportsRepeated: long,
    captures: long,
    uptimeS: long,
  }),
  fc.record({ kind: fc.constant('refused' as const), command: byte, refusal: fc.constantFrom(...REFUSALS) }),
);

function reportOf(reportBytes: number, bytes: Uint8Array): Report {
  const decoded = decodeReport(reportBytes, bytes);
  if (decoded.kind !== 'report') throw new Error(decoded.kind);
  return decoded.report;
}

describe('messages of the protocol', () => {
  test('everything that the computer says comes back as it was said', () => {
    fc.assert(
      fc.property(hostMessage, length, byte, word, (message, bytes, transfer, sequence) => {
        const report = reportOf(bytes, encodeHostMessage(bytes, transfer, sequence, message));
        expect(decodeHostMessage(report)).toEqual(message);
        expect([report.transfer, report.sequence]).toEqual([transfer, sequence]);
      }),
      { numRuns: 500 },
    );
  });

  test('everything that the device says comes back as it was said', () => {
    fc.assert(
      fc.property(deviceMessage, length, (message, bytes) => {
        expect(decodeDeviceMessage(reportOf(bytes, encodeDeviceMessage(bytes, 0, 0, message)))).toEqual(message);
      }),
      { numRuns: 500 },
    );
  });

  test('a payload of any bytes is read as a message or as none, never an error', () => {
    fc.assert(
      fc.property(byte, fc.uint8Array({ minLength: 26, maxLength: 60 }), (kind, payload) => {
        const report = { kind, transfer: 0, sequence: 0, payload };
        expect(() => [decodeHostMessage(report), decodeDeviceMessage(report)]).not.toThrow();
      }),
      { numRuns: 1_000 },
    );
  });

  test('the identity of the reference device has the bytes of docs/protocol.md', () => {
    const bytes = encodeDeviceMessage(64, 0, 3, {
      kind: 'identity',
      protocolVersion: 1,
      firmwareVersion: '1.2.3',
      widthPx: 500,
      heightPx: 500,
      resolutionPpi: 500,
      sensingAreaWidthMm: 25.4,
      sensingAreaHeightMm: 25.4,
      previewColumns: 16,
      previewRows: 16,
      framesRemembered: 8,
    });
    expect(Buffer.from(bytes.subarray(0, 21)).toString('hex')).toBe('8100030001010203f401f401f401ec09ec09101008');
  });

  test('a serial number with a control character is no serial number', () => {
    const payload = new Uint8Array(26);
    payload.set([3, 0x41, 0x0a, 0x42]);
    expect(decodeDeviceMessage({ kind: 0x82, transfer: 0, sequence: 0, payload })).toBeNull();
  });

  test('a retransmit report carries as many ranges as fit', () => {
    expect([32, 64, 1_024, 2_047].map(rangesPerReport)).toEqual([6, 14, 254, 255]);
  });
});
