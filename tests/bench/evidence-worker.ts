import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { listImageFiles } from '../../native-bridge/image/list-image-files.ts';
import { readImageFile } from '../../native-bridge/image/read-image.ts';
import { EvidenceCollector } from '../../native-bridge/matcher/compare/evidence.ts';
import { prepareTemplate, type PreparedTemplate } from '../../native-bridge/matcher/compare/prepared-template.ts';
import { createExtractor } from '../../native-bridge/matcher/extract/extract-template.ts';
import type { EvidencePair } from '../support/matcher/fit-fusion.ts';

/** Gathers the evidence of every pair of a folder's images and posts it. */
const { directory, set } = workerData;
const files = await listImageFiles(directory);
const extractor = createExtractor();
const collector = new EvidenceCollector();
const prepared: (PreparedTemplate | undefined)[] = [];
for (const file of files) {
  const extraction = extractor.extract(await readImageFile(file, { resolutionPpi: 500 }));
  prepared.push(extraction.kind === 'extracted' ? prepareTemplate(extraction.template) : undefined);
}
const fingers = files.map((file) => basename(file).split('_')[0]);
const pairs: EvidencePair[] = [];
for (const [first, probe] of prepared.entries()) {
  for (let second = first + 1; second < prepared.length; second += 1) {
    const record = prepared[second];
    const hypotheses: Float64Array[] = [];
    if (probe && record) {
      collector.best(probe, record, (evidence) => {
        hypotheses.push(evidence.slice());
        return 0;
      });
    }
    pairs.push({ set, isGenuine: fingers[first] === fingers[second], hypotheses });
  }
}
parentPort?.postMessage(pairs);
