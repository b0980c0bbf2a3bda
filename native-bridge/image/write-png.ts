import { crc32 } from 'node:zlib';
import { encode } from 'fast-png';
import type { GreyImage } from './grey-image.ts';
import { METRES_PER_INCH } from './read-image-parameters.ts';

/** Bytes of the signature and the header chunk, after which the chunk of the resolution is put. Source: PNG 5.2 and 11.2.1. */
const AFTER_HEADER = 33;
/** Bytes of a resolution chunk with its length, type and check sum. Source: PNG 11.3.4.3. */
const RESOLUTION_CHUNK_BYTES = 21;

/**
 * Encodes a grey image as an 8-bit PNG that names its resolution. The compressor is plain JavaScript, so the same image
 * gives the same bytes on every machine, which a system's zlib does not promise. For tools and tests, not for the station.
 */
export function writePng(image: GreyImage): Uint8Array {
  const plain = encode(
    { width: image.widthPx, height: image.heightPx, data: image.pixels, channels: 1, depth: 8 },
    { zlib: { level: 6 } },
  );
  const bytes = new Uint8Array(plain.length + RESOLUTION_CHUNK_BYTES);
  bytes.set(plain.subarray(0, AFTER_HEADER));
  bytes.set(resolutionChunk(image.resolutionPpi), AFTER_HEADER);
  bytes.set(plain.subarray(AFTER_HEADER), AFTER_HEADER + RESOLUTION_CHUNK_BYTES);
  return bytes;
}

function resolutionChunk(resolutionPpi: number): Uint8Array {
  const pixelsPerMetre = Math.round(resolutionPpi / METRES_PER_INCH);
  const chunk = new Uint8Array(RESOLUTION_CHUNK_BYTES);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, 9);
  chunk.set([0x70, 0x48, 0x59, 0x73], 4);
  view.setUint32(8, pixelsPerMetre);
  view.setUint32(12, pixelsPerMetre);
  view.setUint8(16, 1);
  view.setUint32(17, crc32(chunk.subarray(4, 17)));
  return chunk;
}
