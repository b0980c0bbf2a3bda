import type { KernelViews } from '../kernel-views.ts';

/** Width and height of a tile, pixels: one v128 of i16 by what fits the registers. */
export const TILE_WIDTH_PX = 8;
export const TILE_HEIGHT_PX = 4;

function saturate(value: number): number {
  return value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value;
}

/** The reference of `Kernels.filterTiles`: products are rounded to Q15 one by one, as i16x8.q15mulr_sat_s does. */
export function filterTiles(
  { i16, i32 }: KernelViews,
  source: number,
  stride: number,
  tiles: number,
  count: number,
  even: number,
  odd: number,
): void {
  for (let tile = tiles >> 2; tile < (tiles >> 2) + count * 3; tile += 3) {
    const offset = i32[tile];
    const taps = i32[tile + 1] >> 2;
    const tapEnd = taps + i32[tile + 2] * 2;
    for (let y = 0; y < TILE_HEIGHT_PX; y += 1) {
      for (let x = 0; x < TILE_WIDTH_PX; x += 1) {
        const here = offset + y * stride + x;
        const at = (source >> 1) + here;
        let evenSum = 0;
        let oddSum = 0;
        for (let tap = taps; tap < tapEnd; tap += 2) {
          const reach = i32[tap];
          const ahead = i16[at + reach];
          const behind = i16[at - reach];
          const evenWeight = i16[tap * 2 + 2];
          const oddWeight = i16[tap * 2 + 3];
          evenSum = saturate(evenSum + (((ahead + behind) * evenWeight + 0x4000) >> 15));
          oddSum = saturate(oddSum + (((ahead - behind) * oddWeight + 0x4000) >> 15));
        }
        i16[(even >> 1) + here] = evenSum;
        i16[(odd >> 1) + here] = oddSum;
      }
    }
  }
}
