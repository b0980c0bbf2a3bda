// @ts-ignore: decorator of AssemblyScript
@inline
function binomial(before: v128, here: v128, after: v128): v128 {
  const sum = i16x8.add(i16x8.add(before, after), i16x8.add(i16x8.shl(here, 1), i16x8.splat(2)));
  return i16x8.shr_s(sum, 2);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function across(at: usize): v128 {
  return binomial(v128.load(at - 2), v128.load(at), v128.load(at + 2));
}

/** See `Kernels.soften`. */
export function soften(source: usize, stride: i32, columns: i32, rows: i32, target: usize): void {
  const row = <usize>stride << 1;
  for (let x = 0; x < columns; x += 8) {
    let at = source + (<usize>x << 1);
    let to = target + (<usize>x << 1);
    let above = across(at - row);
    let here = across(at);
    for (let y = 0; y < rows; y++) {
      const below = across(at + row);
      v128.store(to, binomial(above, here, below));
      above = here;
      here = below;
      at += row;
      to += row;
    }
  }
}
