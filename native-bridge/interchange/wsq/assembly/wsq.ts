// The arithmetic of WSQ for WebAssembly. It is a second build of wsq/filter-bank.ts, wsq/quantise.ts,
// wsq/unpack-coefficients.ts and wsq/pack-coefficients.ts and must give the same bits: every sum is made in the same
// order, one rounding an operation. The caller (wsq/wasm-kernel.ts) lays out the memory and passes addresses.

/** Lanes that one column strip holds: sixteen samples are one cache line. */
const STRIP: i32 = 16;
const STRIP_BYTES: i32 = STRIP * 4;
/** Rows (or samples) of padding on either side of each half-rate source; the longest filter reaches two. */
const PADDING: i32 = 3;

// Right halves of the analysis filters: 9 taps low (a), 7 taps high (b).
let a0: f32 = 0;
let a1: f32 = 0;
let a2: f32 = 0;
let a3: f32 = 0;
let a4: f32 = 0;
let b0: f32 = 0;
let b1: f32 = 0;
let b2: f32 = 0;
let b3: f32 = 0;

/** Sets the filters for the calls that follow, from nine floats: five of the low-pass half, four of the high-pass half. */
export function setFilters(from: i32): void {
  a0 = load<f32>(from);
  a1 = load<f32>(from, 4);
  a2 = load<f32>(from, 8);
  a3 = load<f32>(from, 12);
  a4 = load<f32>(from, 16);
  b0 = load<f32>(from, 20);
  b1 = load<f32>(from, 24);
  b2 = load<f32>(from, 28);
  b3 = load<f32>(from, 32);
}

/** Where the heap begins: the caller may use everything from here on. */
export function heapBase(): i32 {
  return <i32>__heap_base;
}

// @ts-ignore: decorator
@inline
function term(sum: v128, weight: v128, at: i32): v128 {
  return f32x4.add(sum, f32x4.mul(weight, v128.load(at)));
}

/** Index inside 0…length−1 of a position outside it, by reflection about both ends. */
function reflect(position: i32, length: i32): i32 {
  const last = length - 1;
  let inside = position;
  while (inside < 0 || inside > last) inside = inside < 0 ? -inside : 2 * last - inside;
  return inside;
}

/** Fills the padding rows of both sources; `even` and `odd` are the addresses of row 0. */
function extend(even: i32, odd: i32, length: i32, rowBytes: i32): void {
  const end = 2 * (((length + 1) >> 1) + PADDING);
  for (let position: i32 = -2 * PADDING; position < end; position += 1) {
    if (position == 0) position = length;
    const inside = reflect(position, length);
    const source = (position & 1) == 0 ? even : odd;
    memory.copy(source + (position >> 1) * rowBytes, source + (inside >> 1) * rowBytes, rowBytes);
  }
}

// --- four outputs of each filter; `e` and `o` are addresses of the even and the odd source at the output's index, `r`
// --- the distance between one index and the next

// @ts-ignore: decorator
@inline
function analysisLow(e: i32, o: i32, r: i32): v128 {
  let sum = f32x4.mul(f32x4.splat(a4), v128.load(e - 2 * r));
  sum = term(sum, f32x4.splat(a3), o - 2 * r);
  sum = term(sum, f32x4.splat(a2), e - r);
  sum = term(sum, f32x4.splat(a1), o - r);
  sum = term(sum, f32x4.splat(a0), e);
  sum = term(sum, f32x4.splat(a1), o);
  sum = term(sum, f32x4.splat(a2), e + r);
  sum = term(sum, f32x4.splat(a3), o + r);
  return term(sum, f32x4.splat(a4), e + 2 * r);
}

// @ts-ignore: decorator
@inline
function analysisHigh(e: i32, o: i32, r: i32): v128 {
  let sum = f32x4.mul(f32x4.splat(b3), v128.load(e - r));
  sum = term(sum, f32x4.splat(b2), o - r);
  sum = term(sum, f32x4.splat(b1), e);
  sum = term(sum, f32x4.splat(b0), o);
  sum = term(sum, f32x4.splat(b1), e + r);
  sum = term(sum, f32x4.splat(b2), o + r);
  return term(sum, f32x4.splat(b3), e + 2 * r);
}

// @ts-ignore: decorator
@inline
function synthesisEven(l: i32, h: i32, r: i32): v128 {
  let sum = f32x4.mul(f32x4.splat(b2), v128.load(l - r));
  sum = term(sum, f32x4.splat(b0), l);
  sum = term(sum, f32x4.splat(b2), l + r);
  sum = term(sum, f32x4.splat(-a3), h - 2 * r);
  sum = term(sum, f32x4.splat(-a1), h - r);
  sum = term(sum, f32x4.splat(-a1), h);
  return term(sum, f32x4.splat(-a3), h + r);
}

