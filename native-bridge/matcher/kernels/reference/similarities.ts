import {
  CELL_LANES,
  FLOW_AT,
  FLOW_UNIT,
  FLOW_VALIDITY_AT,
  LEAST_FLOW,
  LEAST_FLOW_CELLS,
  PACKED_LANES,
  SQUARES_AT,
  SQUARE_SCALE,
  UNKNOWN_FLOW,
  VALIDITY_AT,
} from '../cylinder-layout.ts';
import type { KernelViews } from '../kernel-views.ts';

function dot(lanes: Int16Array, a: number, b: number, length: number): number {
  let sum = 0;
  for (let lane = 0; lane < length; lane += 1) sum += lanes[a + lane] * lanes[b + lane];
  return sum;
}

/** One minus the distance of the values over the sum of their lengths. */
function valueSimilarity(i16: Int16Array, p: number, r: number): number {
  const probeSquare = SQUARE_SCALE * dot(i16, p + SQUARES_AT, r + VALIDITY_AT, CELL_LANES);
  const recordSquare = SQUARE_SCALE * dot(i16, r + SQUARES_AT, p + VALIDITY_AT, CELL_LANES);
  if (probeSquare === 0 || recordSquare === 0) return 0;
  const squared = Math.max(0, probeSquare + recordSquare - 2 * dot(i16, p, r, FLOW_AT));
  const lengths = Math.fround(Math.fround(Math.sqrt(probeSquare)) + Math.fround(Math.sqrt(recordSquare)));
  return Math.fround(1 - Math.fround(Math.fround(Math.sqrt(squared)) / lengths));
}

/** Mean cosine of twice the difference of the flow, at least 0. */
function flowAgreement(i16: Int16Array, p: number, r: number): number {
  const cells = dot(i16, p + FLOW_VALIDITY_AT, r + FLOW_VALIDITY_AT, CELL_LANES);
  if (cells < LEAST_FLOW_CELLS) return Math.fround(UNKNOWN_FLOW);
  const sum = Math.max(0, dot(i16, p + FLOW_AT, r + FLOW_AT, SQUARES_AT - FLOW_AT));
  return Math.fround(sum / Math.fround(cells * FLOW_UNIT * FLOW_UNIT));
}

/** The reference of `ComparisonKernel.similarities`. Sums are whole numbers; what follows them is rounded to 32 bits. */
export function similarities(
  { i16, f32 }: KernelViews,
  probe: number,
  probeCount: number,
  record: number,
  recordCount: number,
  target: number,
  leastCommon: number,
): void {
  for (let pair = 0; pair < probeCount * recordCount; pair += 1) {
    const p = (probe >> 1) + Math.floor(pair / recordCount) * PACKED_LANES;
    const r = (record >> 1) + (pair % recordCount) * PACKED_LANES;
    const common = dot(i16, p + VALIDITY_AT, r + VALIDITY_AT, CELL_LANES);
    const flow = common >= leastCommon ? flowAgreement(i16, p, r) : 0;
    const values = flow >= Math.fround(LEAST_FLOW) ? valueSimilarity(i16, p, r) : 0;
    f32[(target >> 2) + pair] = values > 0 ? Math.fround(values * flow) : 0;
  }
}
