import type { Candidate, FingerPosition, ProbeFinger, SearchOptions } from '../matcher.ts';
import { viewGallery } from './gallery-view.ts';
import { FILTER_BLOCK_PEOPLE, FILTER_PROGRESS_SHARE, SHORTLIST_PEOPLE, SHORTLIST_SHARE } from './parameters.ts';
import { shortlist } from './shortlist.ts';
import { createTaskControl, type TaskControl } from './task-control.ts';
import type { WorkWatch } from './work-watch.ts';
import type { SharedGallery, TaskName, TaskRequests, WorkerThreads } from './worker-tasks.ts';

/** What a search may be told beyond its interface, by those who measure it. */
export interface CascadeLimits {
  /** People who are compared in full; everybody when it is at least the gallery's size. */
  readonly shortlistPeople?: number;
}

function checkFingers(fingers: readonly ProbeFinger[]): void {
  const positions = new Set<FingerPosition>(fingers.map((finger) => finger.position));
  if (positions.size === 0 || positions.size !== fingers.length) {
    throw new RangeError('a search takes one to ten fingers of different positions');
  }
}

async function runReporting<Name extends TaskName>(
  workers: WorkerThreads,
  name: Name,
  request: TaskRequests[Name],
  control: TaskControl,
  watch: WorkWatch,
  onDone: ((units: number) => void) | undefined,
): Promise<void> {
  const requests = Array.from({ length: workers.threads }, () => request);
  const work = workers.run(name, requests, watch);
  if (onDone === undefined) {
    await work;
    return;
  }
  let isRunning = true;
  const ended = work.then(
    () => {
      isRunning = false;
    },
    () => {
      isRunning = false;
    },
  );
  for (let seen = control.done; isRunning; seen = control.done) {
    onDone(seen);
    await Promise.race([ended, control.changed(seen)]);
  }
  await work;
}

/** How many people of a gallery are compared in full, when the caller sets no limit of its own. */
export function shortlistSize(people: number): number {
  return Math.min(people, Math.max(SHORTLIST_PEOPLE, Math.ceil(people * SHORTLIST_SHARE)));
}

/**
 * Searches a gallery: the filter votes on everybody, the best are compared in full and fused. `exhaustive` compares
 * everybody in full. Candidates come by score, then in the gallery's order; a person with no finger in common with the
 * probe is no candidate.
 * @throws MatcherFault `matcher.worker-crashed`, `matcher.deadline`, `matcher.cancelled`, or of a probe's template
 */
export async function searchGallery(
  workers: WorkerThreads,
  gallery: SharedGallery,
  fingers: readonly ProbeFinger[],
  options: SearchOptions & CascadeLimits,
  watch: WorkWatch,
): Promise<readonly Candidate[]> {
  checkFingers(fingers);
  watch.throwIfStopped();
  if (gallery.people === 0) return [];
  const keep = options.shortlistPeople ?? shortlistSize(gallery.people);
  const isCascade = options.exhaustive !== true && keep < gallery.people;
  const { onProgress } = options;
  const filterShare = isCascade ? FILTER_PROGRESS_SHARE : 0;

  let people: SharedArrayBuffer | undefined;
  if (isCascade) {
    const votes = new SharedArrayBuffer(gallery.people * Uint16Array.BYTES_PER_ELEMENT);
    try {
      const control = createTaskControl();
      const request = { control: control.memory, gallery, fingers, votes };
      const total = viewGallery(gallery).runs(FILTER_BLOCK_PEOPLE);
      const report = onProgress && ((done: number) => onProgress((filterShare * done) / total));
      await runReporting(workers, 'filter', request, control, watch, report);
      people = shortlist(new Uint16Array(votes), keep);
    } finally {
      new Uint8Array(votes).fill(0);
    }
  }

  const compared = people === undefined ? gallery.people : people.byteLength / Uint32Array.BYTES_PER_ELEMENT;
  const scores = new SharedArrayBuffer(compared * Float64Array.BYTES_PER_ELEMENT);
  const control = createTaskControl();
  const request = { control: control.memory, gallery, fingers, scores, ...(people === undefined ? {} : { people }) };
  const report = onProgress && ((done: number) => onProgress(filterShare + ((1 - filterShare) * done) / compared));
  await runReporting(workers, 'compare', request, control, watch, report);
  onProgress?.(1);
  return rank(gallery, new Float64Array(scores), people && new Uint32Array(people), options.maximumCandidates);
}

function rank(
  gallery: SharedGallery,
  scores: Float64Array,
  people: Uint32Array | undefined,
  maximumCandidates: number,
): readonly Candidate[] {
  const view = viewGallery(gallery);
  const comparable = Array.from(scores.keys()).filter((index) => !Number.isNaN(scores[index]));
  comparable.sort((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0) || left - right);
  return comparable.slice(0, maximumCandidates).map((index) => ({
    reference: view.reference(people?.[index] ?? index) ?? '',
    score: scores[index] ?? 0,
  }));
}
