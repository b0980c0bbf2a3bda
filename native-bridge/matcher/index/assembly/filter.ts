// The filter's inner loops. The reference, with the reasons: native-bridge/matcher/index/filter-reference.ts. Both leave
// the same votes. Places of the scratch memory: 64 pairs at most, of i16, i32 or u8 each.

const CODE: i32 = 32;
const BUCKETS: i32 = 32;
const BUCKET_SHIFT: i32 = 3;

const BUCKET_START: usize = 0;
const PAIR_TURN: usize = 64;
const PAIR_X: usize = 192;
const PAIR_Y: usize = 320;
const PAIR_WEIGHT: usize = 448;
const PAIR_OWN: usize = 576;
const PAIR_OTHER: usize = 640;
const SUMS: usize = 704;
const NEAREST: usize = 960;
const TAKEN: usize = 1088;
const ANGLES: usize = 1216;
const OPEN: usize = 1344;

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

@inline
function signed(turn: i32): i32 {
  return (turn << 24) >> 24;
}

/** Pairs each probe cylinder with its nearest code among those of a similar angle; returns the number of pairs. */
@inline
function collectPairs(
  probeCount: i32,
  probeCodes: usize,
  probeAngle: usize,
  probeX: usize,
  probeY: usize,
  count: i32,
  codes: usize,
  angle: usize,
  x: usize,
  y: usize,
  turns: usize,
  scratch: usize,
  halfWidth: i32,
  reach: i32,
): i32 {
  const bucketStart = scratch + BUCKET_START;
  let next = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    while (next < count && <i32>load<u8>(angle + <usize>next) >> BUCKET_SHIFT < bucket) next++;
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
    const low = (ownAngle >> BUCKET_SHIFT) - halfWidth;
    const high = (ownAngle >> BUCKET_SHIFT) + halfWidth + 1;
    let best = (256 << 8) | 255;
    const middleFrom = <i32>load<u8>(bucketStart + <usize>max(low, 0));
    const middleTo = <i32>load<u8>(bucketStart + <usize>min(high, BUCKETS));
    best = nearest(codes, middleFrom, middleTo, a, b, c, d, best);
    if (low < 0) {
      const wrapFrom = <i32>load<u8>(bucketStart + <usize>(low + BUCKETS));
      best = nearest(codes, wrapFrom, count, a, b, c, d, best);
    } else if (high > BUCKETS) {
      const wrapTo = <i32>load<u8>(bucketStart + <usize>(high - BUCKETS));
      best = nearest(codes, 0, wrapTo, a, b, c, d, best);
    }
    const weight = reach - (best >> 8);
    if (weight <= 0) continue;
    const j = best & 255;
    const turn = (<i32>load<u8>(angle + <usize>j) - ownAngle) & 255;
    const cosine = <i32>load<i16>(turns + <usize>(turn * 4));
    const sine = <i32>load<i16>(turns + <usize>(turn * 4), 2);
    const px = <i32>load<i16>(probeX + <usize>(i * 2));
    const py = <i32>load<i16>(probeY + <usize>(i * 2));
    const at = scratch + <usize>(pairs * 2);
    store<i16>(at, <i16>signed(turn), PAIR_TURN);
    store<i16>(at, <i16>(<i32>load<i16>(x + <usize>(j * 2)) - ((px * cosine - py * sine) >> 14)), PAIR_X);
    store<i16>(at, <i16>(<i32>load<i16>(y + <usize>(j * 2)) - ((px * sine + py * cosine) >> 14)), PAIR_Y);
    store<i16>(at, <i16>weight, PAIR_WEIGHT);
    store<u8>(scratch + <usize>pairs, <u8>i, PAIR_OWN);
    store<u8>(scratch + <usize>pairs, <u8>j, PAIR_OTHER);
    pairs++;
  }
  for (let pair = pairs; pair < ((pairs + 7) & ~7); pair++) store<i16>(scratch + <usize>(pair * 2), 0, PAIR_WEIGHT);
  return pairs;
}

