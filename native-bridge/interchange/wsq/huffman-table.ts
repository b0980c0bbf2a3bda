import { InterchangeFault } from '../interchange-fault.ts';

/** A canonical Huffman table as a WSQ file sends it: codes per length (16 entries, lengths 1 to 16) and their symbols. */
export interface HuffmanTable {
  readonly lengthCounts: Uint8Array;
  readonly symbols: Uint8Array;
}

/** Longest code, bits. Source: IAFIS-IC-0110. */
export const MAX_CODE_BITS = 16;

/** The bits of a symbol of a look-up entry; the rest is the length of its code. */
const ENTRY_LENGTH_BITS = 5;

/** Where a look-up entry keeps the symbol: `entry >> SYMBOL_SHIFT`; `entry & LENGTH_MASK` is the code's length. */
export const SYMBOL_SHIFT = ENTRY_LENGTH_BITS;
export const LENGTH_MASK = (1 << ENTRY_LENGTH_BITS) - 1;

/**
 * Checks the numbers of codes of each length, and answers how many codes there are.
 * @throws InterchangeFault wsq.huffman-table when there are none, or more than there can be
 */
export function checkCodeLengths(lengthCounts: Uint8Array): number {
  let free = 1;
  for (let length = 1; length <= MAX_CODE_BITS; length += 1) {
    free = free * 2 - (lengthCounts[length - 1] ?? 0);
    if (free < 0) throw new InterchangeFault('wsq.huffman-table', { length });
  }
  const codes = lengthCounts.reduce((sum, count) => sum + count, 0);
  if (codes === 0) throw new InterchangeFault('wsq.huffman-table', { codes });
  return codes;
}

/**
 * Fills a look-up of 65,536 entries, indexed by the next 16 bits: symbol and code length, or 0 where no code begins.
 * Its lengths must have passed `checkCodeLengths`.
 */
export function fillHuffmanLookup(table: HuffmanTable, lookup: Uint16Array): void {
  let next = 0;
  let symbolIndex = 0;
  for (let length = 1; length <= MAX_CODE_BITS; length += 1) {
    const span = 1 << (MAX_CODE_BITS - length);
    const count = table.lengthCounts[length - 1] ?? 0;
    for (let index = 0; index < count; index += 1) {
      const symbol = table.symbols[symbolIndex] ?? 0;
      lookup.fill((symbol << SYMBOL_SHIFT) | length, next, next + span);
      next += span;
      symbolIndex += 1;
    }
  }
  lookup.fill(0, next);
}

/** Codes by symbol: `codes[s]` right-aligned in `lengths[s]` bits; length 0 for a symbol that has no code. */
export interface HuffmanCodes {
  readonly codes: Uint16Array;
  readonly lengths: Uint8Array;
}

/** The code of each symbol of a table. */
export function assignHuffmanCodes(table: HuffmanTable): HuffmanCodes {
  const codes = new Uint16Array(256);
  const lengths = new Uint8Array(256);
  let code = 0;
  let symbolIndex = 0;
  for (let length = 1; length <= MAX_CODE_BITS; length += 1) {
    const count = table.lengthCounts[length - 1] ?? 0;
    for (let index = 0; index < count; index += 1) {
      const symbol = table.symbols[symbolIndex] ?? 0;
      codes[symbol] = code;
      lengths[symbol] = length;
      code += 1;
      symbolIndex += 1;
    }
    code <<= 1;
  }
  return { codes, lengths };
}
