// The filter's inner loops. The reference, with the reasons: native-bridge/matcher/index/filter-reference.ts.

// Offsets of the probe's block and of the scratch, bytes; the loader (filter-layout.ts) knows the same numbers.
const CODE: i32 = 32;

const BUCKETS: i32 = 32;

@inline
function distance(left: usize, a: u64, b: u64, c: u64, d: u64): i32 {
  return <i32>(
    (popcnt(load<u64>(left) ^ a) +
      popcnt(load<u64>(left, 8) ^ b) +
      popcnt(load<u64>(left, 16) ^ c) +
      popcnt(load<u64>(left, 24) ^ d))
  );
}

/** Smallest of `best` and (distance << 8 | index) over the codes `from..to`. */
@inline
function nearest(codes: usize, from: i32, to: i32, a: u64, b: u64, c: u64, d: u64, best: i32): i32 {
  for (let j = from; j < to; j++) {
    const key = (distance(codes + <usize>(j * CODE), a, b, c, d) << 8) | j;
    best = min(best, key);
  }
  return best;
}

/**
 * Votes on fingers `first..last` against one probe finger.
 * @param probe `count` codes, then angle (u8), x and y (i16) at the given addresses
 */
export function vote(
  probeCount: i32,
  probeCodes: usize,
  probeAngle: usize,
  probeX: usize,
  probeY: usize,
  fingers: i32,
  starts: usize,
  codes: usize,
  angle: usize,
  x: usize,
  y: usize,
  turns: usize,
  scratch: usize,
  halfWidth: i32,
  reach: i32,
  shiftLimit: i32,
  turnLimit: i32,
  votes: usize,
): void {
  const bucketStart = scratch;
  const pairTurn = scratch + 256;
  const pairX = scratch + 512;
  const pairY = scratch + 768;
  const pairWeight = scratch + 1024;
  const firstCylinder = load<i32>(starts);
  const nearShift = i16x8.splat(<i16>shiftLimit);
  const nearTurn = i16x8.splat(<i16>turnLimit);

  for (let finger = 0; finger < fingers; finger++) {
    const from = load<i32>(starts + <usize>(finger * 4)) - firstCylinder;
    const count = load<i32>(starts + <usize>(finger * 4 + 4)) - firstCylinder - from;
    const fingerCodes = codes + <usize>(from * CODE);
    const fingerAngle = angle + <usize>from;
    const fingerX = x + <usize>(from * 2);
    const fingerY = y + <usize>(from * 2);

    let next = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      while (next < count && <i32>load<u8>(fingerAngle + <usize>next) >> 3 < bucket) next++;
      store<u8>(bucketStart + <usize>bucket, <u8>next);
    }
    store<u8>(bucketStart + <usize>BUCKETS, <u8>count);

    let pairs = 0;
    for (let i = 0; i < probeCount; i++) {
      const code = probeCodes + <usize>(i * CODE);
      const a = load<u64>(code);
      const b = load<u64>(code, 8);
      const c = load<u64>(code, 16);
      const d = load<u64>(code, 24);
      const ownAngle = <i32>load<u8>(probeAngle + <usize>i);
      const low = (ownAngle >> 3) - halfWidth;
      const high = (ownAngle >> 3) + halfWidth + 1;
      let best = (256 << 8) | 255;
      const middleFrom = <i32>load<u8>(bucketStart + <usize>max(low, 0));
      const middleTo = <i32>load<u8>(bucketStart + <usize>min(high, BUCKETS));
      best = nearest(fingerCodes, middleFrom, middleTo, a, b, c, d, best);
      if (low < 0) {
        const wrapFrom = <i32>load<u8>(bucketStart + <usize>(low + BUCKETS));
        best = nearest(fingerCodes, wrapFrom, count, a, b, c, d, best);
      } else if (high > BUCKETS) {
        const wrapTo = <i32>load<u8>(bucketStart + <usize>(high - BUCKETS));
        best = nearest(fingerCodes, 0, wrapTo, a, b, c, d, best);
      }
      const weight = reach - (best >> 8);
      if (weight > 0) {
        const j = best & 255;
        const turn = (<i32>load<u8>(fingerAngle + <usize>j) - ownAngle) & 255;
        const cosine = <i32>load<i16>(turns + <usize>(turn * 4));
        const sine = <i32>load<i16>(turns + <usize>(turn * 4), 2);
        const px = <i32>load<i16>(probeX + <usize>(i * 2));
        const py = <i32>load<i16>(probeY + <usize>(i * 2));
        const at = <usize>(pairs * 2);
        store<i16>(pairTurn + at, <i16>((turn << 24) >> 24));
        store<i16>(pairX + at, <i16>(<i32>load<i16>(fingerX + <usize>(j * 2)) - ((px * cosine - py * sine) >> 14)));
        store<i16>(pairY + at, <i16>(<i32>load<i16>(fingerY + <usize>(j * 2)) - ((px * sine + py * cosine) >> 14)));
        store<i16>(pairWeight + at, <i16>weight);
        pairs++;
      }
    }

    const padded = (pairs + 7) & ~7;
    for (let pair = pairs; pair < padded; pair++) store<i16>(pairWeight + <usize>(pair * 2), 0);
    let most = 0;
    for (let anchor = 0; anchor < pairs; anchor++) {
      const at = <usize>(anchor * 2);
      const turn = i16x8.splat(load<i16>(pairTurn + at));
      const shiftX = i16x8.splat(load<i16>(pairX + at));
      const shiftY = i16x8.splat(load<i16>(pairY + at));
      let sum = i16x8.splat(0);
      for (let other = 0; other < padded; other += 8) {
        const here = <usize>(other * 2);
        const isNear = v128.and(
          v128.and(
            i16x8.le_s(i16x8.abs(i16x8.sub(v128.load(pairTurn + here), turn)), nearTurn),
            i16x8.le_s(i16x8.abs(i16x8.sub(v128.load(pairX + here), shiftX)), nearShift),
          ),
          i16x8.le_s(i16x8.abs(i16x8.sub(v128.load(pairY + here), shiftY)), nearShift),
        );
        sum = i16x8.add(sum, v128.and(v128.load(pairWeight + here), isNear));
      }
      const wide = i32x4.extadd_pairwise_i16x8_s(sum);
      const total =
        i32x4.extract_lane(wide, 0) +
        i32x4.extract_lane(wide, 1) +
        i32x4.extract_lane(wide, 2) +
        i32x4.extract_lane(wide, 3);
      most = max(most, total);
    }
    store<u16>(votes + <usize>(finger * 2), <u16>min(most, 65535));
  }
}
