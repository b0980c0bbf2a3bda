/** The reference has the same limit. */
const MAXIMUM_SWEEPS: i32 = 24;

/** The bits of four words that a sub-iteration takes away; see the reference for the reasoning. */
function removable(at: usize, row: usize, isSecond: bool): v128 {
  const p2 = v128.load(at - row);
  const here = v128.load(at);
  const p6 = v128.load(at + row);
  const p3 = v128.or(i32x4.shr_u(p2, 1), i32x4.shl(v128.load(at - row + 4), 31));
  const p4 = v128.or(i32x4.shr_u(here, 1), i32x4.shl(v128.load(at + 4), 31));
  const p5 = v128.or(i32x4.shr_u(p6, 1), i32x4.shl(v128.load(at + row + 4), 31));
  const p7 = v128.or(i32x4.shl(p6, 1), i32x4.shr_u(v128.load(at + row - 4), 31));
  const p8 = v128.or(i32x4.shl(here, 1), i32x4.shr_u(v128.load(at - 4), 31));
  const p9 = v128.or(i32x4.shl(p2, 1), i32x4.shr_u(v128.load(at - row - 4), 31));
  const a = v128.andnot(v128.or(p3, p4), p2);
  const b = v128.andnot(v128.or(p5, p6), p4);
  const c = v128.andnot(v128.or(p7, p8), p6);
  const d = v128.andnot(v128.or(p9, p2), p8);
  const ab = v128.or(a, b);
  const cd = v128.or(c, d);
  const two = v128.or(v128.or(v128.and(a, b), v128.and(c, d)), v128.and(ab, cd));
  const one = v128.andnot(v128.or(ab, cd), two);
  const q1 = v128.or(p9, p2);
  const q2 = v128.or(p3, p4);
  const q3 = v128.or(p5, p6);
  const q4 = v128.or(p7, p8);
  const r1 = v128.or(p2, p3);
  const r2 = v128.or(p4, p5);
  const r3 = v128.or(p6, p7);
  const r4 = v128.or(p8, p9);
  const qTwo = v128.or(v128.or(v128.and(q1, q2), v128.and(q3, q4)), v128.and(v128.or(q1, q2), v128.or(q3, q4)));
  const rTwo = v128.or(v128.or(v128.and(r1, r2), v128.and(r3, r4)), v128.and(v128.or(r1, r2), v128.or(r3, r4)));
  const qFour = v128.and(v128.and(q1, q2), v128.and(q3, q4));
  const rFour = v128.and(v128.and(r1, r2), v128.and(r3, r4));
  const side = isSecond
    ? v128.and(v128.or(v128.or(p6, p7), v128.not(p9)), p8)
    : v128.and(v128.or(v128.or(p2, p3), v128.not(p5)), p4);
  const gone = v128.and(v128.and(here, one), v128.and(qTwo, rTwo));
  return v128.andnot(v128.andnot(gone, v128.and(qFour, rFour)), side);
}

/** See `Kernels.thin`. Rows must be whole v128s: `words` a multiple of 4. */
export function thin(plane: usize, scratch: usize, words: i32, rows: i32): void {
  const row = <usize>words << 2;
  const from = plane + row;
  const end = plane + row * <usize>(rows - 1);
  const shift = scratch - plane;
  for (let sweep = 0; sweep < MAXIMUM_SWEEPS; sweep++) {
    let changed = i32x4.splat(0);
    for (let half = 0; half < 2; half++) {
      for (let at = from; at < end; at += 16) {
        let gone = i32x4.splat(0);
        if (v128.any_true(v128.load(at))) gone = removable(at, row, half == 1);
        changed = v128.or(changed, gone);
        v128.store(at + shift, gone);
      }
      for (let at = from; at < end; at += 16) v128.store(at, v128.andnot(v128.load(at), v128.load(at + shift)));
    }
    if (!v128.any_true(changed)) return;
  }
}