// @ts-ignore: decorator
@inline
function synthesisOdd(l: i32, h: i32, r: i32): v128 {
  let sum = f32x4.mul(f32x4.splat(-b3), v128.load(l - r));
  sum = term(sum, f32x4.splat(-b1), l);
  sum = term(sum, f32x4.splat(-b1), l + r);
  sum = term(sum, f32x4.splat(-b3), l + 2 * r);
  sum = term(sum, f32x4.splat(a4), h - 2 * r);
  sum = term(sum, f32x4.splat(a2), h - r);
  sum = term(sum, f32x4.splat(a0), h);
  sum = term(sum, f32x4.splat(a2), h + r);
  return term(sum, f32x4.splat(a4), h + 2 * r);
}

// --- rows: the two sources and an output row lie in the work area

/** Splits `height` rows of `width` samples in place; the high half comes first when `isSwapped`. */
export function analyseRows(plane: i32, stride: i32, width: i32, height: i32, isSwapped: bool, work: i32): void {
  const low = (width + 1) >> 1;
  const high = width >> 1;
  const rowBytes: i32 = (low + 2 * PADDING + 8) << 2;
  const even = work + (PADDING << 2);
  const odd = even + rowBytes;
  const out = odd + rowBytes;
  const lowAt: i32 = isSwapped ? high << 2 : 0;
  const highAt: i32 = isSwapped ? 0 : low << 2;
  for (let y: i32 = 0; y < height; y += 1) {
    const row = plane + y * stride * 4;
    let x: i32 = 0;
    for (; x + 8 <= width; x += 8) {
      const first = v128.load(row + (x << 2));
      const second = v128.load(row + (x << 2), 16);
      v128.store(even + (x << 1), v128.shuffle<f32>(first, second, 0, 2, 4, 6));
      v128.store(odd + (x << 1), v128.shuffle<f32>(first, second, 1, 3, 5, 7));
    }
    for (; x < width; x += 1) {
      store<f32>(((x & 1) == 0 ? even : odd) + ((x >> 1) << 2), load<f32>(row + (x << 2)));
    }
    extend(even, odd, width, 4);
    for (let k: i32 = 0; k < low; k += 4) v128.store(out + (k << 2), analysisLow(even + (k << 2), odd + (k << 2), 4));
    memory.copy(row + lowAt, out, low << 2);
    for (let k: i32 = 0; k < high; k += 4) v128.store(out + (k << 2), analysisHigh(even + (k << 2), odd + (k << 2), 4));
    memory.copy(row + highAt, out, high << 2);
  }
}

/** Joins the halves of `height` rows of `width` samples in place. */
export function synthesiseRows(plane: i32, stride: i32, width: i32, height: i32, isSwapped: bool, work: i32): void {
  const low = (width + 1) >> 1;
  const high = width >> 1;
  const rowBytes: i32 = (low + 2 * PADDING + 8) << 2;
  const even = work + (PADDING << 2);
  const odd = even + rowBytes;
  const out = odd + rowBytes;
  const lowAt: i32 = isSwapped ? high << 2 : 0;
  const highAt: i32 = isSwapped ? 0 : low << 2;
  for (let y: i32 = 0; y < height; y += 1) {
    const row = plane + y * stride * 4;
    memory.copy(even, row + lowAt, low << 2);
    memory.copy(odd, row + highAt, high << 2);
    extend(even, odd, width, 4);
    for (let k: i32 = 0; k < low; k += 4) {
      const evens = synthesisEven(even + (k << 2), odd + (k << 2), 4);
      const odds = synthesisOdd(even + (k << 2), odd + (k << 2), 4);
      v128.store(out + (k << 3), v128.shuffle<f32>(evens, odds, 0, 4, 1, 5));
      v128.store(out + (k << 3), v128.shuffle<f32>(evens, odds, 2, 6, 3, 7), 16);
    }
    memory.copy(row, out, width << 2);
  }
}

// --- columns, in strips of sixteen

/** Copies `count` strip rows from the plane; rows are `stepBytes` apart there and one strip apart in the work area. */
function copyStripIn(from: i32, stepBytes: i32, count: i32, lanes: i32, to: i32): void {
  for (let k: i32 = 0; k < count; k += 1) {
    const source = from + k * stepBytes;
    const target = to + k * STRIP_BYTES;
    if (lanes == STRIP) {
      v128.store(target, v128.load(source));
      v128.store(target, v128.load(source, 16), 16);
      v128.store(target, v128.load(source, 32), 32);
      v128.store(target, v128.load(source, 48), 48);
    } else memory.copy(target, source, lanes << 2);
  }
}

