import { ByteReader } from './byte-reader.ts';
import { type DecodedImage, assertDimensions, lumaOf, overWhite } from './decoded-image.ts';
import { expandLzw } from './expand-lzw.ts';
import { expandPackBits } from './expand-pack-bits.ts';
import { ImageFault } from './image-fault.ts';
import { inflateExactly } from './inflate-exactly.ts';
import { METRES_PER_INCH } from './read-image-parameters.ts';
import { TIFF_TAG, type TiffDirectory, readTiffDirectory } from './tiff-directory.ts';

interface TiffLayout {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Bits of one sample: 1, 4, 8 or 16. */
  readonly depth: number;
  readonly samplesPerPixel: number;
  readonly compression: number;
  /** 0 white is zero, 1 black is zero, 2 colour, 3 palette. */
  readonly photometric: number;
  readonly hasPredictor: boolean;
  readonly rowBytes: number;
  readonly littleEndian: boolean;
}

/**
 * Reads the first image of a TIFF file (strips; uncompressed, LZW, Deflate or PackBits; grey, colour or palette) as 8-bit
 * grey. Written here because every count in the file is untrusted and must be bounded before memory is set aside.
 * Source: Adobe, TIFF revision 6.0, and Technical Note 2 for Deflate.
 * @throws ImageFault `image.truncated`, `image.damaged`, `image.unsupported`, `image.empty`, `image.too-large`
 */
export function readTiff(bytes: Uint8Array): DecodedImage {
  const littleEndian = bytes[0] === 0x49;
  const reader = new ByteReader(bytes, littleEndian);
  const directory = readTiffDirectory(reader);
  const layout = readLayout(directory, littleEndian);
  const samples = readStrips(reader, directory, layout);
  try {
    const pixels = greyOfSamples(samples, layout, directory.get(TIFF_TAG.colourMap) ?? []);
    return { widthPx: layout.widthPx, heightPx: layout.heightPx, pixels, ...readResolution(directory) };
  } finally {
    samples.fill(0);
  }
}

function readLayout(directory: TiffDirectory, littleEndian: boolean): TiffLayout {
  const value = (tag: number, otherwise: number): number => directory.get(tag)?.[0] ?? otherwise;
  const widthPx = value(TIFF_TAG.width, 0);
  const heightPx = value(TIFF_TAG.height, 0);
  assertDimensions(widthPx, heightPx);
  const depths = directory.get(TIFF_TAG.bitsPerSample) ?? [1];
  const depth = depths[0] ?? 1;
  const samplesPerPixel = value(TIFF_TAG.samplesPerPixel, 1);
  const compression = value(TIFF_TAG.compression, 1);
  const photometric = value(TIFF_TAG.photometric, 1);
  const predictor = value(TIFF_TAG.predictor, 1);
  const isPlain =
    [1, 4, 8, 16].includes(depth) &&
    depths.every((other) => other === depth) &&
    samplesPerPixel >= (photometric === 2 ? 3 : 1) &&
    samplesPerPixel <= 4 &&
    (depth >= 8 || samplesPerPixel === 1) &&
    photometric <= 3 &&
    (photometric !== 3 || depth <= 8) &&
    [1, 5, 8, 32_773, 32_946].includes(compression) &&
    (predictor === 1 || (predictor === 2 && depth >= 8)) &&
    value(TIFF_TAG.orientation, 1) === 1 &&
    value(TIFF_TAG.planarConfiguration, 1) === 1 &&
    value(TIFF_TAG.sampleFormat, 1) === 1 &&
    !directory.has(TIFF_TAG.tileWidth);
  if (!isPlain)
    throw new ImageFault('image.unsupported', { format: 'TIFF', depth, samplesPerPixel, compression, photometric });
  const rowBytes = Math.ceil((widthPx * samplesPerPixel * depth) / 8);
  return {
    widthPx,
    heightPx,
    depth,
    samplesPerPixel,
    compression,
    photometric,
    hasPredictor: predictor === 2,
    rowBytes,
    littleEndian,
  };
}