/** Adds up, for each pair, the weights of the pairs that move the finger alike; returns the largest sum. */
@inline
function agree(pairs: i32, scratch: usize, shiftLimit: i32, turnLimit: i32): i32 {
  const nearShift = i16x8.splat(<i16>shiftLimit);
  const nearTurn = i16x8.splat(<i16>turnLimit);
  let most = 0;
  for (let anchor = 0; anchor < pairs; anchor++) {
    const at = scratch + <usize>(anchor * 2);
    const turn = i16x8.splat(load<i16>(at, PAIR_TURN));
    const shiftX = i16x8.splat(load<i16>(at, PAIR_X));
    const shiftY = i16x8.splat(load<i16>(at, PAIR_Y));
    let sum = i16x8.splat(0);
    for (let other = 0; other < pairs; other += 8) {
      const here = scratch + <usize>(other * 2);
      const isNear = v128.and(
        v128.and(
          i16x8.le_s(i16x8.abs(i16x8.sub(v128.load(here, PAIR_TURN), turn)), nearTurn),
          i16x8.le_s(i16x8.abs(i16x8.sub(v128.load(here, PAIR_X), shiftX)), nearShift),
        ),
        i16x8.le_s(i16x8.abs(i16x8.sub(v128.load(here, PAIR_Y), shiftY)), nearShift),
      );
      sum = i16x8.add(sum, v128.and(v128.load(here, PAIR_WEIGHT), isNear));
    }
    const wide = i32x4.extadd_pairwise_i16x8_s(sum);
    const total =
      i32x4.extract_lane(wide, 0) +
      i32x4.extract_lane(wide, 1) +
      i32x4.extract_lane(wide, 2) +
      i32x4.extract_lane(wide, 3);
    store<i32>(scratch + <usize>(anchor * 4), total, SUMS);
    most = max(most, total);
  }
  return most;
}

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
  const firstCylinder = load<i32>(starts);
  for (let finger = 0; finger < fingers; finger++) {
    const from = load<i32>(starts + <usize>(finger * 4)) - firstCylinder;
    const count = load<i32>(starts + <usize>(finger * 4 + 4)) - firstCylinder - from;
    const pairs = collectPairs(
      probeCount,
      probeCodes,
      probeAngle,
      probeX,
      probeY,
      count,
      codes + <usize>(from * CODE),
      angle + <usize>from,
      x + <usize>(from * 2),
      y + <usize>(from * 2),
      turns,
      scratch,
      halfWidth,
      reach,
    );
    const most = agree(pairs, scratch, shiftLimit, turnLimit);
    store<u16>(votes + <usize>(finger * 2), <u16>min(most, 65535));
  }
}

let cosine: f64 = 1;
let sine: f64 = 0;
let moveX: f64 = 0;
let moveY: f64 = 0;

/** Sums of a weighted fit: weight, probe and gallery places, their inner and outer products. */
let sumW: f64 = 0;
let sumPX: f64 = 0;
let sumPY: f64 = 0;
let sumGX: f64 = 0;
let sumGY: f64 = 0;
let sumInner: f64 = 0;
let sumOuter: f64 = 0;

@inline
function beginFit(): void {
  sumW = 0;
  sumPX = 0;
  sumPY = 0;
  sumGX = 0;
  sumGY = 0;
  sumInner = 0;
  sumOuter = 0;
}

@inline
function addToFit(weight: f64, px: f64, py: f64, gx: f64, gy: f64): void {
  sumW += weight;
  sumPX += weight * px;
  sumPY += weight * py;
  sumGX += weight * gx;
  sumGY += weight * gy;
  sumInner += weight * (px * gx + py * gy);
  sumOuter += weight * (px * gy - py * gx);
}

@inline
function endFit(prior: f64, priorCosine: f64, priorSine: f64): void {
  const inner = sumInner - (sumPX * sumGX + sumPY * sumGY) / sumW + prior * sumW * priorCosine;
  const outer = sumOuter - (sumPX * sumGY - sumPY * sumGX) / sumW + prior * sumW * priorSine;
  const length = sqrt(inner * inner + outer * outer);
  cosine = length > 0 ? inner / length : 1;
  sine = length > 0 ? outer / length : 0;
  moveX = (sumGX - (cosine * sumPX - sine * sumPY)) / sumW;
  moveY = (sumGY - (sine * sumPX + cosine * sumPY)) / sumW;
}

