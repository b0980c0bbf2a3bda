import type { Correspondence } from './alignment.ts';
import type { Overlap } from './overlap.ts';
import type { PreparedTemplate } from './prepared-template.ts';

/** What speaks for or against one placement of a probe on a record, in the order of `EVIDENCE_NAMES`. */
export const EVIDENCE_NAMES = [
  'relaxed local similarity',
  'coinciding minutiae, near ones more',
  'share of the minutiae in the overlap',
  'share times number',
  'mean local similarity',
  'area of the overlap',
  'share by quality',
  'mean distance',
] as const;

/** Number of pieces of evidence. */
export const EVIDENCE_LENGTH = EVIDENCE_NAMES.length;

/** Distance at which a coincidence counts half, pixels at 500 ppi. */
const HALF_WEIGHT_PX = 12;
/** Product of minutiae below which a share of them is not trusted. */
const LEAST_PRODUCT = 64;

/** Fills `into` with the evidence of one placement. `relaxed` is the support of the best pairs after relaxation. */
export function weighHypothesis(
  a: PreparedTemplate,
  b: PreparedTemplate,
  relaxed: number,
  similarities: Float32Array,
  found: Correspondence,
  overlap: Overlap,
  into: Float64Array,
): void {
  let [weighted, similarity, quality, squares] = [0, 0, 0, 0];
  for (let pair = 0; pair < found.count; pair += 1) {
    const distance = found.distancePx[pair];
    weighted += 1 - 0.5 * (distance / HALF_WEIGHT_PX) ** 2;
    similarity += similarities[found.probe[pair] * b.count + found.record[pair]];
    quality += Math.sqrt(a.qualities[found.probe[pair]] * b.qualities[found.record[pair]]);
    squares += distance * distance;
  }
  const product = (overlap.probeMinutiae + 1) * (overlap.recordMinutiae + 1);
  const share = (weighted * weighted) / Math.max(LEAST_PRODUCT, product);
  // Logarithms where a doubling says the same everywhere; small constants keep empty evidence finite.
  into[0] = Math.log(relaxed + 1e-3);
  into[1] = Math.log1p(weighted);
  into[2] = Math.sqrt(share);
  into[3] = Math.log1p(share * weighted);
  into[4] = similarity / Math.max(4, found.count);
  into[5] = Math.log1p(overlap.cells);
  into[6] = quality / Math.sqrt((overlap.probeQuality + 2) * (overlap.recordQuality + 2));
  into[7] = Math.sqrt((squares + 100) / (found.count + 3));
}
