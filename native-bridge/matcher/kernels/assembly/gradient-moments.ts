// @ts-ignore: decorator of AssemblyScript
@inline
function total(lanes: v128): i32 {
  return (
    i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3)
  );
}

// @ts-ignore: decorator of AssemblyScript
@inline
function pixels(at: usize): v128 {
  return i16x8.shr_s(v128.load(at), 4);
}

/** See `Kernels.gradientMoments`. */
export function gradientMoments(
  source: usize,
  stride: i32,
  columns: i32,
  rows: i32,
  differences: usize,
  products: usize,
  energies: usize,
): void {
  const row = <usize>stride << 1;
  for (let block = 0; block < columns * rows; block++) {
    let at = source + (<usize>((block / columns) * 8 * stride + (block % columns) * 8) << 1);
    let horizontal = i32x4.splat(0);
    let vertical = i32x4.splat(0);
    let product = i32x4.splat(0);
    for (let y = 0; y < 8; y++) {
      const northWest = pixels(at - row - 2);
      const northEast = pixels(at - row + 2);
      const southWest = pixels(at + row - 2);
      const southEast = pixels(at + row + 2);
      const rising = i16x8.sub(southEast, northWest);
      const falling = i16x8.sub(northEast, southWest);
      const across = i16x8.sub(pixels(at + 2), pixels(at - 2));
      const along = i16x8.sub(pixels(at + row), pixels(at - row));
      const gx = i16x8.add(i16x8.add(rising, falling), i16x8.shl(across, 1));
      const gy = i16x8.add(i16x8.sub(rising, falling), i16x8.shl(along, 1));
      horizontal = i32x4.add(horizontal, i32x4.dot_i16x8_s(gx, gx));
      vertical = i32x4.add(vertical, i32x4.dot_i16x8_s(gy, gy));
      product = i32x4.add(product, i32x4.dot_i16x8_s(gx, gy));
      at += row;
    }
    const target = <usize>block << 2;
    const sumX = total(horizontal);
    const sumY = total(vertical);
    store<f32>(differences + target, <f32>(sumX - sumY));
    store<f32>(products + target, <f32>(total(product) * 2));
    store<f32>(energies + target, <f32>(sumX + sumY));
  }
}
