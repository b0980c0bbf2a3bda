/** Largest absolute value of a normalised pixel; the reference has the same. */
const NORMALISED_LIMIT: i32 = 6000;

// @ts-ignore: decorator of AssemblyScript
@inline
function lanes(left: i32, right: i32, weightsLeft: v128, weightsRight: v128): v128 {
  return i32x4.shr_s(
    i32x4.add(i32x4.mul(i32x4.splat(left), weightsLeft), i32x4.mul(i32x4.splat(right), weightsRight)),
    6,
  );
}

// @ts-ignore: decorator of AssemblyScript
@inline
function normalised(pixels: v128, mean: v128, gain: v128): v128 {
  return i32x4.shr_s(i32x4.mul(i32x4.sub(mean, i32x4.shl(pixels, 6)), gain), 10);
}

/** See `Kernels.normalise`. */
export function normalise(
  source: usize,
  sourceStride: i32,
  columns: i32,
  rows: i32,
  means: usize,
  gains: usize,
  target: usize,
  targetStride: i32,
): void {
  const corners = columns + 1;
  const below = <usize>corners << 2;
  const limit = i16x8.splat(<i16>NORMALISED_LIMIT);
  const least = i16x8.splat(<i16>-NORMALISED_LIMIT);
  const firstLeft = i32x4(8, 7, 6, 5);
  const firstRight = i32x4(0, 1, 2, 3);
  const lastLeft = i32x4(4, 3, 2, 1);
  const lastRight = i32x4(4, 5, 6, 7);
  for (let y = 0; y < rows << 3; y++) {
    const down = y & 7;
    const up = 8 - down;
    for (let column = 0; column < columns; column++) {
      const corner = <usize>((y >> 3) * corners + column) << 2;
      const mean = means + corner;
      const gain = gains + corner;
      const meanLeft = load<i32>(mean) * up + load<i32>(mean + below) * down;
      const meanRight = load<i32>(mean + 4) * up + load<i32>(mean + 4 + below) * down;
      const gainLeft = load<i32>(gain) * up + load<i32>(gain + below) * down;
      const gainRight = load<i32>(gain + 4) * up + load<i32>(gain + 4 + below) * down;
      const pixels = v128.load_ext<u8>(source + <usize>(y * sourceStride + (column << 3)));
      const first = normalised(
        i32x4.extend_low_i16x8_u(pixels),
        lanes(meanLeft, meanRight, firstLeft, firstRight),
        lanes(gainLeft, gainRight, firstLeft, firstRight),
      );
      const last = normalised(
        i32x4.extend_high_i16x8_u(pixels),
        lanes(meanLeft, meanRight, lastLeft, lastRight),
        lanes(gainLeft, gainRight, lastLeft, lastRight),
      );
      const packed = i16x8.narrow_i32x4_s(first, last);
      v128.store(
        target + (<usize>(y * targetStride + (column << 3)) << 1),
        i16x8.max_s(least, i16x8.min_s(limit, packed)),
      );
    }
  }
}
