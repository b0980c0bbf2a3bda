import { calibrate } from './calibration.ts';
import { evidence } from './evidence.ts';
import { prepareTemplate, type PreparedTemplate } from './prepared-template.ts';

export { fuseFingers } from './fuse-fingers.ts';
export type { PreparedTemplate } from './prepared-template.ts';

/** Compares prepared templates. Not for use by two threads at once. */
export interface Comparer {
  /** @throws MatcherFault `template.*` when the bytes are no template. */
  prepare(template: Uint8Array): PreparedTemplate;
  /**
   * How much two fingers are alike: −log10 of the estimated share of different fingers that look at least as alike
   * (3 means 1 in 1,000), 0 when nothing is.
   */
  compare(probe: PreparedTemplate, record: PreparedTemplate): number;
}

/** Makes a comparer with memory of its own. */
export function createComparer(): Comparer {
  return {
    prepare: prepareTemplate,
    compare: (probe, record) => calibrate(evidence(probe, record)[0]),
  };
}
