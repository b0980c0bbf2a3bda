import { ByteReader } from './byte-reader.ts';
import { type DecodedImage, assertDimensions, lumaOf } from './decoded-image.ts';
import { ImageFault } from './image-fault.ts';
import { METRES_PER_INCH } from './read-image-parameters.ts';

/** Bytes of the file header, after which the bitmap header begins. Source: Microsoft, BITMAPFILEHEADER. */
const FILE_HEADER_BYTES = 14;
/** Length of the oldest bitmap header, which has 16-bit sides and three bytes a palette entry. Source: BITMAPCOREHEADER. */
const CORE_HEADER_BYTES = 12;

interface BmpLayout {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isTopDown: boolean;
  readonly bitsPerPixel: number;
  readonly paletteOffset: number;
  readonly paletteEntryBytes: number;
  readonly pixelsOffset: number;
}

/**
 * Reads an uncompressed BMP file (1, 4, 8, 24 or 32 bits a pixel, either way up) as 8-bit grey.
 * Source: Microsoft, "Bitmap Storage".
 * @throws ImageFault `image.truncated`, `image.unsupported` (run-length and bit-field forms), `image.empty`, `image.too-large`
 */
export function readBmp(bytes: Uint8Array): DecodedImage {
  const reader = new ByteReader(bytes, true);
  const layout = readLayout(reader);
  const { widthPx, heightPx } = layout;
  const pixels = decodeRows(reader, layout);
  if (reader.u32(FILE_HEADER_BYTES) === CORE_HEADER_BYTES) return { widthPx, heightPx, pixels };
  const horizontalPpi = reader.i32(FILE_HEADER_BYTES + 24) * METRES_PER_INCH;
  return {
    widthPx,
    heightPx,
    pixels,
    horizontalPpi,
    verticalPpi: reader.i32(FILE_HEADER_BYTES + 28) * METRES_PER_INCH,
  };
}

function readLayout(reader: ByteReader): BmpLayout {
  const headerBytes = reader.u32(FILE_HEADER_BYTES);
  const isCore = headerBytes === CORE_HEADER_BYTES;
  const at = FILE_HEADER_BYTES + 4;
  const widthPx = isCore ? reader.u16(at) : reader.i32(at);
  const signedHeight = isCore ? reader.u16(at + 2) : reader.i32(at + 4);
  const bitsPerPixel = reader.u16(at + (isCore ? 6 : 10));
  const compression = isCore ? 0 : reader.u32(at + 12);
  if (widthPx < 0) throw new ImageFault('image.damaged', { widthPx });
  assertDimensions(widthPx, Math.abs(signedHeight));
  const isStandardBitFields = compression === 3 && bitsPerPixel === 32 && hasStandardMasks(reader);
  if (![1, 4, 8, 24, 32].includes(bitsPerPixel) || (compression !== 0 && !isStandardBitFields)) {
    throw new ImageFault('image.unsupported', { format: 'BMP', bitsPerPixel, compression });
  }
  return {
    widthPx,
    heightPx: Math.abs(signedHeight),
    isTopDown: signedHeight < 0,
    bitsPerPixel,
    paletteOffset: FILE_HEADER_BYTES + headerBytes,
    paletteEntryBytes: isCore ? 3 : 4,
    pixelsOffset: reader.u32(10),
  };
}

/** True when the three masks that follow a 40-byte header are those of plain blue, green, red, unused. */
function hasStandardMasks(reader: ByteReader): boolean {
  const at = FILE_HEADER_BYTES + 40;
  return reader.u32(at) === 0xff0000 && reader.u32(at + 4) === 0xff00 && reader.u32(at + 8) === 0xff;
}

function decodeRows(reader: ByteReader, layout: BmpLayout): Uint8Array {
  const { widthPx, heightPx, bitsPerPixel } = layout;
  const rowBytes = Math.ceil((widthPx * bitsPerPixel) / 32) * 4;
  const rows = reader.slice(layout.pixelsOffset, rowBytes * heightPx);
  const greys = bitsPerPixel <= 8 ? readGreyPalette(reader, layout) : new Uint8Array(0);
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const from = y * rowBytes;
    const to = (layout.isTopDown ? y : heightPx - 1 - y) * widthPx;
    for (let x = 0; x < widthPx; x++) {
      if (bitsPerPixel <= 8) {
        const bit = x * bitsPerPixel;
        const entry = (rows[from + (bit >> 3)] >> (8 - bitsPerPixel - (bit & 7))) & ((1 << bitsPerPixel) - 1);
        pixels[to + x] = greys[entry];
      } else {
        const at = from + x * (bitsPerPixel >> 3);
        pixels[to + x] = lumaOf(rows[at + 2], rows[at + 1], rows[at]);
      }
    }
  }
  return pixels;
}

/** The grey of each palette entry; entries between the palette's end and the pixels are read as they stand. */
function readGreyPalette(reader: ByteReader, layout: BmpLayout): Uint8Array {
  const greys = new Uint8Array(1 << layout.bitsPerPixel);
  const { paletteOffset, paletteEntryBytes, pixelsOffset } = layout;
  const entries = Math.min(greys.length, Math.floor((pixelsOffset - paletteOffset) / paletteEntryBytes));
  for (let entry = 0; entry < entries; entry++) {
    const at = paletteOffset + entry * paletteEntryBytes;
    greys[entry] = lumaOf(reader.u8(at + 2), reader.u8(at + 1), reader.u8(at));
  }
  return greys;
}
