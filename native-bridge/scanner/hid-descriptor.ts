import { ScannerFault } from './scanner-fault.ts';

/** Lengths of a device's reports in bytes, without the report identifier. */
export interface ReportLengths {
  readonly inputReportBytes: number;
  readonly outputReportBytes: number;
}

/** Longest report descriptor that the kernel takes, bytes. Source: Linux HID_MAX_DESCRIPTOR_SIZE. */
const MAXIMUM_DESCRIPTOR_BYTES = 4_096;
/** Bits in a byte. */
const BITS = 8;
/** Tags of the short items that matter here, the two size bits left out. Source: USB HID 1.11, 6.2.2. */
const ITEM = { input: 0x80, output: 0x90, reportSize: 0x74, reportCount: 0x94, reportId: 0x84, push: 0xa4, pop: 0xb4 };
/** First byte of a long item. Source: USB HID 1.11, 6.2.2.3. */
const LONG_ITEM = 0xfe;

interface GlobalState {
  readonly sizeBits: number;
  readonly count: number;
  readonly reportId: number;
}

/**
 * Reads the lengths of one report (`reportId`, 0 where the device uses none) from a HID report descriptor.
 * @throws ScannerFault `scanner.protocol` when the descriptor is cut short, or names no such input and output report
 */
export function reportLengthsOf(descriptor: Uint8Array, reportId: number): ReportLengths {
  if (descriptor.length > MAXIMUM_DESCRIPTOR_BYTES) {
    throw new ScannerFault('scanner.protocol', { descriptorBytes: descriptor.length });
  }
  let state: GlobalState = { sizeBits: 0, count: 0, reportId: 0 };
  const saved: GlobalState[] = [];
  let inputBits = 0;
  let outputBits = 0;
  for (let at = 0; at < descriptor.length;) {
    const head = descriptor[at] ?? 0;
    if (head === LONG_ITEM) {
      at += 3 + (descriptor[at + 1] ?? 0);
      continue;
    }
    const size = [0, 1, 2, 4][head & 3] ?? 0;
    if (at + 1 + size > descriptor.length) throw new ScannerFault('scanner.protocol', { descriptorEndsAt: at });
    let value = 0;
    for (let index = 0; index < size; index += 1) value += (descriptor[at + 1 + index] ?? 0) * 256 ** index;
    switch (head & 0xfc) {
      case ITEM.reportSize:
        state = { ...state, sizeBits: value };
        break;
      case ITEM.reportCount:
        state = { ...state, count: value };
        break;
      case ITEM.reportId:
        state = { ...state, reportId: value };
        break;
      case ITEM.push:
        saved.push(state);
        break;
      case ITEM.pop:
        state = saved.pop() ?? state;
        break;
      case ITEM.input:
        if (state.reportId === reportId) inputBits += state.sizeBits * state.count;
        break;
      case ITEM.output:
        if (state.reportId === reportId) outputBits += state.sizeBits * state.count;
        break;
      default:
    }
    at += 1 + size;
  }
  const lengths = { inputReportBytes: Math.ceil(inputBits / BITS), outputReportBytes: Math.ceil(outputBits / BITS) };
  if (lengths.inputReportBytes === 0 || lengths.outputReportBytes === 0)
    throw new ScannerFault('scanner.protocol', { ...lengths });
  return lengths;
}
