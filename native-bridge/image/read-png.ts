import { crc32 } from 'node:zlib';
import { ByteReader } from './byte-reader.ts';
import { type DecodedImage, assertDimensions } from './decoded-image.ts';
import { ImageFault } from './image-fault.ts';
import { inflateExactly } from './inflate-exactly.ts';
import { type PngHeader, type PngPalette, greyOfPngRow } from './png-samples.ts';
import { METRES_PER_INCH } from './read-image-parameters.ts';
import { unfilterPngRows } from './unfilter-png-rows.ts';

/** First eight bytes of a PNG file. Source: PNG (third edition) 5.2. */
export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Where each Adam7 pass starts and how far it steps, pixels: x, y, step x, step y. Source: PNG (third edition) 8.1. */
const ADAM7_PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const WHOLE_IMAGE = [[0, 0, 1, 1]] as const;

interface PngChunks {
  readonly header: PngHeader;
  readonly isInterlaced: boolean;
  readonly palette: PngPalette;
  readonly compressed: readonly Uint8Array[];
  readonly pixelsPerMetre: readonly [number, number] | undefined;
}

/**
 * Reads a PNG file of any colour type and depth as 8-bit grey; opacity is seen over white.
 * Written here because a reader of untrusted files must check sums, refuse missing rows and bound what it inflates.
 * Source: Portable Network Graphics (third edition), W3C.
 * @throws ImageFault `image.truncated`, `image.damaged`, `image.unsupported`, `image.empty`, `image.too-large`
 */
export function readPng(bytes: Uint8Array): DecodedImage {
  const chunks = readChunks(new ByteReader(bytes, false));
  const { widthPx, heightPx } = chunks.header;
  const pixels = decodePixels(chunks);
  if (chunks.pixelsPerMetre === undefined) return { widthPx, heightPx, pixels };
  const [horizontal, vertical] = chunks.pixelsPerMetre;
  const horizontalPpi = horizontal * METRES_PER_INCH;
  return { widthPx, heightPx, pixels, horizontalPpi, verticalPpi: vertical * METRES_PER_INCH };
}

function readChunks(reader: ByteReader): PngChunks {
  let header: PngHeader | undefined;
  let isInterlaced = false;
  let colours = new Uint8Array(0);
  let opacities = new Uint8Array(0);
  let pixelsPerMetre: readonly [number, number] | undefined;
  const compressed: Uint8Array[] = [];
  for (let offset = PNG_SIGNATURE.length; ;) {
    const length = reader.u32(offset);
    const typed = reader.slice(offset + 4, 4 + length);
    const type = String.fromCharCode(...typed.subarray(0, 4));
    if (crc32(typed) !== reader.u32(offset + 8 + length)) throw new ImageFault('image.damaged', { part: type });
    const body = typed.subarray(4);
    offset += 12 + length;
    if (header === undefined && type !== 'IHDR') throw new ImageFault('image.damaged', { part: 'IHDR' });
    if (type === 'IHDR') {
      header = readHeader(body);
      isInterlaced = body[12] === 1;
    } else if (type === 'PLTE') colours = body.slice(0, 768);
    else if (type === 'tRNS') opacities = body.slice(0, 256);
    else if (type === 'pHYs') pixelsPerMetre = readPhysicalSize(body);
    else if (type === 'IDAT') compressed.push(body);
    else if (type === 'IEND') break;
  }
  if (header === undefined || compressed.length === 0) throw new ImageFault('image.damaged', { part: 'IDAT' });
  return { header, isInterlaced, palette: { colours, opacities }, compressed, pixelsPerMetre };
}

function readHeader(body: Uint8Array): PngHeader {
  const reader = new ByteReader(body, false);
  const widthPx = reader.u32(0);
  const heightPx = reader.u32(4);
  const depth = reader.u8(8);
  const colourType = reader.u8(9);
  assertDimensions(widthPx, heightPx);
  const depths: Readonly<Record<number, readonly number[]>> = {
    0: [1, 2, 4, 8, 16],
    2: [8, 16],
    3: [1, 2, 4, 8],
    4: [8, 16],
    6: [8, 16],
  };
  if (!depths[colourType]?.includes(depth) || reader.u8(10) !== 0 || reader.u8(11) !== 0 || reader.u8(12) > 1) {
    throw new ImageFault('image.unsupported', { format: 'PNG', depth, colourType });
  }
  const channels = colourType === 2 ? 3 : colourType === 4 ? 2 : colourType === 6 ? 4 : 1;
  return { widthPx, heightPx, depth, colourType, channels };
}

function readPhysicalSize(body: Uint8Array): readonly [number, number] | undefined {
  const reader = new ByteReader(body, false);
  return reader.u8(8) === 1 ? [reader.u32(0), reader.u32(4)] : undefined;
}

function decodePixels({ header, isInterlaced, palette, compressed }: PngChunks): Uint8Array {
  const { widthPx, heightPx } = header;
  const bitsPerPixel = header.channels * header.depth;
  const passes = (isInterlaced ? ADAM7_PASSES : WHOLE_IMAGE)
    .map(([x, y, stepX, stepY]) => {
      const columns = Math.ceil((widthPx - x) / stepX);
      const rows = Math.ceil((heightPx - y) / stepY);
      return { x, y, stepX, stepY, columns, rows, rowBytes: Math.ceil((columns * bitsPerPixel) / 8) };
    })
    .filter((pass) => pass.columns > 0 && pass.rows > 0);
  const inflatedBytes = passes.reduce((sum, pass) => sum + pass.rows * (pass.rowBytes + 1), 0);
  const inflated = inflateJoined(compressed, inflatedBytes);
  const pixels = new Uint8Array(widthPx * heightPx);
  try {
    let offset = 0;
    for (const pass of passes) {
      unfilterPngRows(inflated, offset, pass.rows, pass.rowBytes, Math.max(1, bitsPerPixel >> 3));
      for (let row = 0; row < pass.rows; row++, offset += pass.rowBytes + 1) {
        const target = pixels.subarray((pass.y + row * pass.stepY) * widthPx + pass.x);
        greyOfPngRow(
          header,
          palette,
          inflated.subarray(offset + 1, offset + 1 + pass.rowBytes),
          pass.columns,
          target,
          pass.stepX,
        );
      }
    }
  } finally {
    inflated.fill(0);
  }
  return pixels;
}

/** The parts of the pixels' stream are joined for the inflater; what joins them is cleared again. */
function inflateJoined(parts: readonly Uint8Array[], inflatedBytes: number): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  try {
    let offset = 0;
    for (const part of parts) {
      joined.set(part, offset);
      offset += part.length;
    }
    return inflateExactly(joined, inflatedBytes);
  } finally {
    joined.fill(0);
  }
}