/** Smallest of eight lanes, none below zero. */
@inline
function least(lanes: v128): i32 {
  let low = i16x8.min_s(lanes, v128.shuffle<u8>(lanes, lanes, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  low = i16x8.min_s(low, v128.shuffle<u8>(low, low, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11));
  low = i16x8.min_s(low, v128.shuffle<u8>(low, low, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13));
  return <i32>i16x8.extract_lane_s(low, 0);
}

/** Verifies fingers against one probe finger; see the reference. */
export function verify(
  probeCount: i32,
  probeCodes: usize,
  probeAngle: usize,
  probeX: usize,
  probeY: usize,
  fingers: i32,
  starts: usize,
  allCodes: usize,
  allAngle: usize,
  allX: usize,
  allY: usize,
  turns: usize,
  scratch: usize,
  halfWidth: i32,
  reach: i32,
  shiftLimit: i32,
  turnLimit: i32,
  votes: usize,
  rounds: i32,
  wideSquared: i32,
  closeSquared: i32,
  angleLimit: i32,
  overlapSquared: i32,
  likenessBits: i32,
  turnPrior: f64,
  scale: f64,
  voteScale: f64,
): void {
  const firstCylinder = load<i32>(starts);
  const farthest = i16x8.splat(127);
  const farthestBelow = i16x8.splat(-127);
  for (let finger = 0; finger < fingers; finger++) {
    const from = load<i32>(starts + <usize>(finger * 4)) - firstCylinder;
    const count = load<i32>(starts + <usize>(finger * 4 + 4)) - firstCylinder - from;
    const codes = allCodes + <usize>(from * CODE);
    const angle = allAngle + <usize>from;
    const x = allX + <usize>(from * 2);
    const y = allY + <usize>(from * 2);
    const pairs = collectPairs(
      probeCount,
      probeCodes,
      probeAngle,
      probeX,
      probeY,
      count,
      codes,
      angle,
      x,
      y,
      turns,
      scratch,
      halfWidth,
      reach,
    );
    const agreement = agree(pairs, scratch, shiftLimit, turnLimit);
    const vectors = (count + 7) >> 3;
    for (let j = 0; j < count; j++) store<i16>(scratch + <usize>(j * 2), <i16>load<u8>(angle + <usize>j), ANGLES);

    let best: f64 = 0;
    for (let round = 0; round < rounds; round++) {
      let anchor = -1;
      let most = 0;
      for (let pair = 0; pair < pairs; pair++) {
        const sum = load<i32>(scratch + <usize>(pair * 4), SUMS);
        if (sum > most) {
          most = sum;
          anchor = pair;
        }
      }
      if (anchor < 0) break;
      const anchorAt = scratch + <usize>(anchor * 2);
      const turn = <i32>load<i16>(anchorAt, PAIR_TURN);
      const shiftX = <i32>load<i16>(anchorAt, PAIR_X);
      const shiftY = <i32>load<i16>(anchorAt, PAIR_Y);
      beginFit();
      for (let pair = 0; pair < pairs; pair++) {
        const at = scratch + <usize>(pair * 2);
        if (abs(<i32>load<i16>(at, PAIR_TURN) - turn) > turnLimit) continue;
        if (abs(<i32>load<i16>(at, PAIR_X) - shiftX) > shiftLimit) continue;
        if (abs(<i32>load<i16>(at, PAIR_Y) - shiftY) > shiftLimit) continue;
        const own = <usize>load<u8>(scratch + <usize>pair, PAIR_OWN) * 2;
        const other = <usize>load<u8>(scratch + <usize>pair, PAIR_OTHER) * 2;
        addToFit(
          <f64>load<i16>(at, PAIR_WEIGHT),
          <f64>load<i16>(probeX + own),
          <f64>load<i16>(probeY + own),
          <f64>load<i16>(x + other),
          <f64>load<i16>(y + other),
        );
        store<i32>(scratch + <usize>(pair * 4), 0, SUMS);
      }
      const turnAt = turns + <usize>((turn & 255) * 4);
      endFit(turnPrior, <f64>load<i16>(turnAt) / 16384, <f64>load<i16>(turnAt, 2) / 16384);

      for (let pass = 0; pass < 2; pass++) {
        const limit = pass === 0 ? wideSquared : closeSquared;
        for (let vector = 0; vector < vectors; vector++) {
          v128.store(scratch + <usize>(vector * 16), i16x8.splat(32767), NEAREST);
          v128.store(scratch + <usize>(vector * 16), i16x8.splat(0), TAKEN);
        }
        for (let j = count; j < vectors << 3; j++) store<i16>(scratch + <usize>(j * 2), 32767, TAKEN);
        beginFit();
        let matched = 0;
        let matches = 0;
        let ownOverlap = 0;
        const angleNear = i16x8.splat(<i16>angleLimit);
        for (let i = 0; i < probeCount; i++) {
          const px = <f64>load<i16>(probeX + <usize>(i * 2));
          const py = <f64>load<i16>(probeY + <usize>(i * 2));
          const movedX = i16x8.splat(<i16>(<i32>floor(cosine * px - sine * py + moveX + 0.5)));
          const movedY = i16x8.splat(<i16>(<i32>floor(sine * px + cosine * py + moveY + 0.5)));
          const movedAngle = i16x8.splat(<i16>((<i32>load<u8>(probeAngle + <usize>i) + turn) & 255));
          let near = i16x8.splat(32767);
          let close = i16x8.splat(32767);
          for (let vector = 0; vector < vectors; vector++) {
            const here = <usize>(vector * 16);
            let awayX = i16x8.sub_sat_s(v128.load(x + here), movedX);
            let awayY = i16x8.sub_sat_s(v128.load(y + here), movedY);
            awayX = i16x8.max_s(i16x8.min_s(awayX, farthest), farthestBelow);
            awayY = i16x8.max_s(i16x8.min_s(awayY, farthest), farthestBelow);
            const taken = v128.load(scratch + here, TAKEN);
            const squared = i16x8.add(i16x8.mul(awayX, awayX), i16x8.mul(awayY, awayY));
            const nearestAt = scratch + here;
            v128.store(nearestAt, i16x8.min_s(v128.load(nearestAt, NEAREST), squared), NEAREST);
            // Lanes beyond the finger are taken from the start; those of the finger count even when they are taken.
            const isBeyond = i16x8.eq(taken, i16x8.splat(32767));
            near = i16x8.min_s(near, v128.and(v128.or(squared, isBeyond), i16x8.splat(32767)));
            const away = i16x8.sub(v128.load(scratch + here, ANGLES), movedAngle);
            const apart = i16x8.abs(i16x8.shr_s(i16x8.shl(away, 8), 8));
            const isOut = v128.or(i16x8.gt_s(apart, angleNear), i16x8.gt_s(taken, i16x8.splat(0)));
            const open = v128.and(v128.or(squared, isOut), i16x8.splat(32767));
            v128.store(scratch + here, open, OPEN);
            close = i16x8.min_s(close, open);
          }
          if (least(near) < overlapSquared) ownOverlap++;
          const nearestSquared = least(close);
          if (nearestSquared >= limit) continue;
          let j = 0;
          while (<i32>load<i16>(scratch + <usize>(j * 2), OPEN) !== nearestSquared) j++;
          store<i16>(scratch + <usize>(j * 2), 1, TAKEN);
          const code = probeCodes + <usize>(i * CODE);
          const bits = distance(
            codes + <usize>(j * CODE),
            load<u64>(code),
            load<u64>(code, 8),
            load<u64>(code, 16),
            load<u64>(code, 24),
          );
          const closeness = 256 - (128 * nearestSquared) / limit;
          const likeness = 128 + (128 * max(0, likenessBits - bits)) / likenessBits;
          const weight = (closeness * likeness) >> 8;
          matched += weight;
          matches++;
          addToFit(<f64>weight, px, py, <f64>load<i16>(x + <usize>(j * 2)), <f64>load<i16>(y + <usize>(j * 2)));
        }
        if (pass === 0) {
          if (matches >= 3) endFit(0, 1, 0);
          continue;
        }
        let otherOverlap = 0;
        for (let j = 0; j < count; j++) {
          if (<i32>load<i16>(scratch + <usize>(j * 2), NEAREST) < overlapSquared) otherOverlap++;
        }
        const mean = <f64>matched / 256;
        const product = <f64>max(64, (ownOverlap + 1) * (otherOverlap + 1));
        best = max(best, (mean * mean * mean * scale) / product);
      }
    }
    store<u16>(votes + <usize>(finger * 2), <u16>min<f64>(best + <f64>agreement * voteScale, 65535));
  }
}
