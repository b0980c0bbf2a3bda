// AssemblyScript: the filterings of a growing master, eight 16-bit cells at a time. The same integers as
// reference-grow-kernel.ts. All addresses are bytes; the caller lays the memory out.

/** Taps of one filter row in memory, and rows of a filter: FILTER_STRIDE and FILTER_ROWS of the reference. */
const ROW_BYTES: usize = 32;
const FILTER_ROWS: usize = 13;

function row(cells: usize, taps: usize, index: usize, stride: usize, sum: v128): v128 {
  const cell = cells + index * stride;
  const tap = taps + index * ROW_BYTES;
  const low = i32x4.dot_i16x8_s(v128.load(cell), v128.load(tap));
  const high = i32x4.dot_i16x8_s(v128.load(cell, 16), v128.load(tap, 16));
  return i32x4.add(sum, i32x4.add(low, high));
}

/** Filters the cells `start` to `end` of one row. `from` and `to` point at column 0 of the row, `numbers` at its filters. */
function growRow(
  from: usize,
  to: usize,
  numbers: usize,
  start: i32,
  end: i32,
  stride: usize,
  filters: usize,
  radius: usize,
  shift: i32,
  limit: i32,
): void {
  const rounding = 1 << (shift - 1);
  for (let column = start; column < end; column++) {
    const taps = filters + <usize>load<u16>(numbers + ((<usize>column) << 1)) * (ROW_BYTES * FILTER_ROWS);
    const cells = from + ((<usize>column) << 1) - (radius << 1) - radius * stride;
    let even = i32x4.splat(0);
    let odd = i32x4.splat(0);
    even = row(cells, taps, 0, stride, even);
    odd = row(cells, taps, 1, stride, odd);
    even = row(cells, taps, 2, stride, even);
    odd = row(cells, taps, 3, stride, odd);
    even = row(cells, taps, 4, stride, even);
    odd = row(cells, taps, 5, stride, odd);
    even = row(cells, taps, 6, stride, even);
    odd = row(cells, taps, 7, stride, odd);
    even = row(cells, taps, 8, stride, even);
    odd = row(cells, taps, 9, stride, odd);
    even = row(cells, taps, 10, stride, even);
    odd = row(cells, taps, 11, stride, odd);
    even = row(cells, taps, 12, stride, even);
    const lanes = i32x4.add(even, odd);
    const sum =
      i32x4.extract_lane(lanes, 0) +
      i32x4.extract_lane(lanes, 1) +
      i32x4.extract_lane(lanes, 2) +
      i32x4.extract_lane(lanes, 3);
    const value = (sum + rounding) >> shift;
    store<i16>(to + ((<usize>column) << 1), <i16>min(limit, max(-limit, value)));
  }
}

/** One filtering of a whole field: `from` and `to` point at its cell (0, 0), `starts` and `ends` at 32-bit columns. */
export function growField(
  from: usize,
  to: usize,
  numbers: usize,
  starts: usize,
  ends: usize,
  rows: i32,
  columns: usize,
  stride: usize,
  filters: usize,
  radius: usize,
  shift: i32,
  limit: i32,
): void {
  for (let index = 0; index < rows; index++) {
    const at = <usize>index;
    const start = load<i32>(starts + (at << 2));
    const end = load<i32>(ends + (at << 2));
    const line = numbers + ((at * columns) << 1);
    growRow(from + at * stride, to + at * stride, line, start, end, stride, filters, radius, shift, limit);
  }
}
