import { type DecodedImage, assertDimensions } from './decoded-image.ts';
import { ImageFault } from './image-fault.ts';

/** Byte values that separate the words of a header. Source: Netpbm, pgm(5). */
const WHITE_SPACE = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20]);
const HASH = 0x23;
const NEW_LINE = 0x0a;
const DIGIT_ZERO = 0x30;
/** Longest number that a PGM may hold: 65,535, with room for leading zeros. */
const MAXIMUM_DIGITS = 9;

/**
 * Reads a PGM file, binary (P5, 8 or 16 bits) or plain (P2), as 8-bit grey. The format has no field for a resolution.
 * Source: Netpbm, pgm(5).
 * @throws ImageFault `image.truncated`, `image.damaged`, `image.empty`, `image.too-large`
 */
export function readPgm(bytes: Uint8Array): DecodedImage {
  const words = new PgmWords(bytes);
  const widthPx = words.next('width');
  const heightPx = words.next('height');
  const maximum = words.next('maximum');
  assertDimensions(widthPx, heightPx);
  if (maximum < 1 || maximum > 65_535) throw new ImageFault('image.damaged', { part: 'maximum', maximum });
  const isPlain = bytes[1] === 0x32;
  const pixels = new Uint8Array(widthPx * heightPx);
  const bytesPerSample = maximum > 255 ? 2 : 1;
  const start = words.offset + 1;
  if (!isPlain && start + pixels.length * bytesPerSample > bytes.length) {
    throw new ImageFault('image.truncated', {
      neededBytes: start + pixels.length * bytesPerSample,
      presentBytes: bytes.length,
    });
  }
  for (let i = 0; i < pixels.length; i++) {
    const at = start + i * bytesPerSample;
    const sample = isPlain ? words.next('pixel') : bytesPerSample === 2 ? bytes[at] * 256 + bytes[at + 1] : bytes[at];
    pixels[i] = Math.floor((Math.min(sample, maximum) * 255 + (maximum >> 1)) / maximum);
  }
  return { widthPx, heightPx, pixels };
}

/** The decimal words of a PGM after its magic number, comments left out. */
class PgmWords {
  readonly #bytes: Uint8Array;
  /** Where the next word is looked for: the byte after the last one read. */
  offset = 2;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** @throws ImageFault `image.truncated` at the end, `image.damaged` where no digit stands */
  next(part: string): number {
    this.#skipSpace();
    let value = 0;
    const start = this.offset;
    for (; this.offset < this.#bytes.length; this.offset++) {
      const digit = this.#bytes[this.offset] - DIGIT_ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      if (this.offset - start >= MAXIMUM_DIGITS) throw new ImageFault('image.damaged', { part });
    }
    if (this.offset > start) return value;
    throw new ImageFault(start >= this.#bytes.length ? 'image.truncated' : 'image.damaged', { part });
  }

  #skipSpace(): void {
    for (; this.offset < this.#bytes.length; this.offset++) {
      if (this.#bytes[this.offset] === HASH) {
        while (this.offset < this.#bytes.length && this.#bytes[this.offset] !== NEW_LINE) this.offset++;
      } else if (!WHITE_SPACE.has(this.#bytes[this.offset])) return;
    }
  }
}
