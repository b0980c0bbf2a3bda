/** Byte offsets within a packed cylinder; the same as in cylinder-layout.ts, and a test compares them. */
const FLOW_AT: usize = 624;
const SQUARES_AT: usize = 832;
const CELL_BYTES: usize = 112;
const VALIDITY_AT: usize = SQUARES_AT + CELL_BYTES;
const FLOW_VALIDITY_AT: usize = VALIDITY_AT + CELL_BYTES;
const PACKED_BYTES: usize = FLOW_VALIDITY_AT + CELL_BYTES;
const SQUARE_SCALE: i32 = 4;
const FLOW_UNIT_SQUARED: i32 = 127 * 127;
const LEAST_FLOW_CELLS: i32 = 8;
const UNKNOWN_FLOW: f32 = 0.6;
const LEAST_FLOW: f32 = 0.6;

// @ts-ignore: decorator of AssemblyScript
@inline
function total(lanes: v128): i32 {
  return (
    i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3)
  );
}

// @ts-ignore: decorator of AssemblyScript
@inline
function dot(a: usize, b: usize, bytes: usize): i32 {
  let sum = i32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load(a + at), v128.load(b + at)));
  }
  return total(sum);
}

// @ts-ignore: decorator of AssemblyScript
@inline
function valueSimilarity(p: usize, r: usize): f32 {
  const probeSquare = SQUARE_SCALE * dot(p + SQUARES_AT, r + VALIDITY_AT, CELL_BYTES);
  const recordSquare = SQUARE_SCALE * dot(r + SQUARES_AT, p + VALIDITY_AT, CELL_BYTES);
  if (probeSquare == 0 || recordSquare == 0) return 0;
  const squared = max(0, probeSquare + recordSquare - 2 * dot(p, r, FLOW_AT));
  const lengths = sqrt<f32>(<f32>probeSquare) + sqrt<f32>(<f32>recordSquare);
  return <f32>1 - sqrt<f32>(<f32>squared) / lengths;
}

// @ts-ignore: decorator of AssemblyScript
@inline
function flowAgreement(p: usize, r: usize): f32 {
  const cells = dot(p + FLOW_VALIDITY_AT, r + FLOW_VALIDITY_AT, CELL_BYTES);
  if (cells < LEAST_FLOW_CELLS) return UNKNOWN_FLOW;
  return <f32>max(0, dot(p + FLOW_AT, r + FLOW_AT, SQUARES_AT - FLOW_AT)) / <f32>(cells * FLOW_UNIT_SQUARED);
}

/** See `ComparisonKernel.similarities`. */
export function similarities(
  probe: usize,
  probeCount: i32,
  record: usize,
  recordCount: i32,
  target: usize,
  leastCommon: i32,
): void {
  for (let row = 0; row < probeCount; row++) {
    const p = probe + <usize>row * PACKED_BYTES;
    for (let column = 0; column < recordCount; column++) {
      const r = record + <usize>column * PACKED_BYTES;
      let similarity: f32 = 0;
      if (dot(p + VALIDITY_AT, r + VALIDITY_AT, CELL_BYTES) >= leastCommon) {
        const flow = flowAgreement(p, r);
        if (flow >= LEAST_FLOW) {
          const values = valueSimilarity(p, r);
          if (values > 0) similarity = values * flow;
        }
      }
      store<f32>(target, similarity);
      target += 4;
    }
  }
}

/** The first byte that is free. */
export function floor(): usize {
  return __heap_base;
}