function readStrips(reader: ByteReader, directory: TiffDirectory, layout: TiffLayout): Uint8Array {
  const { heightPx, rowBytes } = layout;
  const offsets = directory.get(TIFF_TAG.stripOffsets) ?? [];
  const byteCounts = directory.get(TIFF_TAG.stripByteCounts) ?? [];
  const rowsPerStrip = Math.min(directory.get(TIFF_TAG.rowsPerStrip)?.[0] ?? heightPx, heightPx);
  if (rowsPerStrip < 1 || offsets.length < Math.ceil(heightPx / rowsPerStrip)) {
    throw new ImageFault('image.damaged', { part: 'strips', strips: offsets.length, rowsPerStrip });
  }
  const samples = new Uint8Array(rowBytes * heightPx);
  for (let strip = 0; strip * rowsPerStrip < heightPx; strip++) {
    const from = strip * rowsPerStrip * rowBytes;
    const target = samples.subarray(from, Math.min(samples.length, from + rowsPerStrip * rowBytes));
    const stored =
      byteCounts[strip] ?? (layout.compression === 1 ? target.length : reader.bytes.length - offsets[strip]);
    expandStrip(reader.slice(offsets[strip], Math.max(0, stored)), target, layout.compression);
  }
  if (layout.hasPredictor) undoPredictor(samples, layout);
  return samples;
}

function expandStrip(strip: Uint8Array, target: Uint8Array, compression: number): void {
  if (compression === 5) expandLzw(strip, target);
  else if (compression === 32_773) expandPackBits(strip, target);
  else if (compression === 1) {
    if (strip.length < target.length) {
      throw new ImageFault('image.truncated', { neededBytes: target.length, presentBytes: strip.length });
    }
    target.set(strip.subarray(0, target.length));
  } else {
    const inflated = inflateExactly(strip, target.length);
    target.set(inflated);
    inflated.fill(0);
  }
}

/** Each sample was stored as its difference from the one before it in the row. Source: TIFF 6.0, section 14. */
function undoPredictor(
  samples: Uint8Array,
  { heightPx, rowBytes, depth, samplesPerPixel, littleEndian }: TiffLayout,
): void {
  const view = new DataView(samples.buffer, samples.byteOffset, samples.byteLength);
  const step = (samplesPerPixel * depth) >> 3;
  for (let y = 0; y < heightPx; y++) {
    for (let at = y * rowBytes + step; at < (y + 1) * rowBytes; at += depth >> 3) {
      if (depth === 8) samples[at] = samples[at] + samples[at - step];
      else view.setUint16(at, view.getUint16(at, littleEndian) + view.getUint16(at - step, littleEndian), littleEndian);
    }
  }
}

function greyOfSamples(samples: Uint8Array, layout: TiffLayout, colourMap: readonly number[]): Uint8Array {
  const { widthPx, heightPx, depth, samplesPerPixel, photometric, rowBytes } = layout;
  const pixels = new Uint8Array(widthPx * heightPx);
  const bytesPerSample = depth >> 3;
  const highByte = depth === 16 && layout.littleEndian ? 1 : 0;
  const maximum = depth < 8 ? (1 << depth) - 1 : 255;
  const colours = colourMap.length / 3;
  for (let i = 0; i < pixels.length; i++) {
    const x = i % widthPx;
    const row = ((i - x) / widthPx) * rowBytes;
    const bit = x * depth;
    const at = row + (depth < 8 ? bit >> 3 : x * samplesPerPixel * bytesPerSample + highByte);
    const sample = depth < 8 ? (samples[at] >> (8 - depth - (bit & 7))) & maximum : samples[at];
    if (photometric === 3) {
      pixels[i] = lumaOf(
        (colourMap[sample] ?? 0) >> 8,
        (colourMap[sample + colours] ?? 0) >> 8,
        (colourMap[sample + 2 * colours] ?? 0) >> 8,
      );
      continue;
    }
    const grey =
      photometric === 2
        ? lumaOf(sample, samples[at + bytesPerSample], samples[at + 2 * bytesPerSample])
        : (sample * 255) / maximum;
    const hasAlpha = samplesPerPixel === (photometric === 2 ? 4 : 2);
    const upright = photometric === 0 ? 255 - grey : grey;
    pixels[i] = hasAlpha ? overWhite(upright, samples[at + (samplesPerPixel - 1) * bytesPerSample]) : upright;
  }
  return pixels;
}

function readResolution(directory: TiffDirectory): { horizontalPpi?: number; verticalPpi?: number } {
  const unit = directory.get(TIFF_TAG.resolutionUnit)?.[0] ?? 2;
  const horizontal = directory.get(TIFF_TAG.horizontalResolution)?.[0];
  if (horizontal === undefined || unit < 2) return {};
  const scale = unit === 3 ? 100 * METRES_PER_INCH : 1;
  const vertical = directory.get(TIFF_TAG.verticalResolution)?.[0] ?? horizontal;
  return { horizontalPpi: horizontal * scale, verticalPpi: vertical * scale };
}
