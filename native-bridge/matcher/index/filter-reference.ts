import type { FilterKernel, FilterLimits, FilterPlaces } from './filter-kernel.ts';
import { ANGLE_BUCKETS, ANGLE_STEPS, CODE_BYTES } from './parameters.ts';

/** One probe cylinder and the gallery cylinder nearest to it, as a movement of the finger. */
interface Pair {
  readonly turn: number;
  readonly shiftX: number;
  readonly shiftY: number;
  readonly weight: number;
}

const BITS = Uint8Array.from({ length: 256 }, (_, byte) => {
  let bits = 0;
  for (let rest = byte; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
});

/** Bits of an angle that tell steps of one bucket apart. */
const BUCKET_SHIFT = Math.log2(ANGLE_STEPS / ANGLE_BUCKETS);

function distance(bytes: Uint8Array, left: number, right: number): number {
  let bits = 0;
  for (let at = 0; at < CODE_BYTES; at += 1) bits += BITS[(bytes[left + at] ?? 0) ^ (bytes[right + at] ?? 0)] ?? 0;
  return bits;
}

/** Difference of two buckets around the circle, at most half of it. */
function bucketsApart(left: number, right: number): number {
  const apart = Math.abs((left >> BUCKET_SHIFT) - (right >> BUCKET_SHIFT));
  return Math.min(apart, ANGLE_BUCKETS - apart);
}

function most(pairs: readonly Pair[], limits: FilterLimits): number {
  const agree = (one: Pair, other: Pair): boolean =>
    Math.abs(one.turn - other.turn) <= limits.turnLimitSteps &&
    Math.abs(one.shiftX - other.shiftX) <= limits.shiftLimitPx &&
    Math.abs(one.shiftY - other.shiftY) <= limits.shiftLimitPx;
  const sums = pairs.map((anchor) =>
    pairs.reduce((sum, other) => (agree(anchor, other) ? sum + other.weight : sum), 0),
  );
  return Math.max(0, ...sums);
}

function voteOnFinger(
  memory: ArrayBuffer,
  places: FilterPlaces,
  limits: FilterLimits,
  from: number,
  count: number,
): number {
  const bytes = new Uint8Array(memory);
  const words = new DataView(memory);
  const i16 = (place: number, index: number): number => words.getInt16(place + index * 2, true);
  const pairs: Pair[] = [];
  for (let own = 0; own < places.probeCount; own += 1) {
    const ownAngle = bytes[places.probeAngle + own] ?? 0;
    let nearest = 256;
    let partner = -1;
    for (let other = from; other < from + count; other += 1) {
      if (bucketsApart(ownAngle, bytes[places.angle + other] ?? 0) > limits.turnBuckets) continue;
      const bits = distance(bytes, places.probeCodes + own * CODE_BYTES, places.codes + other * CODE_BYTES);
      if (bits < nearest) {
        nearest = bits;
        partner = other;
      }
    }
    const weight = limits.reachBits - nearest;
    if (partner < 0 || weight <= 0) continue;
    const turn = ((bytes[places.angle + partner] ?? 0) - ownAngle) & (ANGLE_STEPS - 1);
    const cosine = i16(places.turns, turn * 2);
    const sine = i16(places.turns, turn * 2 + 1);
    const x = i16(places.probeX, own);
    const y = i16(places.probeY, own);
    pairs.push({
      turn: turn < ANGLE_STEPS / 2 ? turn : turn - ANGLE_STEPS,
      shiftX: i16(places.x, partner) - ((x * cosine - y * sine) >> 14),
      shiftY: i16(places.y, partner) - ((x * sine + y * cosine) >> 14),
      weight,
    });
  }
  return Math.min(65_535, most(pairs, limits));
}

/** The filter in TypeScript: what the WebAssembly kernel must equal, and what runs where it is missing. */
export function createFilterReference(memoryBytes: number): FilterKernel {
  const memory = new ArrayBuffer(memoryBytes);
  return {
    implementation: 'typescript',
    memory,
    vote(places, limits) {
      const starts = new Int32Array(memory, places.starts, places.fingers + 1);
      const votes = new Uint16Array(memory, places.votes, places.fingers);
      const first = starts[0];
      for (let finger = 0; finger < places.fingers; finger += 1) {
        const from = starts[finger] - first;
        votes[finger] = voteOnFinger(memory, places, limits, from, starts[finger + 1] - first - from);
      }
    },
  };
}
