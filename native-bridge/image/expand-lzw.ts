import { ImageFault } from './image-fault.ts';

const CLEAR_CODE = 256;
const END_CODE = 257;
const FIRST_FREE_CODE = 258;
const TABLE_SIZE = 4_096;

/**
 * Expands one LZW strip of a TIFF file (codes of 9 to 12 bits, high bit first, width changed one code early) into
 * `target`, and never beyond it. Each table entry is a stretch of what was already written, so no string is kept.
 * Source: TIFF 6.0, section 13.
 * @throws ImageFault `image.truncated` when the strip ends before `target` is full, `image.damaged` for an impossible code
 */
export function expandLzw(strip: Uint8Array, target: Uint8Array): void {
  const startOf = new Uint32Array(TABLE_SIZE);
  const lengthOf = new Uint32Array(TABLE_SIZE);
  let nextCode = FIRST_FREE_CODE;
  let bitOffset = 0;
  let written = 0;
  let previousStart = -1;
  while (written < target.length) {
    const width = nextCode >= 2_047 ? 12 : nextCode >= 1_023 ? 11 : nextCode >= 511 ? 10 : 9;
    if (bitOffset + width > strip.length * 8)
      throw new ImageFault('image.truncated', { neededBytes: target.length, presentBytes: written });
    const code = readBits(strip, bitOffset, width);
    bitOffset += width;
    if (code === END_CODE)
      throw new ImageFault('image.truncated', { neededBytes: target.length, presentBytes: written });
    if (code === CLEAR_CODE) {
      nextCode = FIRST_FREE_CODE;
      previousStart = -1;
      continue;
    }
    const start = written;
    // The entry made here is the previous string and the first byte of this one, which lie side by side in the target.
    if (previousStart >= 0 && nextCode < TABLE_SIZE) {
      startOf[nextCode] = previousStart;
      lengthOf[nextCode] = start - previousStart + 1;
      nextCode++;
    }
    if (code < CLEAR_CODE) target[written++] = code;
    else if (code >= nextCode) throw new ImageFault('image.damaged', { part: 'LZW code', code });
    else {
      const end = Math.min(start + lengthOf[code], target.length);
      for (let from = startOf[code]; written < end;) target[written++] = target[from++];
    }
    previousStart = start;
  }
}

function readBits(bytes: Uint8Array, bitOffset: number, width: number): number {
  const at = bitOffset >> 3;
  const window = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  return (window >> (24 - width - (bitOffset & 7))) & ((1 << width) - 1);
}
