/** See `Kernels.phases`. */
export function phases(even: usize, odd: usize, arctangents: usize, target: usize, length: i32): void {
  for (let index = 0; index < length; index++) {
    const cosine = <i32>load<i16>(even + (<usize>index << 1));
    const sine = <i32>load<i16>(odd + (<usize>index << 1));
    const width = abs(cosine);
    const height = abs(sine);
    const larger = max(width, height);
    let turn = 0;
    if (larger > 0) {
      const quotient = <f32>(min(width, height) * 256) / <f32>larger;
      turn = <i32>load<u8>(arctangents + <usize>(<i32>(quotient + <f32>0.5)));
      if (height > width) turn = 64 - turn;
      if (cosine < 0) turn = 128 - turn;
      if (sine < 0) turn = -turn;
    }
    store<u8>(target + <usize>index, <u8>turn);
  }
}
