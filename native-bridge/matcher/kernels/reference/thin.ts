import type { KernelViews } from '../kernel-views.ts';

/** Sub-iterations after which thinning stops: lines of 2 × this width have become thin by then. */
const MAXIMUM_SWEEPS = 24;

/**
 * The bits of a word that one sub-iteration of Guo and Hall takes away, 32 pixels at once. Neighbours p2 … p9 run
 * clockwise from the north; `isSecond` exchanges the pair of sides from which the sub-iteration eats.
 */
function removable(plane: Uint32Array, at: number, words: number, isSecond: boolean): number {
  const north = plane[at - words];
  const here = plane[at];
  const south = plane[at + words];
  const p2 = north;
  const p3 = (north >>> 1) | (plane[at - words + 1] << 31);
  const p4 = (here >>> 1) | (plane[at + 1] << 31);
  const p5 = (south >>> 1) | (plane[at + words + 1] << 31);
  const p6 = south;
  const p7 = (south << 1) | (plane[at + words - 1] >>> 31);
  const p8 = (here << 1) | (plane[at - 1] >>> 31);
  const p9 = (north << 1) | (plane[at - words - 1] >>> 31);
  // Exactly one of the four corner groups may start a line here: C = 1.
  const a = ~p2 & (p3 | p4);
  const b = ~p4 & (p5 | p6);
  const c = ~p6 & (p7 | p8);
  const d = ~p8 & (p9 | p2);
  const two = (a & b) | (c & d) | ((a | b) & (c | d));
  const one = (a | b | c | d) & ~two;
  // N = min(N1, N2) must be 2 or 3, each being a sum of four bits.
  const [q1, q2, q3, q4] = [p9 | p2, p3 | p4, p5 | p6, p7 | p8];
  const [r1, r2, r3, r4] = [p2 | p3, p4 | p5, p6 | p7, p8 | p9];
  const atLeastTwo =
    ((q1 & q2) | (q3 & q4) | ((q1 | q2) & (q3 | q4))) & ((r1 & r2) | (r3 & r4) | ((r1 | r2) & (r3 | r4)));
  const isFour = q1 & q2 & q3 & q4 & r1 & r2 & r3 & r4;
  const side = isSecond ? (p6 | p7 | ~p9) & p8 : (p2 | p3 | ~p5) & p4;
  return here & one & atLeastTwo & ~isFour & ~side;
}

/** The reference of `Kernels.thin`. */
export function thin({ u32 }: KernelViews, plane: number, scratch: number, words: number, rows: number): void {
  const length = words * rows;
  const bits = u32.subarray(plane >> 2, (plane >> 2) + length);
  const gone = u32.subarray(scratch >> 2, (scratch >> 2) + length);
  for (let sweep = 0; sweep < MAXIMUM_SWEEPS; sweep += 1) {
    let changed = 0;
    for (const isSecond of [false, true]) {
      for (let at = words; at < length - words; at += 1) {
        gone[at] = bits[at] === 0 ? 0 : removable(bits, at, words, isSecond);
        changed |= gone[at];
      }
      for (let at = words; at < length - words; at += 1) bits[at] &= ~gone[at];
    }
    if (changed === 0) return;
  }
}
