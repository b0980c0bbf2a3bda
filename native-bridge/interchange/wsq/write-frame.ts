import * as parameters from '../parameters.ts';
import { MARKER, SUBBAND_COUNT } from './markers.ts';
import type { HuffmanTable } from './huffman-table.ts';
import { toScaledDecimal } from './scaled-decimal.ts';
import type { BinWidths } from './choose-steps.ts';

/** What the head of a WSQ file says, besides the Huffman tables and the blocks. */
export interface WsqHead extends BinWidths {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly shift: number;
  readonly scale: number;
  readonly comment: string;
}

/** One block: the table is written before it unless an earlier block of the file brought it. */
export interface WsqBlockOut {
  readonly tableNumber: number;
  readonly table: HuffmanTable | null;
  readonly bytes: Uint8Array;
}

/** Values from this on do not fit the 16 bits of a scaled decimal. */
const WORD_LIMIT = 0xffff;

/** Which parameter set the file uses. Source: IAFIS-IC-0110, encoder number 2 is the one with C = 0.44. */
const ENCODER_NUMBER = 2;

/**
 * Puts the parts of a WSQ file together, in the order that the reference encoder uses, and zeroes them, the bytes of the
 * blocks included. Source: IAFIS-IC-0110.
 */
export function writeWsqFile(head: WsqHead, blocks: readonly WsqBlockOut[]): Uint8Array {
  const parts: Uint8Array[] = [
    marker(MARKER.startOfImage),
    segment(MARKER.comment, [...Buffer.from(head.comment, 'latin1')]),
    segment(MARKER.transformTable, transformTable()),
    segment(MARKER.quantisationTable, quantisationTable(head)),
    segment(MARKER.startOfFrame, frameHeader(head)),
  ];
  for (const { tableNumber, table, bytes } of blocks) {
    if (table) parts.push(segment(MARKER.huffmanTable, [tableNumber, ...table.lengthCounts, ...table.symbols]));
    parts.push(segment(MARKER.startOfBlock, [tableNumber]), bytes);
  }
  parts.push(marker(MARKER.endOfImage));
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
    // Bin widths and Huffman tables are computed from the image, like its blocks.
    part.fill(0);
  }
  return file;
}

function marker(code: number): Uint8Array {
  return Uint8Array.of(code >> 8, code & 0xff);
}

function segment(code: number, content: readonly number[]): Uint8Array {
  return Uint8Array.from([...marker(code), ...word(content.length + 2), ...content]);
}

function word(value: number): [number, number] {
  return [value >> 8, value & 0xff];
}

/** Places, then 16 bits. */
function decimal(value: number): number[] {
  const { digits, places } = toScaledDecimal(value, WORD_LIMIT);
  return [places, ...word(digits)];
}

function transformTable(): number[] {
  const { WSQ_SENT_LOW_PASS: low, WSQ_SENT_HIGH_PASS: high } = parameters;
  const content = [2 * low.length - 1, 2 * high.length - 1];
  for (const { isNegative, digits, places } of [...low, ...high]) {
    content.push(isNegative ? 1 : 0, places, ...word(Math.floor(digits / 0x1_0000)), ...word(digits % 0x1_0000));
  }
  return content;
}

function quantisationTable({ steps, zeroBins }: WsqHead): number[] {
  const { digits, places } = parameters.WSQ_BIN_CENTRE;
  const content = [places, ...word(digits)];
  for (let band = 0; band < SUBBAND_COUNT; band += 1) {
    content.push(...decimal(steps[band] ?? 0), ...decimal(zeroBins[band] ?? 0));
  }
  return content;
}

/** Black is 0 and white 255; then lines, samples, shift, scale, encoder and software. */
function frameHeader({ widthPx, heightPx, shift, scale }: WsqHead): number[] {
  return [0, 255, ...word(heightPx), ...word(widthPx), ...decimal(shift), ...decimal(scale), ENCODER_NUMBER, 0, 0];
}
