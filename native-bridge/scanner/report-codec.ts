import { crc16 } from './checksum.ts';

/** Bytes before the payload: kind, transfer, sequence (little-endian, 16 bits). Source: docs/protocol.md. */
export const REPORT_HEADER_BYTES = 4;
/** Bytes after the payload: CRC-16, little-endian. Source: docs/protocol.md. */
export const REPORT_TRAILER_BYTES = 2;
/** The shortest report that holds every message of the protocol whole, bytes. Source: docs/protocol.md. */
export const MINIMUM_REPORT_BYTES = 32;
/** The longest report that node-hid reads, bytes, less one for a report identifier. Source: node-hid 3.4, READ_BUFF_MAXSIZE. */
export const MAXIMUM_REPORT_BYTES = 2_047;

/** One report taken apart. `payload` is a view of the bytes that were decoded, up to the CRC, padding included. */
export interface Report {
  readonly kind: number;
  /** Which transfer, or which capture of the session, the report belongs to (0–255). */
  readonly transfer: number;
  /** Number of the piece, of the frame or of the command (0–65,535), by kind. */
  readonly sequence: number;
  readonly payload: Uint8Array;
}

/** What decoding said; damage is an everyday thing on a lossy bus, so it is a value. */
export type DecodedReport =
  | { readonly kind: 'report'; readonly report: Report }
  | { readonly kind: 'wrong-length' }
  | { readonly kind: 'wrong-checksum' };

/** Tells how many payload bytes a report of `reportBytes` bytes carries. */
export function payloadBytesOf(reportBytes: number): number {
  return reportBytes - REPORT_HEADER_BYTES - REPORT_TRAILER_BYTES;
}

/** Tells whether the protocol can run over reports of this length. */
export function isUsableReportLength(reportBytes: number): boolean {
  return Number.isInteger(reportBytes) && reportBytes >= MINIMUM_REPORT_BYTES && reportBytes <= MAXIMUM_REPORT_BYTES;
}

/**
 * Writes one report of exactly `reportBytes` bytes, payload padded with zeroes.
 * @throws RangeError when the payload is longer than the report carries
 */
export function encodeReport(reportBytes: number, report: Report): Uint8Array<ArrayBuffer> {
  if (report.payload.length > payloadBytesOf(reportBytes)) {
    throw new RangeError(`a payload of ${report.payload.length} bytes in a report of ${reportBytes}`);
  }
  const bytes = new Uint8Array(reportBytes);
  const view = new DataView(bytes.buffer);
  bytes[0] = report.kind;
  bytes[1] = report.transfer;
  view.setUint16(2, report.sequence, true);
  bytes.set(report.payload, REPORT_HEADER_BYTES);
  const end = reportBytes - REPORT_TRAILER_BYTES;
  view.setUint16(end, crc16(bytes, end), true);
  return bytes;
}

/** Takes one report apart without copying it; `reportBytes` is the length that the descriptor promised. */
export function decodeReport(reportBytes: number, bytes: Uint8Array): DecodedReport {
  if (bytes.length !== reportBytes || bytes.length < MINIMUM_REPORT_BYTES) return { kind: 'wrong-length' };
  const end = reportBytes - REPORT_TRAILER_BYTES;
  const written = (bytes[end] ?? 0) | ((bytes[end + 1] ?? 0) << 8);
  if (crc16(bytes, end) !== written) return { kind: 'wrong-checksum' };
  return {
    kind: 'report',
    report: {
      kind: bytes[0] ?? 0,
      transfer: bytes[1] ?? 0,
      sequence: (bytes[2] ?? 0) | ((bytes[3] ?? 0) << 8),
      payload: bytes.subarray(REPORT_HEADER_BYTES, end),
    },
  };
}
