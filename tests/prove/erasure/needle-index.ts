/** Length of what counts as found, bytes: any run of a print that is as long as this. Source: issue 5, "in windows of 32 bytes". */
export const WINDOW_BYTES = 32;
/** Length of the words by which windows are found: every run of 32 bytes holds three of them whole, wherever it begins. */
const WORD_BYTES = 8;
/** Least different byte values in a word for it to be looked up. */
const LEAST_VALUES_IN_WORD = 4;
/**
 * Least different byte values in some window of a run for it to tell anything, unless the needle says otherwise. Small
 * numbers among zeroes, of which the comparison's cylinders are full, lie in any memory.
 */
const LEAST_VALUES_IN_WINDOW = 12;

/** One kind of bytes that must not be found. */
export interface Needle {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Least different byte values in a telling window. */
  readonly leastValues?: number;
}

/** A run of a needle that was found. */
export interface Hit {
  readonly name: string;
  /** Where in the haystack the run begins, and where in the needle, bytes. */
  readonly at: number;
  readonly from: number;
  readonly length: number;
}

function valuesIn(bytes: Uint8Array, from: number, to: number): number {
  return new Set(bytes.subarray(from, to)).size;
}

function hashOf(low: number, high: number): number {
  const mixed = Math.imul(low, 0x9e37_79b1) ^ Math.imul(high, 0x85eb_ca6b);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/**
 * Finds every run of 32 bytes or more of any needle in any memory. It looks at each aligned word of 8 bytes of the
 * haystack in a filter of all words of the needles at every offset, and compares byte by byte where the filter says yes.
 * Cost: about half a second a gigabyte.
 */
export class NeedleIndex {
  readonly #names: readonly {
    readonly name: string;
    readonly start: number;
    readonly end: number;
    readonly leastValues: number;
  }[];
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #filter: Int32Array<ArrayBuffer>;
  readonly #filterMask: number;
  /** Offsets into `#bytes`, plus one; 0 is an empty place. Equal words lie one after another. */
  readonly #table: Int32Array<ArrayBuffer>;
  readonly #tableMask: number;

  constructor(needles: readonly Needle[]) {
    const total = needles.reduce((sum, { bytes }) => sum + bytes.length, 0);
    this.#bytes = new Uint8Array(total);
    let start = 0;
    this.#names = needles.map(({ name, bytes, leastValues = LEAST_VALUES_IN_WINDOW }) => {
      this.#bytes.set(bytes, start);
      const place = { name, start, end: start + bytes.length, leastValues };
      start = place.end;
      return place;
    });
    const bits = Math.max(16, Math.ceil(Math.log2(Math.max(1, total) * 32)));
    this.#filter = new Int32Array(2 ** (bits - 5));
    this.#filterMask = 2 ** bits - 1;
    this.#table = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(16, total * 2))));
    this.#tableMask = this.#table.length - 1;
    for (const place of this.#names) this.#add(place.start, place.end);
  }

  /** Words that are looked for. */
  get words(): number {
    return this.#table.reduce((sum, entry) => sum + (entry === 0 ? 0 : 1), 0);
  }

  /** The runs in the first `length` bytes of a haystack that begins at a multiple of 8 bytes of its memory. */
  find(haystack: Uint8Array<ArrayBuffer>, length: number): readonly Hit[] {
    const words = new Int32Array(haystack.buffer, haystack.byteOffset, Math.floor(length / WORD_BYTES) * 2);
    const hits: Hit[] = [];
    let skipTo = 0;
    for (let index = 0; index < words.length; index += 2) {
      const low = words[index]!;
      const high = words[index + 1]!;
      if (low === 0 && high === 0) continue;
      const slot = hashOf(low, high) & this.#filterMask;
      if ((this.#filter[slot >>> 5]! & (1 << (slot & 31))) === 0 || index * 4 < skipTo) continue;
      const hit = this.#runAround(haystack, length, index * 4);
      if (hit === null) continue;
      hits.push(hit);
      skipTo = hit.at + hit.length;
    }
    return hits;
  }

  /** Overwrites the needles, so that they are found nowhere on this index's account. */
  clear(): void {
    this.#bytes.fill(0);
  }

  #add(start: number, end: number): void {
    const bytes = this.#bytes;
    const view = new DataView(bytes.buffer);
    for (let at = start; at + WORD_BYTES <= end; at += 1) {
      if (valuesIn(bytes, at, at + WORD_BYTES) < LEAST_VALUES_IN_WORD) continue;
      const hash = hashOf(view.getInt32(at, true), view.getInt32(at + 4, true));
      const bit = hash & this.#filterMask;
      this.#filter[bit >>> 5]! |= 1 << (bit & 31);
      let place = hash & this.#tableMask;
      while (this.#table[place] !== 0) place = (place + 1) & this.#tableMask;
      this.#table[place] = at + 1;
    }
  }

  #runAround(haystack: Uint8Array<ArrayBuffer>, length: number, at: number): Hit | null {
    const view = new DataView(haystack.buffer, haystack.byteOffset);
    const hash = hashOf(view.getInt32(at, true), view.getInt32(at + 4, true));
    for (let place = hash & this.#tableMask; this.#table[place] !== 0; place = (place + 1) & this.#tableMask) {
      const hit = this.#extend(haystack, length, at, this.#table[place]! - 1);
      if (hit !== null) return hit;
    }
    return null;
  }

  #isTelling(from: number, length: number, leastValues: number): boolean {
    for (let at = from; at + WINDOW_BYTES <= from + length; at += 1) {
      if (valuesIn(this.#bytes, at, at + WINDOW_BYTES) >= leastValues) return true;
    }
    return false;
  }

  #extend(haystack: Uint8Array, length: number, at: number, from: number): Hit | null {
    const place = this.#names.find(({ start, end }) => from >= start && from < end);
    if (place === undefined) return null;
    const bytes = this.#bytes;
    let before = 0;
    while (at - before > 0 && from - before > place.start && haystack[at - before - 1] === bytes[from - before - 1]) {
      before += 1;
    }
    let after = 0;
    while (at + after < length && from + after < place.end && haystack[at + after] === bytes[from + after]) after += 1;
    const run = before + after;
    if (!this.#isTelling(from - before, run, place.leastValues)) return null;
    return { name: place.name, at: at - before, from: from - before - place.start, length: run };
  }
}
