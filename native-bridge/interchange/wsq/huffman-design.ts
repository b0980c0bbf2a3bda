import { MAX_CODE_BITS, type HuffmanTable } from './huffman-table.ts';

const SYMBOL_SPACE = 256;

/**
 * Designs the shortest table of codes of at most 16 bits for a histogram of 256 symbols. One extra symbol of count 1
 * takes the code of all ones, which the format forbids, and is then left out. Ties go to the higher symbol, as in
 * ITU-T T.81 annex K.2, whose procedure IAFIS-IC-0110 takes over.
 */
export function designHuffmanTable(histogram: ArrayLike<number>): HuffmanTable {
  const lengths = codeLengths(histogram);
  const bits = countCodesByLength(lengths);
  limitLengths(bits);
  dropReservedCode(bits);
  return { lengthCounts: Uint8Array.from(bits.subarray(1, MAX_CODE_BITS + 1)), symbols: orderByLength(lengths) };
}

/** Length of the code of each symbol, by merging the two rarest groups until one is left. */
function codeLengths(histogram: ArrayLike<number>): Uint8Array {
  const size = SYMBOL_SPACE + 1;
  const count = new Float64Array(size);
  for (let symbol = 0; symbol < SYMBOL_SPACE; symbol += 1) count[symbol] = histogram[symbol] ?? 0;
  // A block in which nothing is coded still sends a table, which must not be empty.
  if (count.every((own) => own === 0)) count[1] = 1;
  count[SYMBOL_SPACE] = 1;
  const next = new Int16Array(size).fill(-1);
  const lengths = new Uint8Array(size);
  const rarest = (except: number): number => {
    let best = -1;
    for (let symbol = 0; symbol < size; symbol += 1) {
      const own = count[symbol] ?? 0;
      if (own > 0 && symbol !== except && (best < 0 || own <= (count[best] ?? 0))) best = symbol;
    }
    return best;
  };
  const lengthen = (from: number): number => {
    let last = from;
    for (let symbol = from; symbol >= 0; symbol = next[symbol] ?? -1) {
      lengths[symbol] = (lengths[symbol] ?? 0) + 1;
      last = symbol;
    }
    return last;
  };
  for (;;) {
    const first = rarest(-1);
    const second = rarest(first);
    if (second < 0) return lengths;
    count[first] = (count[first] ?? 0) + (count[second] ?? 0);
    count[second] = 0;
    next[lengthen(first)] = second;
    lengthen(second);
  }
}

function countCodesByLength(lengths: Uint8Array): Int32Array {
  const bits = new Int32Array(SYMBOL_SPACE + 2);
  for (const length of lengths) if (length > 0) bits[length] = (bits[length] ?? 0) + 1;
  return bits;
}

/** Moves codes that are too long: a pair gives up one, which takes a place under a shorter code. */
function limitLengths(bits: Int32Array): void {
  for (let length = bits.length - 1; length > MAX_CODE_BITS; length -= 1) {
    while ((bits[length] ?? 0) > 0) {
      let shorter = length - 2;
      while ((bits[shorter] ?? 0) === 0) shorter -= 1;
      bits[length] = (bits[length] ?? 0) - 2;
      bits[length - 1] = (bits[length - 1] ?? 0) + 1;
      bits[shorter + 1] = (bits[shorter + 1] ?? 0) + 2;
      bits[shorter] = (bits[shorter] ?? 0) - 1;
    }
  }
}

function dropReservedCode(bits: Int32Array): void {
  for (let length = MAX_CODE_BITS; length > 0; length -= 1) {
    if ((bits[length] ?? 0) > 0) {
      bits[length] = (bits[length] ?? 0) - 1;
      return;
    }
  }
}

/** The symbols that have a code, shortest code first, the reserved one left out. */
function orderByLength(lengths: Uint8Array): Uint8Array {
  const used: number[] = [];
  for (let symbol = 0; symbol < SYMBOL_SPACE; symbol += 1) if ((lengths[symbol] ?? 0) > 0) used.push(symbol);
  used.sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
  return Uint8Array.from(used);
}