/** Filters `count` strip rows straight into the plane, or through `spare` where a strip is narrower than sixteen. */
function filterStrip(kind: i32, even: i32, odd: i32, count: i32, to: i32, stepBytes: i32, lanes: i32, spare: i32): void {
  for (let k: i32 = 0; k < count; k += 1) {
    const target = to + k * stepBytes;
    const out = lanes == STRIP ? target : spare;
    const e = even + k * STRIP_BYTES;
    const o = odd + k * STRIP_BYTES;
    for (let lane: i32 = 0; lane < STRIP_BYTES; lane += 16) {
      let sum: v128;
      if (kind == 0) sum = analysisLow(e + lane, o + lane, STRIP_BYTES);
      else if (kind == 1) sum = analysisHigh(e + lane, o + lane, STRIP_BYTES);
      else if (kind == 2) sum = synthesisEven(e + lane, o + lane, STRIP_BYTES);
      else sum = synthesisOdd(e + lane, o + lane, STRIP_BYTES);
      v128.store(out + lane, sum);
    }
    if (lanes != STRIP) memory.copy(target, spare, lanes << 2);
  }
}

/** Splits `width` columns of `height` samples in place. */
export function analyseColumns(plane: i32, stride: i32, width: i32, height: i32, isSwapped: bool, work: i32): void {
  const low = (height + 1) >> 1;
  const high = height >> 1;
  const spare = work;
  const even = spare + STRIP_BYTES + PADDING * STRIP_BYTES;
  const odd = even + (low + 2 * PADDING) * STRIP_BYTES;
  const step = stride << 2;
  const lowAt = (isSwapped ? high : 0) * step;
  const highAt = (isSwapped ? 0 : low) * step;
  for (let x: i32 = 0; x < width; x += STRIP) {
    const lanes = min(STRIP, width - x);
    const at = plane + (x << 2);
    copyStripIn(at, 2 * step, low, lanes, even);
    copyStripIn(at + step, 2 * step, high, lanes, odd);
    extend(even, odd, height, STRIP_BYTES);
    filterStrip(0, even, odd, low, at + lowAt, step, lanes, spare);
    filterStrip(1, even, odd, high, at + highAt, step, lanes, spare);
  }
}

/** Joins the halves of `width` columns of `height` samples in place. */
export function synthesiseColumns(plane: i32, stride: i32, width: i32, height: i32, isSwapped: bool, work: i32): void {
  const low = (height + 1) >> 1;
  const high = height >> 1;
  const spare = work;
  const even = spare + STRIP_BYTES + PADDING * STRIP_BYTES;
  const odd = even + (low + 2 * PADDING) * STRIP_BYTES;
  const step = stride << 2;
  const lowAt = (isSwapped ? high : 0) * step;
  const highAt = (isSwapped ? 0 : low) * step;
  for (let x: i32 = 0; x < width; x += STRIP) {
    const lanes = min(STRIP, width - x);
    const at = plane + (x << 2);
    copyStripIn(at + lowAt, step, low, lanes, even);
    copyStripIn(at + highAt, step, high, lanes, odd);
    extend(even, odd, height, STRIP_BYTES);
    filterStrip(2, even, odd, low, at, 2 * step, lanes, spare);
    filterStrip(3, even, odd, high, at + step, 2 * step, lanes, spare);
  }
}

// --- grey levels

/** Levels to samples: (level − shift) ÷ scale. */
export function samplesOf(pixels: i32, count: i32, shift: f32, scale: f32, plane: i32): void {
  const shifts = f32x4.splat(shift);
  const scales = f32x4.splat(scale);
  let at: i32 = 0;
  for (; at + 4 <= count; at += 4) {
    const levels = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(pixels + at)));
    v128.store(plane + (at << 2), f32x4.div(f32x4.sub(f32x4.convert_i32x4_s(levels), shifts), scales));
  }
  for (; at < count; at += 1) store<f32>(plane + (at << 2), (<f32>load<u8>(pixels + at) - shift) / scale);
}

