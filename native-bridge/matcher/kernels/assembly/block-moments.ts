/** See `Kernels.blockMoments`. */
export function blockMoments(source: usize, stride: i32, columns: i32, rows: i32, sums: usize, squares: usize): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let at = source + <usize>(row * 8 * stride + column * 8);
      let sum = i16x8.splat(0);
      let square = i32x4.splat(0);
      for (let y = 0; y < 8; y++) {
        const pixels = v128.load_ext<u8>(at);
        sum = i16x8.add(sum, pixels);
        square = i32x4.add(square, i32x4.dot_i16x8_s(pixels, pixels));
        at += stride;
      }
      const pairs = i32x4.extadd_pairwise_i16x8_s(sum);
      const block = <usize>(row * columns + column) << 2;
      store<i32>(sums + block, total(pairs));
      store<i32>(squares + block, total(square));
    }
  }
}

// @ts-ignore: decorator of AssemblyScript
@inline
function total(lanes: v128): i32 {
  return (
    i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3)
  );
}
