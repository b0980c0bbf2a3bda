import { encodeReport, payloadBytesOf, type Report } from './report-codec.ts';

/** Codes of the reports that the computer sends. Source: docs/protocol.md. */
export const HOST_KIND = {
  identify: 0x01,
  startPreview: 0x02,
  stopPreview: 0x03,
  capture: 0x04,
  credit: 0x05,
  retransmit: 0x06,
  query: 0x07,
  release: 0x08,
  indicate: 0x09,
  readStatistics: 0x0a,
} as const;

/** Consecutive pieces of an image. */
export interface PieceRange {
  readonly first: number;
  readonly count: number;
}

/** What the indicator of the device can show. Source: docs/protocol.md, indicate. */
export const LIGHTS = ['off', 'ready', 'busy', 'good', 'bad'] as const;
export type Light = (typeof LIGHTS)[number];
/** What the device can sound. Source: docs/protocol.md, indicate. */
export const SOUNDS = ['none', 'good', 'bad'] as const;
export type Sound = (typeof SOUNDS)[number];

/** Frame number that means "the newest that you remember". */
export const NEWEST_FRAME = 0xffff;
/** Version of the protocol that is spoken here. */
export const PROTOCOL_VERSION = 1;

/** Everything that the computer says to the device. */
export type HostMessage =
  | { readonly kind: 'identify' }
  | { readonly kind: 'start-preview'; readonly intervalMs: number }
  | { readonly kind: 'stop-preview' }
  | { readonly kind: 'capture'; readonly frame: number }
  /** The device may have sent `limit` image reports of this transfer in all, repeats included. */
  | { readonly kind: 'credit'; readonly limit: number }
  /** `replacesQueue`: forget what was still waiting to be sent, send this instead. */
  | { readonly kind: 'retransmit'; readonly replacesQueue: boolean; readonly ranges: readonly PieceRange[] }
  | { readonly kind: 'query' }
  | { readonly kind: 'release' }
  | { readonly kind: 'indicate'; readonly light: Light; readonly sound: Sound }
  | { readonly kind: 'read-statistics' };

const KIND_OF: Record<HostMessage['kind'], number> = {
  identify: HOST_KIND.identify,
  'start-preview': HOST_KIND.startPreview,
  'stop-preview': HOST_KIND.stopPreview,
  capture: HOST_KIND.capture,
  credit: HOST_KIND.credit,
  retransmit: HOST_KIND.retransmit,
  query: HOST_KIND.query,
  release: HOST_KIND.release,
  indicate: HOST_KIND.indicate,
  'read-statistics': HOST_KIND.readStatistics,
};

/** Tells how many ranges one retransmit report of this length can carry: two bytes of head, four a range. */
export function rangesPerReport(reportBytes: number): number {
  return Math.min(255, Math.floor((payloadBytesOf(reportBytes) - 2) / 4));
}

/** Writes one report of the computer; `sequence` numbers the command (of a retransmit: the request). */
export function encodeHostMessage(
  reportBytes: number,
  transfer: number,
  sequence: number,
  message: HostMessage,
): Uint8Array<ArrayBuffer> {
  return encodeReport(reportBytes, { kind: KIND_OF[message.kind], transfer, sequence, payload: payloadOf(message) });
}

function payloadOf(message: HostMessage): Uint8Array {
  switch (message.kind) {
    case 'identify':
      return Uint8Array.of(PROTOCOL_VERSION);
    case 'start-preview':
      return littleEndian(message.intervalMs, 2);
    case 'capture':
      return littleEndian(message.frame, 2);
    case 'credit':
      return littleEndian(message.limit, 4);
    case 'retransmit':
      return Uint8Array.from([
        message.replacesQueue ? 1 : 0,
        message.ranges.length,
        ...message.ranges.flatMap(({ first, count }) => [...littleEndian(first, 2), ...littleEndian(count, 2)]),
      ]);
    case 'indicate':
      return Uint8Array.of(LIGHTS.indexOf(message.light), SOUNDS.indexOf(message.sound));
    default:
      return new Uint8Array(0);
  }
}

function littleEndian(value: number, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** index) & 0xff);
}

/** Reads one report of the computer, as a device does; null when it is none that the protocol knows. */
export function decodeHostMessage({ kind, payload }: Report): HostMessage | null {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  switch (kind) {
    case HOST_KIND.identify:
      return view.getUint8(0) === PROTOCOL_VERSION ? { kind: 'identify' } : null;
    case HOST_KIND.startPreview:
      return { kind: 'start-preview', intervalMs: view.getUint16(0, true) };
    case HOST_KIND.stopPreview:
      return { kind: 'stop-preview' };
    case HOST_KIND.capture:
      return { kind: 'capture', frame: view.getUint16(0, true) };
    case HOST_KIND.credit:
      return { kind: 'credit', limit: view.getUint32(0, true) };
    case HOST_KIND.retransmit:
      return retransmitOf(view);
    case HOST_KIND.query:
      return { kind: 'query' };
    case HOST_KIND.release:
      return { kind: 'release' };
    case HOST_KIND.indicate: {
      const light = LIGHTS[view.getUint8(0)];
      const sound = SOUNDS[view.getUint8(1)];
      return light === undefined || sound === undefined ? null : { kind: 'indicate', light, sound };
    }
    case HOST_KIND.readStatistics:
      return { kind: 'read-statistics' };
    default:
      return null;
  }
}

function retransmitOf(view: DataView): HostMessage | null {
  const count = view.getUint8(1);
  if (2 + 4 * count > view.byteLength) return null;
  const ranges = Array.from({ length: count }, (_, index) => ({
    first: view.getUint16(2 + 4 * index, true),
    count: view.getUint16(4 + 4 * index, true),
  }));
  return { kind: 'retransmit', replacesQueue: view.getUint8(0) === 1, ranges };
}
