import { EvidenceCollector } from './evidence.ts';
import { calibrate, fuseEvidence, FUSION_MODEL } from './fusion.ts';
import { prepareTemplate, type PreparedTemplate } from './prepared-template.ts';

export { fuseFingers } from './fuse-fingers.ts';
export type { PreparedTemplate } from './prepared-template.ts';

/** Compares prepared templates. Not for use by two threads at once. */
export interface Comparer {
  /** @throws MatcherFault `template.*` when the bytes are no template. */
  prepare(template: Uint8Array): PreparedTemplate;
  /**
   * How much two fingers are alike: −log10 of the estimated share of different fingers that look at least as alike
   * (3 means 1 in 1,000), 0 when nothing is. Takes 0.2–0.4 ms.
   */
  compare(probe: PreparedTemplate, record: PreparedTemplate): number;
  /** Zeroes all scratch memory, the kernel's memory included. */
  clear(): void;
}

/** Makes a comparer with memory of its own. */
export function createComparer(): Comparer {
  const collector = new EvidenceCollector();
  const weigh = (evidence: Float64Array): number => fuseEvidence(evidence, FUSION_MODEL);
  return {
    prepare: prepareTemplate,
    compare: (probe, record) => calibrate(collector.best(probe, record, weigh), FUSION_MODEL),
    clear: () => collector.clear(),
  };
}
