import type { FingerPosition, GalleryProvenance } from '../matcher.ts';
import type { GalleryPerson } from './gallery-person.ts';
import { createGalleryWriter } from './gallery-writer.ts';
import { STOP_GRACE_MS, SYNTHESIS_BATCH_PEOPLE, SYNTHESIS_DEADLINE_MS } from './parameters.ts';
import { createTaskControl } from './task-control.ts';
import { watchWork } from './work-watch.ts';
import type { SynthesisedPerson, WorkerThreads } from './worker-tasks.ts';

/** Right and left index finger: what a custody suite takes first. */
const INDEX_FINGERS: readonly FingerPosition[] = [2, 7];

/** One made-up record: people of the same seed are the same person, under whatever reference. */
export interface SyntheticRecord {
  readonly reference: string;
  readonly personSeed: number;
}

/** One gallery to make up. */
export interface SyntheticGallery {
  readonly filePath: string;
  readonly provenance: GalleryProvenance;
  readonly records: readonly SyntheticRecord[];
}

export interface BuildSyntheticGalleriesOptions {
  readonly workers: WorkerThreads;
  readonly galleries: readonly SyntheticGallery[];
  /** The seed of the whole population. */
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly positions?: readonly FingerPosition[];
  readonly onProgress?: (doneShare: number) => void;
}

/** What was built. */
export interface SyntheticGalleryReport {
  readonly filePath: string;
  readonly people: number;
  readonly fingers: number;
  /** Records of whom no finger could be extracted: they are not in the gallery. */
  readonly leftOut: number;
}

async function synthesiseBatch(
  options: BuildSyntheticGalleriesOptions,
  seeds: readonly number[],
  onDone: (people: number) => void,
): Promise<readonly SynthesisedPerson[]> {
  using watch = watchWork(options.signal, SYNTHESIS_DEADLINE_MS, STOP_GRACE_MS);
  const control = createTaskControl();
  const positions = options.positions ?? INDEX_FINGERS;
  const request = { control: control.memory, runSeed: options.seed, seeds, positions };
  const requests = Array.from({ length: options.workers.threads }, () => request);
  const answers = await options.workers.run('synthesise', requests, watch);
  onDone(seeds.length);
  return answers.flat();
}

/**
 * Makes up the people of one or more galleries, extracts two index fingers of each from a synthetic impression, and writes
 * the files. Each distinct person is synthesised once, however many galleries hold it. Takes about 30 ms of one core a
 * person. Nothing is left of a file that was not finished.
 * @throws MatcherFault when it was stopped; GalleryFault; the file system's error
 */
export async function buildSyntheticGalleries(
  options: BuildSyntheticGalleriesOptions,
): Promise<readonly SyntheticGalleryReport[]> {
  const seeds = [...new Set(options.galleries.flatMap(({ records }) => records.map((record) => record.personSeed)))];
  const fingersOf = new Map<number, GalleryPerson['fingers']>();
  let done = 0;
  for (let from = 0; from < seeds.length; from += SYNTHESIS_BATCH_PEOPLE) {
    const batch = seeds.slice(from, from + SYNTHESIS_BATCH_PEOPLE);
    const people = await synthesiseBatch(options, batch, (count) => {
      done += count;
      options.onProgress?.(done / seeds.length);
    });
    for (const { index, fingers } of people) fingersOf.set(batch[index], fingers);
  }
  const reports: SyntheticGalleryReport[] = [];
  for (const { filePath, provenance, records } of options.galleries) {
    await using writer = await createGalleryWriter(filePath, provenance);
    let fingers = 0;
    for (const { reference, personSeed } of records) {
      const own = fingersOf.get(personSeed) ?? [];
      if (own.length === 0) continue;
      await writer.add({ reference, fingers: own });
      fingers += own.length;
    }
    const { people } = writer;
    await writer.finish();
    reports.push({ filePath, people, fingers, leftOut: records.length - people });
  }
  return reports;
}
