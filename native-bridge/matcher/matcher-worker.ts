import type { PairFinding } from './compare/capture-pair.ts';
import { comparePeople } from './index/compare-people.ts';
import { examinePair } from './index/examine-pair.ts';
import { verifyPeople, voteOnPeople } from './index/filter-people.ts';
import { loadShard } from './index/gallery-reader.ts';
import { indexPeople } from './index/index-people.ts';
import { synthesisePeople } from './index/synthesise-people.ts';
import { createTaskControl } from './index/task-control.ts';
import {
  settleTask,
  type CompareTask,
  type ExtractTask,
  type IndexTask,
  type LoadTask,
  type PairTask,
  type SynthesisedPerson,
  type SynthesisTask,
  type TaskOutcome,
  type VerifyTask,
  type VoteTask,
} from './index/worker-tasks.ts';
import { createExtractor } from './extract/extract-template.ts';
import type { Extractor } from './extract/extractor.ts';
import { MatcherFault } from './matcher-fault.ts';
import type { ExtractionReport } from './matcher.ts';

let extractor: Extractor | undefined;

function extractInto(task: ExtractTask): ExtractionReport {
  if (createTaskControl(task.control).isStopped) throw new MatcherFault('matcher.cancelled');
  const { pixels, widthPx, heightPx, resolutionPpi } = task.image;
  if (pixels.byteLength < widthPx * heightPx) {
    throw new MatcherFault('image.dimensions', { widthPx, heightPx, bytes: pixels.byteLength });
  }
  extractor ??= createExtractor();
  try {
    const image = { widthPx, heightPx, resolutionPpi, pixels: new Uint8Array(pixels, 0, widthPx * heightPx) };
    const extraction = extractor.extract(image);
    if (extraction.kind === 'unusable') return extraction;
    const { template, minutiae, quality } = extraction;
    try {
      if (template.length > task.into.byteLength) {
        throw new MatcherFault('template.too-large', { bytes: template.length, maximum: task.into.byteLength });
      }
      new Uint8Array(task.into).set(template);
      return { kind: 'extracted', templateBytes: template.length, minutiae, quality };
    } finally {
      template.fill(0);
    }
  } finally {
    extractor.clear();
  }
}

function loadShards(task: LoadTask): null {
  const control = createTaskControl(task.control);
  for (let index = control.take(); index < task.rows.length && !control.isStopped; index = control.take()) {
    const row = task.rows[index];
    const shard = task.shards[index];
    loadShard(task.file, row, new Uint8Array(task.slabs[shard.slab], shard.at, shard.bytes));
    control.report(1);
  }
  return null;
}

/** Extracts one image into the caller's memory. */
export function extract(task: ExtractTask): Promise<TaskOutcome<ExtractionReport>> {
  return settleTask(() => extractInto(task));
}

/** Reads and checks shards of a gallery until none is left. */
export function load(task: LoadTask): Promise<TaskOutcome<null>> {
  return settleTask(() => loadShards(task));
}

/** Votes on people of a gallery until nobody is left. */
export function vote(task: VoteTask): Promise<TaskOutcome<null>> {
  return settleTask(() => voteOnPeople(task));
}

/** Verifies people of a gallery until nobody is left. */
export function verify(task: VerifyTask): Promise<TaskOutcome<null>> {
  return settleTask(() => verifyPeople(task));
}

/** Compares people of a gallery in full until nobody is left. */
export function compare(task: CompareTask): Promise<TaskOutcome<null>> {
  return settleTask(() => comparePeople(task));
}

/** Compares the two captures of one check with each other. */
export function pair(task: PairTask): Promise<TaskOutcome<PairFinding['kind']>> {
  return settleTask(() => examinePair(task));
}

/** Makes up people, takes an impression of each finger and extracts it, until nobody is left. */
export function synthesise(task: SynthesisTask): Promise<TaskOutcome<readonly SynthesisedPerson[]>> {
  return settleTask(() => synthesisePeople(task));
}

/** Lays people out as one shard of a gallery. */
export function index(task: IndexTask): Promise<TaskOutcome<number>> {
  return settleTask(() => indexPeople(task));
}
