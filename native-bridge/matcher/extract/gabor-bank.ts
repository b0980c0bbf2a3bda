import { TILE_HEIGHT_PX, TILE_WIDTH_PX } from '../kernels/reference/filter-tiles.ts';
import { FILTER_PERIODS_PX, ORIENTATION_STEPS, type FilterWidth } from '../parameters.ts';

export { TILE_HEIGHT_PX, TILE_WIDTH_PX };

/** Weights below this share of the largest are left out: they cost time and add less than rounding does. */
const NEGLIGIBLE_SHARE = 0.03;

/** Furthest tap from the centre, pixels; planes keep a border of at least that. */
const MAXIMUM_REACH_PX = 13;

/** Taps of one half-plane; the filter's other half is its mirror image (even) or its negative (odd). */
export interface FilterTaps {
  readonly dx: Int8Array;
  readonly dy: Int8Array;
  /** Q15. */
  readonly even: Int16Array;
  readonly odd: Int16Array;
}

interface RawTap {
  readonly dx: number;
  readonly dy: number;
  readonly envelope: number;
  readonly phaseRad: number;
}

function rawTaps(orientationRad: number, periodPx: number, width: FilterWidth): RawTap[] {
  const acrossPx = width.acrossPeriods * periodPx;
  const taps: RawTap[] = [];
  for (let dy = 0; dy <= MAXIMUM_REACH_PX; dy += 1) {
    for (let dx = dy === 0 ? 0 : -MAXIMUM_REACH_PX; dx <= MAXIMUM_REACH_PX; dx += 1) {
      const along = dx * Math.cos(orientationRad) + dy * Math.sin(orientationRad);
      const across = -dx * Math.sin(orientationRad) + dy * Math.cos(orientationRad);
      const envelope = Math.exp(-(along ** 2) / (2 * width.alongPx ** 2) - across ** 2 / (2 * acrossPx ** 2));
      if (envelope >= NEGLIGIBLE_SHARE) {
        taps.push({
          dx,
          dy,
          envelope: dx === 0 && dy === 0 ? 0.5 : envelope,
          phaseRad: (2 * Math.PI * across) / periodPx,
        });
      }
    }
  }
  return taps;
}

/**
 * A Gabor pair tuned to ridges of `orientationRad` (from x towards y) and `periodPx`: the even filter has no response to a
 * constant, and both have gain 1 for their own wave. The phase of (even, odd) grows along the normal (−sin, cos).
 */
export function gaborTaps(orientationRad: number, periodPx: number, width: FilterWidth): FilterTaps {
  const taps = rawTaps(orientationRad, periodPx, width);
  const total = (weight: (tap: RawTap) => number): number => taps.reduce((sum, tap) => sum + 2 * weight(tap), 0);
  const offset = total((tap) => tap.envelope * Math.cos(tap.phaseRad)) / total((tap) => tap.envelope);
  const evenWeight = (tap: RawTap): number => tap.envelope * (Math.cos(tap.phaseRad) - offset);
  const evenGain = total((tap) => evenWeight(tap) * Math.cos(tap.phaseRad));
  const oddGain = total((tap) => tap.envelope * Math.sin(tap.phaseRad) ** 2);
  return {
    dx: Int8Array.from(taps, (tap) => tap.dx),
    dy: Int8Array.from(taps, (tap) => tap.dy),
    even: Int16Array.from(taps, (tap) => Math.round((evenWeight(tap) / evenGain) * 32_768)),
    odd: Int16Array.from(taps, (tap) => Math.round(((-tap.envelope * Math.sin(tap.phaseRad)) / oddGain) * 32_768)),
  };
}

/** The filters of every orientation and period, in the order orientation × `FILTER_PERIODS_PX.length` + period. */
export function createGaborBank(width: FilterWidth): readonly FilterTaps[] {
  return Array.from({ length: ORIENTATION_STEPS * FILTER_PERIODS_PX.length }, (_, index) =>
    gaborTaps(
      (Math.floor(index / FILTER_PERIODS_PX.length) * Math.PI) / ORIENTATION_STEPS,
      FILTER_PERIODS_PX[index % FILTER_PERIODS_PX.length] ?? 9,
      width,
    ),
  );
}
