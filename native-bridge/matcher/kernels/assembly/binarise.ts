// @ts-ignore: decorator of AssemblyScript
@inline
function eightBits(at: usize): i32 {
  return i16x8.bitmask(i16x8.gt_s(v128.load(at), i16x8.splat(0)));
}

/** See `Kernels.binarise`. */
export function binarise(source: usize, stride: i32, words: i32, rows: i32, target: usize, targetWords: i32): void {
  for (let row = 0; row < rows; row++) {
    for (let word = 0; word < words; word++) {
      const at = source + (<usize>(row * stride + (word << 5)) << 1);
      store<i32>(
        target + (<usize>(row * targetWords + word) << 2),
        eightBits(at) | (eightBits(at + 16) << 8) | (eightBits(at + 32) << 16) | (eightBits(at + 48) << 24),
      );
    }
  }
}
