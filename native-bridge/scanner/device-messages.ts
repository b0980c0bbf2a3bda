import { encodeReport, payloadBytesOf, type Report } from './report-codec.ts';

/** Codes of the reports that the device sends. Source: docs/protocol.md. */
export const DEVICE_KIND = {
  identity: 0x81,
  serial: 0x82,
  preview: 0x83,
  imageBegin: 0x84,
  imageData: 0x85,
  transferStatus: 0x86,
  done: 0x87,
  statistics: 0x88,
  refused: 0x89,
} as const;

/** Longest serial number that the serial report carries, bytes of printable ASCII. Source: docs/protocol.md. */
export const MAXIMUM_SERIAL_BYTES = 24;

/** What a device says of itself, but for its serial number. */
export interface DeviceIdentity {
  readonly protocolVersion: number;
  readonly firmwareVersion: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolutionPpi: number;
  readonly sensingAreaWidthMm: number;
  readonly sensingAreaHeightMm: number;
  readonly previewColumns: number;
  readonly previewRows: number;
  /** How many of its latest preview frames it can still send whole. */
  readonly framesRemembered: number;
}

/** What the device counted since it was plugged in. */
export interface DeviceStatistics {
  readonly reportsSent: number;
  readonly reportsRepeated: number;
  readonly captures: number;
  readonly uptimeS: number;
}

/** Why a device refused a command. Source: docs/protocol.md, refused. */
export const REFUSALS = ['unknown-command', 'no-such-frame', 'no-transfer', 'bad-range'] as const;
export type Refusal = (typeof REFUSALS)[number];

/** Everything that the device says, but for the pieces of previews and images, which are read in place. */
export type DeviceMessage =
  | ({ readonly kind: 'identity' } & DeviceIdentity)
  | { readonly kind: 'serial'; readonly serialNumber: string }
  | {
      readonly kind: 'image-begin';
      readonly widthPx: number;
      readonly heightPx: number;
      readonly resolutionPpi: number;
      readonly pieces: number;
      readonly pieceBytes: number;
      readonly crc32: number;
    }
  /** `sent`: image reports of this transfer so far, repeats included. `waiting`: pieces still in the queue. */
  | { readonly kind: 'transfer-status'; readonly sent: number; readonly waiting: number; readonly lastRequest: number }
  | { readonly kind: 'done'; readonly command: number }
  | ({ readonly kind: 'statistics' } & DeviceStatistics)
  | { readonly kind: 'refused'; readonly command: number; readonly refusal: Refusal };

const KIND_OF: Record<DeviceMessage['kind'], number> = {
  identity: DEVICE_KIND.identity,
  serial: DEVICE_KIND.serial,
  'image-begin': DEVICE_KIND.imageBegin,
  'transfer-status': DEVICE_KIND.transferStatus,
  done: DEVICE_KIND.done,
  statistics: DEVICE_KIND.statistics,
  refused: DEVICE_KIND.refused,
};

/** Writes one report of the device; `sequence` is that of the command it answers. */
export function encodeDeviceMessage(
  reportBytes: number,
  transfer: number,
  sequence: number,
  message: DeviceMessage,
): Uint8Array<ArrayBuffer> {
  const payload = new Uint8Array(payloadBytesOf(reportBytes));
  writePayload(new DataView(payload.buffer), payload, message);
  return encodeReport(reportBytes, { kind: KIND_OF[message.kind], transfer, sequence, payload });
}

