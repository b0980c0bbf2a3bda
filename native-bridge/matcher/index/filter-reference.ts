import type { FilterKernel, FilterLimits, FilterPlaces, VerifyLimits } from './filter-kernel.ts';
import { alignAndMatch } from './align-reference.ts';
import { codeDistance, signedTurn, type FilterMinutia, type FilterPair } from './filter-pair.ts';
import { ANGLE_BUCKETS, ANGLE_STEPS, CODE_BYTES } from './parameters.ts';

/** Bits of an angle that tell steps of one bucket apart. */
const BUCKET_SHIFT = Math.log2(ANGLE_STEPS / ANGLE_BUCKETS);

/** Difference of two buckets around the circle, at most half of it. */
function bucketsApart(left: number, right: number): number {
  const apart = Math.abs((left >> BUCKET_SHIFT) - (right >> BUCKET_SHIFT));
  return Math.min(apart, ANGLE_BUCKETS - apart);
}

function readMinutiae(
  memory: ArrayBuffer,
  at: { readonly codes: number; readonly angle: number; readonly x: number; readonly y: number },
  from: number,
  count: number,
): FilterMinutia[] {
  const bytes = new Uint8Array(memory);
  const i16 = new Int16Array(memory);
  return Array.from({ length: count }, (_, offset) => {
    const index = from + offset;
    const code = bytes.subarray(at.codes + index * CODE_BYTES, at.codes + (index + 1) * CODE_BYTES);
    return { code, angle: bytes[at.angle + index], x: i16[at.x / 2 + index], y: i16[at.y / 2 + index] };
  });
}

function collectPairs(
  probe: readonly FilterMinutia[],
  record: readonly FilterMinutia[],
  turns: Int16Array,
  limits: FilterLimits,
): FilterPair[] {
  const pairs: FilterPair[] = [];
  for (const own of probe) {
    let nearest = 256;
    let other: FilterMinutia | undefined;
    for (const candidate of record) {
      if (bucketsApart(own.angle, candidate.angle) > limits.turnBuckets) continue;
      const bits = codeDistance(own.code, candidate.code);
      if (bits >= nearest) continue;
      nearest = bits;
      other = candidate;
    }
    const weight = limits.reachBits - nearest;
    if (other === undefined || weight <= 0) continue;
    const steps = (other.angle - own.angle) & (ANGLE_STEPS - 1);
    const cosine = turns[steps * 2];
    const sine = turns[steps * 2 + 1];
    pairs.push({
      own,
      other,
      turn: signedTurn(steps),
      shiftX: other.x - ((own.x * cosine - own.y * sine) >> 14),
      shiftY: other.y - ((own.x * sine + own.y * cosine) >> 14),
      weight,
    });
  }
  return pairs;
}

/** Whether two pairs move the finger alike. */
export function movesAlike(one: FilterPair, other: FilterPair, limits: FilterLimits): boolean {
  return (
    Math.abs(one.turn - other.turn) <= limits.turnLimitSteps &&
    Math.abs(one.shiftX - other.shiftX) <= limits.shiftLimitPx &&
    Math.abs(one.shiftY - other.shiftY) <= limits.shiftLimitPx
  );
}

/** For each pair the weights of all pairs that move the finger as it does. */
function agreement(pairs: readonly FilterPair[], limits: FilterLimits): number[] {
  return pairs.map((anchor) =>
    pairs.reduce((sum, pair) => (movesAlike(anchor, pair, limits) ? sum + pair.weight : sum), 0),
  );
}

function verifyFinger(
  probe: readonly FilterMinutia[],
  record: readonly FilterMinutia[],
  turns: Int16Array,
  limits: VerifyLimits,
): number {
  const pairs = collectPairs(probe, record, turns, limits);
  const sums = agreement(pairs, limits);
  const agreeing = Math.max(0, ...sums);
  let best = 0;
  for (let round = 0; round < limits.rounds; round += 1) {
    const most = Math.max(0, ...sums);
    const anchor = most > 0 ? pairs[sums.indexOf(most)] : undefined;
    if (anchor === undefined) break;
    const alike = pairs.filter((pair) => movesAlike(anchor, pair, limits));
    for (const pair of alike) sums[pairs.indexOf(pair)] = 0;
    best = Math.max(best, alignAndMatch(probe, record, anchor, alike, turns, limits));
  }
  return Math.floor(Math.min(best + agreeing * limits.voteScale, 65_535));
}

/** The filter in TypeScript: what the WebAssembly kernel must equal, and what runs where it is missing. */
export function createFilterReference(memoryBytes: number): FilterKernel {
  const memory = new ArrayBuffer(memoryBytes);

  function eachFinger(
    places: FilterPlaces,
    score: (probe: readonly FilterMinutia[], record: readonly FilterMinutia[], turns: Int16Array) => number,
  ): void {
    const starts = new Int32Array(memory, places.starts, places.fingers + 1);
    const votes = new Uint16Array(memory, places.votes, places.fingers);
    const turns = new Int16Array(memory, places.turns, ANGLE_STEPS * 2);
    const own = { codes: places.probeCodes, angle: places.probeAngle, x: places.probeX, y: places.probeY };
    const probe = readMinutiae(memory, own, 0, places.probeCount);
    const first = starts[0];
    for (let finger = 0; finger < places.fingers; finger += 1) {
      const from = starts[finger] - first;
      votes[finger] = score(probe, readMinutiae(memory, places, from, starts[finger + 1] - first - from), turns);
    }
  }

  return {
    implementation: 'typescript',
    memory,
    vote(places, limits) {
      eachFinger(places, (probe, record, turns) =>
        Math.min(65_535, Math.max(0, ...agreement(collectPairs(probe, record, turns, limits), limits))),
      );
    },
    verify(places, limits) {
      eachFinger(places, (probe, record, turns) => verifyFinger(probe, record, turns, limits));
    },
  };
}
