import { open } from 'node:fs/promises';
import type { DecodedImage } from './decoded-image.ts';
import type { GreyImage } from './grey-image.ts';
import { ImageFault } from './image-fault.ts';
import { readBmp } from './read-bmp.ts';
import { MAXIMUM_IMAGE_FILE_BYTES, PLAUSIBLE_RESOLUTION_PPI, RESOLUTION_TOLERANCE } from './read-image-parameters.ts';
import { readPgm } from './read-pgm.ts';
import { PNG_SIGNATURE, readPng } from './read-png.ts';
import { readTiff } from './read-tiff.ts';

/** What the caller knows that a file may not say. */
export interface ReadImageOptions {
  /** Resolution of an image whose file does not name a plausible one, pixels per inch. */
  readonly resolutionPpi?: number | undefined;
}

/**
 * Reads a fingerprint image file (PNG, TIFF, BMP or PGM, told by its first bytes) as 8-bit grey. The bytes read are
 * cleared before this returns; the pixels belong to the caller.
 * @throws ImageFault all that {@link decodeImage} throws, and `image.unreadable` when the file cannot be opened
 */
export async function readImageFile(filePath: string, options: ReadImageOptions = {}): Promise<GreyImage> {
  const bytes = await readBoundedFile(filePath);
  try {
    return decodeImage(bytes, options);
  } finally {
    bytes.fill(0);
  }
}

/**
 * Decodes the bytes of a fingerprint image file as 8-bit grey; the resolution that the file names wins over the option.
 * Declared dimensions are checked before memory is set aside for them.
 * @throws ImageFault `image.not-an-image`, `image.truncated`, `image.damaged`, `image.unsupported`, `image.empty`,
 *   `image.too-large`, and `image.resolution-missing` when neither the file nor the caller says the resolution
 */
export function decodeImage(bytes: Uint8Array, options: ReadImageOptions = {}): GreyImage {
  const decoded = decodeByFormat(bytes);
  const { widthPx, heightPx, pixels } = decoded;
  const resolutionPpi = resolutionOf(decoded) ?? options.resolutionPpi;
  if (resolutionPpi === undefined || !(resolutionPpi > 0) || resolutionPpi === Infinity) {
    pixels.fill(0);
    throw new ImageFault('image.resolution-missing', { widthPx, heightPx });
  }
  return { widthPx, heightPx, resolutionPpi, pixels };
}

function decodeByFormat(bytes: Uint8Array): DecodedImage {
  if (bytes.length === 0) throw new ImageFault('image.empty', { bytes: 0 });
  if (startsWith(bytes, PNG_SIGNATURE)) return readPng(bytes);
  if (startsWith(bytes, [0x49, 0x49, 42, 0]) || startsWith(bytes, [0x4d, 0x4d, 0, 42])) return readTiff(bytes);
  if (startsWith(bytes, [0x42, 0x4d])) return readBmp(bytes);
  if (startsWith(bytes, [0x50, 0x35]) || startsWith(bytes, [0x50, 0x32])) return readPgm(bytes);
  throw new ImageFault('image.not-an-image', { bytes: bytes.length });
}

function startsWith(bytes: Uint8Array, signature: ArrayLike<number>): boolean {
  return bytes.length >= signature.length && Array.from(signature).every((byte, index) => bytes[index] === byte);
}

/**
 * The resolution that a file names, or undefined when it names none that a scanner can have.
 * @throws ImageFault `image.unsupported` when pixels are not square
 */
function resolutionOf({ horizontalPpi, verticalPpi }: DecodedImage): number | undefined {
  if (horizontalPpi === undefined || verticalPpi === undefined) return undefined;
  const { minimum, maximum } = PLAUSIBLE_RESOLUTION_PPI;
  if (!(horizontalPpi >= minimum && horizontalPpi <= maximum)) return undefined;
  if (!(Math.abs(horizontalPpi - verticalPpi) <= RESOLUTION_TOLERANCE * horizontalPpi)) {
    throw new ImageFault('image.unsupported', { horizontalPpi, verticalPpi });
  }
  // A whole number of pixels a metre is never exactly a whole number an inch: 19,685 a metre is 499.999.
  const nearest = Math.round(horizontalPpi);
  return Math.abs(horizontalPpi - nearest) < 0.05 ? nearest : horizontalPpi;
}

async function readBoundedFile(filePath: string): Promise<Uint8Array> {
  try {
    await using file = await open(filePath, 'r');
    const status = await file.stat();
    if (!status.isFile()) throw new ImageFault('image.unreadable', { reason: 'not a file' });
    if (status.size > MAXIMUM_IMAGE_FILE_BYTES) {
      throw new ImageFault('image.too-large', { bytes: status.size, maximumBytes: MAXIMUM_IMAGE_FILE_BYTES });
    }
    const bytes = new Uint8Array(status.size);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } catch (cause) {
    if (cause instanceof ImageFault) throw cause;
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    throw new ImageFault('image.unreadable', { reason }, { cause });
  }
}
