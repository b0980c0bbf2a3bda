import type { ByteReader } from './byte-reader.ts';
import { ImageFault } from './image-fault.ts';

/** The tags that say how a grey image is stored. Source: TIFF 6.0, section 8. */
export const TIFF_TAG = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  horizontalResolution: 282,
  verticalResolution: 283,
  planarConfiguration: 284,
  resolutionUnit: 296,
  predictor: 317,
  colourMap: 320,
  tileWidth: 322,
  sampleFormat: 339,
} as const;

/** Bytes of one value, by type number: byte, ASCII, short, long, rational. Other types hold nothing that is read here. */
const BYTES_OF_TYPE: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8 };

/** Most values read of one tag: a colour map of 16-bit samples is not read, and no image has more strips than rows. */
const MAXIMUM_VALUES = 4_096;

/** The fields of the first image of a TIFF file, each a list of numbers. */
export type TiffDirectory = ReadonlyMap<number, readonly number[]>;

/**
 * Reads the first directory of a TIFF file; later ones and nested ones are not followed, so a loop of them does no harm.
 * @throws ImageFault `image.truncated`, `image.damaged`
 */
export function readTiffDirectory(reader: ByteReader): TiffDirectory {
  const start = reader.u32(4);
  const entries = reader.u16(start);
  const known = new Set<number>(Object.values(TIFF_TAG));
  const directory = new Map<number, readonly number[]>();
  for (let i = 0; i < entries; i++) {
    const at = start + 2 + 12 * i;
    const tag = reader.u16(at);
    const type = reader.u16(at + 2);
    const count = reader.u32(at + 4);
    const bytes = BYTES_OF_TYPE[type];
    if (!known.has(tag) || bytes === undefined || type === 2) continue;
    if (count > MAXIMUM_VALUES) throw new ImageFault('image.damaged', { tag, count });
    const from = bytes * count > 4 ? reader.u32(at + 8) : at + 8;
    directory.set(
      tag,
      Array.from({ length: count }, (_, index) => readValue(reader, type, from + index * bytes)),
    );
  }
  return directory;
}

function readValue(reader: ByteReader, type: number, offset: number): number {
  if (type === 1) return reader.u8(offset);
  if (type === 3) return reader.u16(offset);
  if (type === 4) return reader.u32(offset);
  return reader.u32(offset) / reader.u32(offset + 4);
}
