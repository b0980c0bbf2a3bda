import type { HuffmanCodes } from './huffman-table.ts';
import { SYMBOL } from './markers.ts';

/** Longest run of zeros that one symbol carries. */
const MOST_RUN = 0xffff;

/** Receives symbols in order, each with 0, 8 or 16 further bits. */
type SymbolSink = (symbol: number, extra: number, extraBits: number) => void;

/** Turns coefficients of one block into symbols: runs of zeros, small values, and escapes. Source: IAFIS-IC-0110. */
function eachSymbol(coefficients: Int16Array, sink: SymbolSink): void {
  let run = 0;
  const flush = (): void => {
    while (run > 0) {
      const part = Math.min(run, MOST_RUN);
      if (part <= SYMBOL.longestShortRun) sink(part, 0, 0);
      else if (part <= 0xff) sink(SYMBOL.runByte, part, 8);
      else sink(SYMBOL.runWord, part, 16);
      run -= part;
    }
  };
  for (const value of coefficients) {
    if (value === 0) run += 1;
    else {
      flush();
      const size = Math.abs(value);
      if (value >= SYMBOL.leastValue && value <= SYMBOL.mostValue) sink(value + SYMBOL.zeroValue, 0, 0);
      else if (size <= 0xff) sink(value > 0 ? SYMBOL.positiveByte : SYMBOL.negativeByte, size, 8);
      else sink(value > 0 ? SYMBOL.positiveWord : SYMBOL.negativeWord, size, 16);
    }
  }
  flush();
}

/** How often each of the 256 symbols occurs. */
export function countSymbols(coefficients: Int16Array): Uint32Array {
  const histogram = new Uint32Array(256);
  eachSymbol(coefficients, (symbol) => {
    histogram[symbol] = (histogram[symbol] ?? 0) + 1;
  });
  return histogram;
}

/** The entropy-coded bytes of one block: most significant bit first, a zero after each 0xFF, the last byte filled with ones. */
export function packCoefficients(coefficients: Int16Array, { codes, lengths }: HuffmanCodes): Uint8Array {
  let out = new Uint8Array(coefficients.length + 64);
  let size = 0;
  let window = 0;
  let held = 0;
  const put = (bits: number, count: number): void => {
    window = (window << count) | bits;
    held += count;
    while (held >= 8) {
      held -= 8;
      const byte = (window >>> held) & 0xff;
      if (size + 2 > out.length) {
        const larger = new Uint8Array(out.length * 2);
        larger.set(out);
        out.fill(0);
        out = larger;
      }
      out[size] = byte;
      size += byte === 0xff ? 2 : 1;
    }
    window &= 0xff;
  };
  eachSymbol(coefficients, (symbol, extra, extraBits) => {
    put(codes[symbol] ?? 0, lengths[symbol] ?? 0);
    if (extraBits > 0) put(extra, extraBits);
  });
  if (held > 0) put((1 << (8 - held)) - 1, 8 - held);
  const packed = out.slice(0, size);
  out.fill(0);
  return packed;
}