function writePayload(view: DataView, payload: Uint8Array, message: DeviceMessage): void {
  switch (message.kind) {
    case 'identity': {
      view.setUint8(0, message.protocolVersion);
      message.firmwareVersion.split('.').forEach((part, index) => view.setUint8(1 + index, Number(part)));
      view.setUint16(4, message.widthPx, true);
      view.setUint16(6, message.heightPx, true);
      view.setUint16(8, message.resolutionPpi, true);
      view.setUint16(10, Math.round(message.sensingAreaWidthMm * 100), true);
      view.setUint16(12, Math.round(message.sensingAreaHeightMm * 100), true);
      view.setUint8(14, message.previewColumns);
      view.setUint8(15, message.previewRows);
      view.setUint8(16, message.framesRemembered);
      break;
    }
    case 'serial':
      view.setUint8(0, message.serialNumber.length);
      for (let at = 0; at < message.serialNumber.length; at += 1) payload[1 + at] = message.serialNumber.charCodeAt(at);
      break;
    case 'image-begin':
      view.setUint16(0, message.widthPx, true);
      view.setUint16(2, message.heightPx, true);
      view.setUint16(4, message.resolutionPpi, true);
      view.setUint16(6, message.pieces, true);
      view.setUint16(8, message.pieceBytes, true);
      view.setUint32(10, message.crc32, true);
      break;
    case 'transfer-status':
      view.setUint32(0, message.sent, true);
      view.setUint32(4, message.waiting, true);
      view.setUint16(8, message.lastRequest, true);
      break;
    case 'statistics':
      view.setUint32(0, message.reportsSent, true);
      view.setUint32(4, message.reportsRepeated, true);
      view.setUint32(8, message.captures, true);
      view.setUint32(12, message.uptimeS, true);
      break;
    case 'refused':
      view.setUint8(0, message.command);
      view.setUint8(1, REFUSALS.indexOf(message.refusal));
      break;
    case 'done':
      view.setUint8(0, message.command);
  }
}

/** Reads one report of the device; null for pieces (see {@link DEVICE_KIND}) and for what the protocol does not know. */
export function decodeDeviceMessage({ kind, payload }: Report): DeviceMessage | null {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  switch (kind) {
    case DEVICE_KIND.identity:
      return { kind: 'identity', ...identityOf(view) };
    case DEVICE_KIND.serial:
      return serialOf(view);
    case DEVICE_KIND.imageBegin:
      return {
        kind: 'image-begin',
        widthPx: view.getUint16(0, true),
        heightPx: view.getUint16(2, true),
        resolutionPpi: view.getUint16(4, true),
        pieces: view.getUint16(6, true),
        pieceBytes: view.getUint16(8, true),
        crc32: view.getUint32(10, true),
      };
    case DEVICE_KIND.transferStatus:
      return {
        kind: 'transfer-status',
        sent: view.getUint32(0, true),
        waiting: view.getUint32(4, true),
        lastRequest: view.getUint16(8, true),
      };
    case DEVICE_KIND.done:
      return { kind: 'done', command: view.getUint8(0) };
    case DEVICE_KIND.statistics:
      return {
        kind: 'statistics',
        reportsSent: view.getUint32(0, true),
        reportsRepeated: view.getUint32(4, true),
        captures: view.getUint32(8, true),
        uptimeS: view.getUint32(12, true),
      };
    case DEVICE_KIND.refused: {
      const refusal = REFUSALS[view.getUint8(1)];
      return refusal === undefined ? null : { kind: 'refused', command: view.getUint8(0), refusal };
    }
    default:
      return null;
  }
}

function identityOf(view: DataView): DeviceIdentity {
  return {
    protocolVersion: view.getUint8(0),
    firmwareVersion: `${view.getUint8(1)}.${view.getUint8(2)}.${view.getUint8(3)}`,
    widthPx: view.getUint16(4, true),
    heightPx: view.getUint16(6, true),
    resolutionPpi: view.getUint16(8, true),
    sensingAreaWidthMm: view.getUint16(10, true) / 100,
    sensingAreaHeightMm: view.getUint16(12, true) / 100,
    previewColumns: view.getUint8(14),
    previewRows: view.getUint8(15),
    framesRemembered: view.getUint8(16),
  };
}

/** A serial number is shown and compared, so only printable ASCII is let in. */
function serialOf(view: DataView): DeviceMessage | null {
  const length = view.getUint8(0);
  if (length === 0 || length > MAXIMUM_SERIAL_BYTES) return null;
  let serialNumber = '';
  for (let at = 1; at <= length; at += 1) {
    const code = view.getUint8(at);
    if (code < 0x20 || code > 0x7e) return null;
    serialNumber += String.fromCharCode(code);
  }
  return { kind: 'serial', serialNumber };
}
