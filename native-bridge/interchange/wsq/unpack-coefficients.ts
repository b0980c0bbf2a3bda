import { InterchangeFault } from '../interchange-fault.ts';
import { fillHuffmanLookup, LENGTH_MASK, SYMBOL_SHIFT } from './huffman-table.ts';
import { SYMBOL } from './markers.ts';
import type { WsqBlock, WsqFrame } from './wsq-frame.ts';

/** Why the coefficients of a block cannot be read; the compiled kernel answers with these numbers too. */
export const UNPACK_STATUS = { whole: 0, badCode: 1, tooMany: 2, tooFew: 3, tooLarge: 4 } as const;

/** Largest coefficient that is kept; the format can say more, no image needs it. */
const MOST_COEFFICIENT = 32_767;

/** @throws InterchangeFault for every status but `whole` */
export function requireWhole(status: number, block: number): void {
  switch (status) {
    case UNPACK_STATUS.whole:
      return;
    case UNPACK_STATUS.badCode:
      throw new InterchangeFault('wsq.huffman-code', { block });
    case UNPACK_STATUS.tooMany:
      throw new InterchangeFault('wsq.coefficients', { block, reason: 'more than the bands hold' });
    case UNPACK_STATUS.tooLarge:
      throw new InterchangeFault('wsq.coefficients', { block, reason: 'beyond 16 bits' });
    default:
      throw new InterchangeFault('wsq.coefficients', { block, reason: 'fewer than the bands hold' });
  }
}

/**
 * The quantised coefficients of all three blocks, band after band, row by row.
 * @throws InterchangeFault wsq.huffman-code or wsq.coefficients with the number of the block
 */
export function unpackCoefficients(frame: WsqFrame): Int16Array {
  const [first, second, third] = frame.coefficientCounts;
  const coefficients = new Int16Array(first + second + third);
  const lookup = new Uint16Array(1 << 16);
  let from = 0;
  try {
    frame.blocks.forEach((block, index) => {
      const count = frame.coefficientCounts[index] ?? 0;
      fillHuffmanLookup(block.table, lookup);
      requireWhole(unpackBlock(block, lookup, coefficients.subarray(from, from + count)), index + 1);
      from += count;
    });
  } catch (fault) {
    coefficients.fill(0);
    throw fault;
  }
  return coefficients;
}

/** Bits of a block, most significant first, with the stuffed zero after each 0xFF left out and ones after the end. */
class BitSource {
  readonly #bytes: Uint8Array;
  #at = 0;
  #window = 0;
  #held = 0;
  /** Bits read beyond the end of the block. */
  #borrowed = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next `count` bits (at most 16), not yet consumed. */
  peek(count: number): number {
    while (this.#held < count) {
      const isEnd = this.#at >= this.#bytes.length;
      const byte = isEnd ? 0xff : (this.#bytes[this.#at] ?? 0xff);
      if (isEnd) this.#borrowed += 8;
      this.#window = ((this.#window & 0xffff) << 8) | byte;
      this.#at += byte === 0xff ? 2 : 1;
      this.#held += 8;
    }
    return (this.#window >>> (this.#held - count)) & ((1 << count) - 1);
  }

  skip(count: number): void {
    this.#held -= count;
  }

  take(count: number): number {
    const bits = this.peek(count);
    this.#held -= count;
    return bits;
  }

  /** Bits of the block that are read into the window, less those consumed; below 0 when more were consumed than it has. */
  get left(): number {
    return this.#held - this.#borrowed;
  }
}

function unpackBlock({ bytes }: WsqBlock, lookup: Uint16Array, out: Int16Array): number {
  const bits = new BitSource(bytes);
  let at = 0;
  while (at < out.length) {
    const entry = lookup[bits.peek(16)] ?? 0;
    if (entry === 0) return bits.left < 16 ? UNPACK_STATUS.tooFew : UNPACK_STATUS.badCode;
    bits.skip(entry & LENGTH_MASK);
    const symbol = entry >> SYMBOL_SHIFT;
    if (symbol === 0) return UNPACK_STATUS.badCode;
    if (symbol <= SYMBOL.longestShortRun) at += symbol;
    else if (symbol === SYMBOL.runByte) at += bits.take(8);
    else if (symbol === SYMBOL.runWord) at += bits.take(16);
    else {
      const value = coefficientOf(symbol, bits);
      if (Math.abs(value) > MOST_COEFFICIENT) return UNPACK_STATUS.tooLarge;
      out[at] = value;
      at += 1;
    }
    if (bits.left < 0) return UNPACK_STATUS.tooFew;
  }
  return at > out.length ? UNPACK_STATUS.tooMany : UNPACK_STATUS.whole;
}

function coefficientOf(symbol: number, bits: BitSource): number {
  switch (symbol) {
    case SYMBOL.positiveByte:
      return bits.take(8);
    case SYMBOL.negativeByte:
      return -bits.take(8);
    case SYMBOL.positiveWord:
      return bits.take(16);
    case SYMBOL.negativeWord:
      return -bits.take(16);
    default:
      return symbol - SYMBOL.zeroValue;
  }
}