/** Samples to levels: sample × scale + shift, rounded, inside 0…255. May write over the plane from its start. */
export function levelsOf(plane: i32, count: i32, shift: f32, scale: f32, pixels: i32): void {
  const shifts = f32x4.splat(shift);
  const scales = f32x4.splat(scale);
  const half = f32x4.splat(0.5);
  let at: i32 = 0;
  for (; at + 4 <= count; at += 4) {
    const level = f32x4.add(f32x4.add(f32x4.mul(v128.load(plane + (at << 2)), scales), shifts), half);
    const whole = i32x4.trunc_sat_f32x4_s(level);
    const words = i16x8.narrow_i32x4_s(whole, whole);
    v128.store32_lane(pixels + at, i8x16.narrow_i16x8_u(words, words), 0);
  }
  for (; at < count; at += 1) {
    const level: f32 = load<f32>(plane + (at << 2)) * scale + shift + 0.5;
    store<u8>(pixels + at, level > 255 ? 255 : level > 0 ? <u8>level : 0);
  }
}

// --- bins

/** Variance of a rectangle: sums in row order, one sample at a time, as the reference does. */
export function variance(plane: i32, stride: i32, width: i32, height: i32): f32 {
  let sum: f32 = 0;
  let squares: f32 = 0;
  for (let y: i32 = 0; y < height; y += 1) {
    let at = plane + ((y * stride) << 2);
    for (const end = at + (width << 2); at < end; at += 4) {
      const sample = load<f32>(at);
      sum += sample;
      squares += sample * sample;
    }
  }
  const count = width * height;
  if (count < 2) return 0;
  return (squares - (sum * sum) / <f32>count) / <f32>(count - 1);
}

/** Bins of one band, row after row; answers the address after the last. */
export function quantiseBand(plane: i32, stride: i32, width: i32, height: i32, step: f32, halfZeroBin: f32, out: i32): i32 {
  const steps = f32x4.splat(step);
  const halves = f32x4.splat(halfZeroBin);
  const ones = f32x4.splat(1);
  const signs = i32x4.splat(0x8000_0000);
  const most = i32x4.splat(32_767);
  const least = i32x4.splat(-32_767);
  for (let y: i32 = 0; y < height; y += 1) {
    const row = plane + ((y * stride) << 2);
    let x: i32 = 0;
    for (; x + 4 <= width; x += 4) {
      const sample = v128.load(row + (x << 2));
      const sign = v128.and(sample, signs);
      const beyond = f32x4.gt(f32x4.abs(sample), halves);
      const scaled = f32x4.div(f32x4.sub(sample, v128.or(halves, sign)), steps);
      const whole = i32x4.trunc_sat_f32x4_s(f32x4.add(scaled, v128.or(ones, sign)));
      const bin = v128.and(i32x4.max_s(i32x4.min_s(whole, most), least), beyond);
      v128.store64_lane(out, i16x8.narrow_i32x4_s(bin, bin), 0);
      out += 8;
    }
    for (; x < width; x += 1) {
      const sample = load<f32>(row + (x << 2));
      let bin: i32 = 0;
      if (sample > halfZeroBin) bin = <i32>min<f32>((sample - halfZeroBin) / step + 1, 32_767);
      else if (sample < -halfZeroBin) bin = <i32>max<f32>((sample + halfZeroBin) / step - 1, -32_767);
      store<i16>(out, <i16>bin);
      out += 2;
    }
  }
  return out;
}

/** Puts the coefficients of one band back into the plane; answers the address after the last one read. */
export function dequantiseBand(from: i32, plane: i32, stride: i32, width: i32, height: i32, step: f32, centre: f32, halfZeroBin: f32): i32 {
  const steps = f32x4.splat(step);
  const centres = f32x4.splat(centre);
  const halves = f32x4.splat(halfZeroBin);
  const signs = i32x4.splat(0x8000_0000);
  for (let y: i32 = 0; y < height; y += 1) {
    const row = plane + ((y * stride) << 2);
    let x: i32 = 0;
    for (; x + 4 <= width; x += 4) {
      const bin = i32x4.extend_low_i16x8_s(v128.load64_zero(from));
      const sign = v128.and(bin, signs);
      const value = f32x4.sub(f32x4.convert_i32x4_s(bin), v128.or(centres, sign));
      const sample = f32x4.add(f32x4.mul(steps, value), v128.or(halves, sign));
      v128.store(row + (x << 2), v128.andnot(sample, i32x4.eq(bin, i32x4.splat(0))));
      from += 8;
    }
    for (; x < width; x += 1) {
      const bin = <f32>load<i16>(from);
      if (bin > 0) store<f32>(row + (x << 2), step * (bin - centre) + halfZeroBin);
      else if (bin < 0) store<f32>(row + (x << 2), step * (bin + centre) - halfZeroBin);
      from += 2;
    }
  }
  return from;
}

export { unpackBlock, countSymbols, packBlock } from './entropy';
