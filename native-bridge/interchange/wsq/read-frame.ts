import { ByteReader } from '../byte-reader.ts';
import { InterchangeFault } from '../interchange-fault.ts';
import * as limits from '../parameters.ts';
import { checkCodeLengths, MAX_CODE_BITS, type HuffmanTable } from './huffman-table.ts';
import { MARKER, SUBBAND_COUNT } from './markers.ts';
import { fromScaledDecimal } from './scaled-decimal.ts';
import { countBlockCoefficients, layOutSubbands } from './subband-layout.ts';
import type { WsqBlock, WsqFilters, WsqFrame, WsqQuantiser } from './wsq-frame.ts';

/** Most coefficients that one bit can stand for: a run of 65,535 zeros takes a code of at least 1 bit and 16 bits. */
const COEFFICIENTS_PER_BIT = 65_535 / 17;

type Dimensions = Pick<WsqFrame, 'widthPx' | 'heightPx' | 'shift' | 'scale' | 'encoderNumber' | 'softwareNumber'>;

/** What has been read so far of a file whose tables may come in any order before the block that needs them. */
interface FrameParts {
  filters?: WsqFilters;
  quantiser?: WsqQuantiser;
  dimensions?: Dimensions;
  readonly tables: Map<number, HuffmanTable>;
  readonly blocks: WsqBlock[];
  readonly comments: string[];
}

/**
 * Reads the structure of a WSQ file: every table, the size and the three blocks, checked for sense and against the
 * limits before anything of the image's size is allocated. Source: IAFIS-IC-0110, compressed data format.
 * @throws InterchangeFault wsq.* with the offset of what is wrong
 */
export function readWsqFrame(bytes: Uint8Array): WsqFrame {
  if (bytes.length > limits.MAX_WSQ_BYTES) throw new InterchangeFault('interchange.too-large', { bytes: bytes.length });
  const reader = new ByteReader(bytes, 'wsq.truncated');
  const first = reader.u16();
  if (first !== MARKER.startOfImage) throw new InterchangeFault('wsq.marker', { offset: 0, found: first });
  const parts: FrameParts = { tables: new Map(), blocks: [], comments: [] };
  for (let segments = 0; segments <= limits.WSQ_MAX_SEGMENTS; segments += 1) {
    const offset = reader.offset;
    const marker = reader.u16();
    if (marker === MARKER.endOfImage) return assemble(parts, offset);
    const length = reader.u16();
    if (length < 2) throw new InterchangeFault('wsq.segment', { offset, length });
    readSegment(marker, new ByteReader(reader.take(length - 2), 'wsq.segment'), parts, offset);
    if (marker === MARKER.startOfBlock) takeBlock(reader, parts, offset);
  }
  throw new InterchangeFault('wsq.segment', { segments: limits.WSQ_MAX_SEGMENTS });
}

function readSegment(marker: number, segment: ByteReader, parts: FrameParts, offset: number): void {
  switch (marker) {
    case MARKER.transformTable:
      parts.filters = readFilters(segment);
      return;
    case MARKER.quantisationTable:
      parts.quantiser = readQuantiser(segment);
      return;
    case MARKER.startOfFrame:
      if (parts.dimensions) throw new InterchangeFault('wsq.unsupported', { offset, frames: 2 });
      parts.dimensions = readDimensions(segment);
      return;
    case MARKER.huffmanTable:
      readHuffmanTables(segment, parts.tables);
      return;
    case MARKER.startOfBlock: {
      const identifier = segment.u8();
      const table = parts.tables.get(identifier);
      if (!table) throw new InterchangeFault('wsq.table-missing', { offset, huffman: identifier });
      if (parts.blocks.length === 3) throw new InterchangeFault('wsq.unsupported', { offset, blocks: 4 });
      parts.blocks.push({ table, bytes: segment.bytes });
      return;
    }
    case MARKER.comment:
      keepComment(segment.bytes, parts.comments);
      return;
    case MARKER.restartInterval:
      if (segment.u16() !== 0) throw new InterchangeFault('wsq.unsupported', { offset, marker });
      return;
    default:
      throw new InterchangeFault('wsq.marker', { offset, found: marker });
  }
}

/** Replaces the block just begun by its entropy-coded bytes, which run to the next marker. */
function takeBlock(reader: ByteReader, parts: FrameParts, offset: number): void {
  const { bytes } = reader;
  let end = reader.offset;
  while (end < bytes.length && (bytes[end] !== 0xff || bytes[end + 1] === 0)) end += 1;
  if (end + 1 >= bytes.length) throw new InterchangeFault('wsq.truncated', { offset, block: parts.blocks.length });
  const block = parts.blocks.pop();
  if (block) parts.blocks.push({ table: block.table, bytes: reader.take(end - reader.offset) });
}

