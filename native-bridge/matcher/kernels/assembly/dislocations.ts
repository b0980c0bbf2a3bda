/** The reference has the same. */
const NO_TILE: i32 = 255;
const OPPOSITE_STEPS: i32 = 16;

// @ts-ignore: decorator of AssemblyScript
@inline
function aligned(phase: i32, step: i32, reference: i32): i32 {
  return abs(step - reference) > OPPOSITE_STEPS ? -phase : phase;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function wrapped(difference: i32): i32 {
  return ((difference + 128) & 255) - 128;
}

/** See `Kernels.dislocations`. */
export function dislocations(
  phases: usize,
  stride: i32,
  columns: i32,
  rows: i32,
  orientations: usize,
  target: usize,
  limit: i32,
): i32 {
  const tileColumns = columns >> 3;
  let count = 0;
  for (let y = 0; y < rows - 1; y++) {
    const here = orientations + <usize>((y >> 2) * tileColumns);
    const below = orientations + <usize>(((y + 1) >> 2) * tileColumns);
    for (let x = 0; x < columns - 1; x++) {
      const step = <i32>load<u8>(here + <usize>(x >> 3));
      if (step == NO_TILE) {
        x |= 7;
        continue;
      }
      const east = <i32>load<u8>(here + <usize>((x + 1) >> 3));
      const south = <i32>load<u8>(below + <usize>(x >> 3));
      const southEast = <i32>load<u8>(below + <usize>((x + 1) >> 3));
      if (east == NO_TILE || south == NO_TILE || southEast == NO_TILE) continue;
      const at = phases + <usize>(y * stride + x);
      const p0 = <i32>load<u8>(at);
      const p1 = aligned(<i32>load<u8>(at + 1), east, step);
      const p2 = aligned(<i32>load<u8>(at + <usize>stride + 1), southEast, step);
      const p3 = aligned(<i32>load<u8>(at + <usize>stride), south, step);
      const turns = wrapped(p1 - p0) + wrapped(p2 - p1) + wrapped(p3 - p2) + wrapped(p0 - p3);
      if (turns == 0 || count == limit) continue;
      const record = target + <usize>(count * 12);
      store<i32>(record, x);
      store<i32>(record, y, 4);
      store<i32>(record, turns > 0 ? 1 : -1, 8);
      count++;
    }
  }
  return count;
}
