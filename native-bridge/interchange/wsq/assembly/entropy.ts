// The coefficient coder of WSQ for WebAssembly: a second build of wsq/unpack-coefficients.ts and
// wsq/pack-coefficients.ts, with the same symbols, limits and answers.

// Answers of `unpackBlock`, as UNPACK_STATUS in wsq/unpack-coefficients.ts.
const WHOLE: i32 = 0;
const BAD_CODE: i32 = 1;
const TOO_MANY: i32 = 2;
const TOO_FEW: i32 = 3;
const TOO_LARGE: i32 = 4;

const MOST_COEFFICIENT: i32 = 32_767;
const MOST_RUN: i32 = 0xffff;

let source: i32 = 0;
let sourceEnd: i32 = 0;
let window: u64 = 0;
let held: i32 = 0;
/** Bits supplied beyond the end of the block. */
let borrowed: i32 = 0;

/** Holds at least 48 bits, if need be ones from beyond the end. A zero stuffed after 0xFF is left out. */
function refill(): void {
  while (held <= 48) {
    let byte: u64 = 0xff;
    if (source < sourceEnd) byte = load<u8>(source);
    else borrowed += 8;
    source += byte == 0xff ? 2 : 1;
    window = (window << 8) | byte;
    held += 8;
  }
}

// @ts-ignore: decorator
@inline
function take(count: i32): i32 {
  held -= count;
  return <i32>(window >> held) & ((1 << count) - 1);
}

/** Reads `count` coefficients of one block into `out`, which holds zeros. */
export function unpackBlock(from: i32, length: i32, lookup: i32, out: i32, count: i32): i32 {
  source = from;
  sourceEnd = from + length;
  window = 0;
  held = 0;
  borrowed = 0;
  let at: i32 = 0;
  while (at < count) {
    if (held < 32) refill();
    const entry = <i32>load<u16>(lookup + ((<i32>(window >> (held - 16)) & 0xffff) << 1));
    if (entry == 0) return isOverdrawnAfter(16) ? TOO_FEW : BAD_CODE;
    held -= entry & 31;
    const symbol = entry >> 5;
    if (symbol > 106) {
      store<i16>(out + (at << 1), <i16>(symbol - 180));
      at += 1;
    } else if (symbol <= 100) {
      if (symbol == 0) return BAD_CODE;
      at += symbol;
    } else if (symbol == 105) at += take(8);
    else if (symbol == 106) at += take(16);
    else {
      const size = symbol <= 102 ? take(8) : take(16);
      if (size > MOST_COEFFICIENT) return TOO_LARGE;
      store<i16>(out + (at << 1), <i16>((symbol & 1) == 1 ? size : -size));
      at += 1;
    }
    if (borrowed > held) return TOO_FEW;
  }
  return at > count ? TOO_MANY : WHOLE;
}

/** Whether the next `count` bits reach beyond the end of the block. */
function isOverdrawnAfter(count: i32): bool {
  return borrowed > held - count;
}

/** Symbol of a coefficient that is not zero. */
// @ts-ignore: decorator
@inline
function symbolOf(value: i32): i32 {
  if (value >= -73 && value <= 74) return value + 180;
  if (value > 0) return value <= 0xff ? 101 : 103;
  return value >= -0xff ? 102 : 104;
}

/** Length of the run of zeros that begins at `at`, in coefficients. */
function runAt(at: i32, end: i32): i32 {
  let next = at;
  while (next + 16 <= end && !v128.any_true(v128.load(next))) next += 16;
  while (next < end && load<i16>(next) == 0) next += 2;
  return (next - at) >> 1;
}

/** Adds the symbols of `count` coefficients to a histogram of 256 words. */
export function countSymbols(from: i32, count: i32, histogram: i32): void {
  const end = from + (count << 1);
  let at = from;
  while (at < end) {
    const value = <i32>load<i16>(at);
    if (value != 0) {
      tally(histogram, symbolOf(value));
      at += 2;
      continue;
    }
    let run = runAt(at, end);
    at += run << 1;
    while (run > 0) {
      const part = min(run, MOST_RUN);
      tally(histogram, part <= 100 ? <i32>part : part <= 0xff ? 105 : 106);
      run -= part;
    }
  }
}

// @ts-ignore: decorator
@inline
function tally(histogram: i32, symbol: i32): void {
  const at = histogram + (<i32>symbol << 2);
  store<u32>(at, load<u32>(at) + 1);
}

let sink: i32 = 0;

/** Appends `count` bits (at most 32), writing whole bytes with a zero after each 0xFF. */
function put(bits: u32, count: i32): void {
  window = (window << count) | <u64>bits;
  held += count;
  while (held >= 8) {
    held -= 8;
    const byte = <u8>(window >> held);
    store<u8>(sink, byte);
    sink += 1;
    if (byte == 0xff) {
      store<u8>(sink, 0);
      sink += 1;
    }
  }
}

// @ts-ignore: decorator
@inline
function putSymbol(codes: i32, lengths: i32, symbol: i32, extra: u32, extraBits: i32): void {
  const code = <u32>load<u16>(codes + (<i32>symbol << 1));
  put((code << extraBits) | extra, <i32>load<u8>(lengths + symbol) + extraBits);
}

/** Entropy-codes `count` coefficients to `out`; answers how many bytes that took. */
export function packBlock(from: i32, count: i32, codes: i32, lengths: i32, out: i32): i32 {
  const end = from + (count << 1);
  let at = from;
  sink = out;
  window = 0;
  held = 0;
  while (at < end) {
    const value = <i32>load<i16>(at);
    if (value == 0) {
      let run = runAt(at, end);
      at += run << 1;
      while (run > 0) {
        const part = min(run, MOST_RUN);
        if (part <= 100) putSymbol(codes, lengths, <i32>part, 0, 0);
        else if (part <= 0xff) putSymbol(codes, lengths, 105, <u32>part, 8);
        else putSymbol(codes, lengths, 106, <u32>part, 16);
        run -= part;
      }
      continue;
    }
    const symbol = symbolOf(value);
    const bits = symbol > 106 ? 0 : symbol <= 102 ? 8 : 16;
    putSymbol(codes, lengths, symbol, bits == 0 ? 0 : <u32>abs(value), bits);
    at += 2;
  }
  if (held > 0) put((1 << (8 - held)) - 1, 8 - held);
  return sink - out;
}
