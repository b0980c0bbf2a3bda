import type { WsqFilters } from './wsq-frame.ts';

/** One multiplication of a polyphase filter: sample `index + offset` of the even (0) or odd (1) source. */
export interface Tap {
  readonly phase: 0 | 1;
  readonly offset: number;
  readonly weight: number;
}

/** The two half-rate filters of one direction of the transform; the order of taps is the order of addition. */
export interface FilterPair {
  readonly even: readonly Tap[];
  readonly odd: readonly Tap[];
  /** Samples of padding that the taps reach into, on either side of each source. */
  readonly padding: number;
}

/** The pair that splits a signal: even outputs are the low half, odd outputs the high half. */
export function analysisPair(filters: WsqFilters): FilterPair {
  return pairOf(tapsAround(0, filters.low, [0, 1], false), tapsAround(1, filters.high, [0, 1], false));
}

/**
 * The pair that joins the halves again: phase 0 is the low half. The filters are the analysis filters exchanged, with
 * every second tap negated. Low taps are added before high ones, which gives the reference decoder's pixels (measured).
 */
export function synthesisPair(filters: WsqFilters): FilterPair {
  const at = (centre: 0 | 1): Tap[] => [
    ...tapsAround(centre, filters.high, [0], true),
    ...tapsAround(centre, filters.low, [1], true),
  ];
  return pairOf(at(0), at(1));
}

function pairOf(even: readonly Tap[], odd: readonly Tap[]): FilterPair {
  const reach = Math.max(...[...even, ...odd].map((tap) => Math.abs(tap.offset)));
  return { even, odd, padding: reach + 1 };
}

/** Taps around full-rate position `centre`, from the lowest sample up, taken from the given phases only. */
function tapsAround(centre: 0 | 1, half: ArrayLike<number>, phases: readonly (0 | 1)[], isAlternating: boolean): Tap[] {
  const taps: Tap[] = [];
  const radius = half.length - 1;
  for (let distance = -radius; distance <= radius; distance += 1) {
    const position = centre + distance;
    const phase = (position & 1) === 0 ? 0 : 1;
    const size = Math.fround(half[Math.abs(distance)] ?? 0);
    const isFlipped = isAlternating && (distance & 1) !== 0;
    if (phases.includes(phase)) taps.push({ phase, offset: (position - phase) / 2, weight: isFlipped ? -size : size });
  }
  return taps;
}
