/** Rows of a tile; its width is the 8 lanes of a v128 of i16. */
const TILE_HEIGHT: usize = 4;

/** See `Kernels.filterTiles`: eight pixels at once, four rows sharing the weights of a tap. */
export function filterTiles(source: usize, stride: i32, tiles: usize, count: i32, even: usize, odd: usize): void {
  const row = <usize>stride << 1;
  for (let tile = 0; tile < count; tile++) {
    const record = tiles + <usize>tile * 12;
    const offset = <isize>load<i32>(record) << 1;
    const taps = <usize>load<i32>(record, 4);
    const tapEnd = taps + (<usize>load<i32>(record, 8) << 3);
    const at0 = source + offset;
    const at1 = at0 + row;
    const at2 = at1 + row;
    const at3 = at2 + row;
    let even0 = i16x8.splat(0);
    let even1 = even0;
    let even2 = even0;
    let even3 = even0;
    let odd0 = even0;
    let odd1 = even0;
    let odd2 = even0;
    let odd3 = even0;
    for (let tap = taps; tap < tapEnd; tap += 8) {
      const reach = <isize>load<i32>(tap) << 1;
      const evenWeight = v128.load16_splat(tap, 4);
      const oddWeight = v128.load16_splat(tap, 6);
      let ahead = v128.load(at0 + reach);
      let behind = v128.load(at0 - reach);
      even0 = i16x8.add_sat_s(even0, i16x8.q15mulr_sat_s(i16x8.add(ahead, behind), evenWeight));
      odd0 = i16x8.add_sat_s(odd0, i16x8.q15mulr_sat_s(i16x8.sub(ahead, behind), oddWeight));
      ahead = v128.load(at1 + reach);
      behind = v128.load(at1 - reach);
      even1 = i16x8.add_sat_s(even1, i16x8.q15mulr_sat_s(i16x8.add(ahead, behind), evenWeight));
      odd1 = i16x8.add_sat_s(odd1, i16x8.q15mulr_sat_s(i16x8.sub(ahead, behind), oddWeight));
      ahead = v128.load(at2 + reach);
      behind = v128.load(at2 - reach);
      even2 = i16x8.add_sat_s(even2, i16x8.q15mulr_sat_s(i16x8.add(ahead, behind), evenWeight));
      odd2 = i16x8.add_sat_s(odd2, i16x8.q15mulr_sat_s(i16x8.sub(ahead, behind), oddWeight));
      ahead = v128.load(at3 + reach);
      behind = v128.load(at3 - reach);
      even3 = i16x8.add_sat_s(even3, i16x8.q15mulr_sat_s(i16x8.add(ahead, behind), evenWeight));
      odd3 = i16x8.add_sat_s(odd3, i16x8.q15mulr_sat_s(i16x8.sub(ahead, behind), oddWeight));
    }
    let target = even + offset;
    v128.store(target, even0);
    v128.store(target + row, even1);
    v128.store(target + row * 2, even2);
    v128.store(target + row * (TILE_HEIGHT - 1), even3);
    target = odd + offset;
    v128.store(target, odd0);
    v128.store(target + row, odd1);
    v128.store(target + row * 2, odd2);
    v128.store(target + row * (TILE_HEIGHT - 1), odd3);
  }
}