function readFilters(segment: ByteReader): WsqFilters {
  const lowTaps = segment.u8();
  const highTaps = segment.u8();
  for (const taps of [lowTaps, highTaps]) {
    if (taps % 2 === 0 || taps < 3 || taps > limits.WSQ_MAX_FILTER_TAPS) {
      throw new InterchangeFault('wsq.filter', { lowTaps, highTaps });
    }
  }
  const half = (taps: number): Float32Array =>
    Float32Array.from({ length: (taps + 1) >> 1 }, () => {
      const isNegative = segment.u8() !== 0;
      const places = segment.u8();
      const size = fromScaledDecimal({ digits: segment.u32(), places });
      return isNegative ? -size : size;
    });
  return { low: half(lowTaps), high: half(highTaps) };
}

function readQuantiser(segment: ByteReader): WsqQuantiser {
  const decimal = (): number => {
    const places = segment.u8();
    return fromScaledDecimal({ digits: segment.u16(), places });
  };
  const centre = decimal();
  const steps = new Float32Array(SUBBAND_COUNT);
  const zeroBins = new Float32Array(SUBBAND_COUNT);
  for (let band = 0; band < SUBBAND_COUNT; band += 1) {
    steps[band] = decimal();
    zeroBins[band] = decimal();
  }
  return { centre, steps, zeroBins };
}

function readDimensions(segment: ByteReader): Dimensions {
  segment.skip(2);
  const heightPx = segment.u16();
  const widthPx = segment.u16();
  const { MIN_WSQ_SIDE_PX: least, MAX_IMAGE_SIDE_PX: most } = limits;
  const isSane = Math.min(widthPx, heightPx) >= least && Math.max(widthPx, heightPx) <= most;
  if (!isSane || widthPx * heightPx > limits.MAX_IMAGE_PIXELS) {
    throw new InterchangeFault('wsq.dimensions', { widthPx, heightPx, mostPixels: limits.MAX_IMAGE_PIXELS });
  }
  const decimal = (): number => {
    const places = segment.u8();
    return fromScaledDecimal({ digits: segment.u16(), places });
  };
  const shift = decimal();
  const scale = decimal();
  return { widthPx, heightPx, shift, scale, encoderNumber: segment.u8(), softwareNumber: segment.u16() };
}

function readHuffmanTables(segment: ByteReader, tables: Map<number, HuffmanTable>): void {
  do {
    const identifier = segment.u8();
    if (identifier > limits.WSQ_MOST_TABLE_NUMBER) throw new InterchangeFault('wsq.huffman-table', { identifier });
    const lengthCounts = segment.take(MAX_CODE_BITS);
    const symbols = segment.take(checkCodeLengths(lengthCounts));
    tables.set(identifier, { lengthCounts, symbols });
  } while (segment.remaining > 0);
}

function keepComment(bytes: Uint8Array, comments: string[]): void {
  if (comments.length >= limits.WSQ_MAX_COMMENTS) return;
  comments.push(Buffer.from(bytes.subarray(0, limits.WSQ_MAX_COMMENT_CHARS)).toString('latin1'));
}

function assemble(parts: FrameParts, offset: number): WsqFrame {
  const { filters, quantiser, dimensions } = parts;
  if (!filters) throw new InterchangeFault('wsq.table-missing', { offset, table: 'transform' });
  if (!quantiser) throw new InterchangeFault('wsq.table-missing', { offset, table: 'quantisation' });
  if (!dimensions) throw new InterchangeFault('wsq.table-missing', { offset, table: 'frame' });
  const [first, second, third] = parts.blocks;
  if (!first || !second || !third) throw new InterchangeFault('wsq.truncated', { offset, blocks: parts.blocks.length });
  const blocks: WsqFrame['blocks'] = [first, second, third];
  const layout = layOutSubbands(dimensions.widthPx, dimensions.heightPx);
  const coefficientCounts = countBlockCoefficients(layout, quantiser.steps);
  blocks.forEach((block, index) => {
    const needed = coefficientCounts[index] ?? 0;
    const most = block.bytes.length * 8 * COEFFICIENTS_PER_BIT;
    if (needed > most)
      throw new InterchangeFault('wsq.coefficients', { block: index + 1, needed, bytes: block.bytes.length });
  });
  return { ...dimensions, filters, quantiser, layout, blocks, coefficientCounts, comments: parts.comments };
}
