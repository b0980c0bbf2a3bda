import type { Candidate, ProbeFinger, SearchOptions } from '../matcher.ts';
import { viewGallery } from './gallery-view.ts';
import {
  COMPARED_PEOPLE_PER_DECADE,
  LEAST_DECADES,
  LEAST_VERIFIED_PEOPLE,
  MOST_VERIFIED_PEOPLE,
  ONE_FINGER_FACTOR,
  VERIFIED_SHARE,
  VERIFY_PROGRESS_SHARE,
  VOTE_PROGRESS_SHARE,
} from './parameters.ts';
import { shortlist } from './shortlist.ts';
import { createTaskControl } from './task-control.ts';
import type { WorkWatch } from './work-watch.ts';
import type { SharedGallery, TaskName, TaskRequests, WorkerThreads } from './worker-tasks.ts';

/** How many people each step of the cascade lets through; at least the gallery's size opens a step. */
export interface CascadeLimits {
  readonly verifiedPeople: number;
  readonly comparedPeople: number;
}

/** What a search needs beside its options. */
export interface SearchContext {
  readonly workers: WorkerThreads;
  readonly gallery: SharedGallery;
  readonly fingers: readonly ProbeFinger[];
  readonly watch: WorkWatch;
}

/** The product's limits for a gallery of `people` and a probe of `fingers`. */
export function cascadeLimits(people: number, fingers: number): CascadeLimits {
  const factor = fingers === 1 ? ONE_FINGER_FACTOR : 1;
  const share = Math.ceil(people * VERIFIED_SHARE);
  const decades = Math.max(LEAST_DECADES, Math.log10(people) - 2);
  return {
    verifiedPeople: factor * Math.min(MOST_VERIFIED_PEOPLE, Math.max(LEAST_VERIFIED_PEOPLE, share)),
    comparedPeople: factor * Math.ceil(COMPARED_PEOPLE_PER_DECADE * decades),
  };
}

function checkFingers(fingers: readonly ProbeFinger[]): void {
  const positions = new Set<number>(fingers.map((finger) => finger.position));
  if (positions.size === 0 || positions.size !== fingers.length) {
    throw new RangeError('a search takes one to ten fingers of different positions');
  }
}

/** Runs one step of the cascade on every thread and reports its share done as it grows. */
async function runStep<Name extends TaskName>(
  context: SearchContext,
  name: Name,
  requestOf: (control: SharedArrayBuffer) => TaskRequests[Name],
  units: number,
  onShare: ((share: number) => void) | undefined,
): Promise<void> {
  const control = createTaskControl();
  const request = requestOf(control.memory);
  const work = context.workers.run(
    name,
    Array.from({ length: context.workers.threads }, () => request),
    context.watch,
  );
  if (onShare !== undefined) {
    let isRunning = true;
    const end = (): void => {
      isRunning = false;
    };
    const ended = work.then(end, end);
    for (let seen = control.done; isRunning; seen = control.done) {
      onShare(seen / units);
      await Promise.race([ended, control.changed(seen)]);
    }
  }
  await work;
}

/** A part of the whole progress: from `start`, `share` long. */
function part(
  onProgress: ((share: number) => void) | undefined,
  start: number,
  share: number,
): ((share: number) => void) | undefined {
  return onProgress && ((done) => onProgress(start + share * Math.min(1, done)));
}

/** Runs a filter step and returns the `keep` people who came out best. Nothing of the votes is left behind. */
async function filterStep(
  context: SearchContext,
  people: Uint32Array | undefined,
  keep: number,
  onShare: ((share: number) => void) | undefined,
): Promise<Uint32Array> {
  const { gallery, fingers } = context;
  const length = people?.length ?? gallery.people;
  const votes = new SharedArrayBuffer(length * Uint16Array.BYTES_PER_ELEMENT);
  try {
    if (people === undefined) {
      await runStep(context, 'vote', (control) => ({ control, gallery, fingers, votes }), length, onShare);
    } else {
      const listed = sharedCopy(people);
      const requestOf = (control: SharedArrayBuffer): TaskRequests['verify'] => ({
        control,
        gallery,
        fingers,
        votes,
        people: listed,
      });
      await runStep(context, 'verify', requestOf, length, onShare);
    }
    const best = shortlist(new Uint16Array(votes), keep);
    return people === undefined ? best : best.map((entry) => people[entry]);
  } finally {
    new Uint8Array(votes).fill(0);
  }
}

function sharedCopy(people: Uint32Array): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(people.byteLength);
  new Uint32Array(memory).set(people);
  return memory;
}

/** Compares the listed people in full, or everybody, and orders them. */
async function compareStep(
  context: SearchContext,
  people: Uint32Array | undefined,
  maximumCandidates: number,
  onShare: ((share: number) => void) | undefined,
): Promise<readonly Candidate[]> {
  const { gallery, fingers } = context;
  const length = people?.length ?? gallery.people;
  const scores = new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT);
  const listed = people && sharedCopy(people);
  const requestOf = (control: SharedArrayBuffer): TaskRequests['compare'] => ({
    control,
    gallery,
    fingers,
    scores,
    ...(listed === undefined ? {} : { people: listed }),
  });
  try {
    await runStep(context, 'compare', requestOf, length, onShare);
    const view = viewGallery(gallery);
    return bestOf(new Float64Array(scores), maximumCandidates).map(({ index, score }) => ({
      reference: view.reference(people?.[index] ?? index) ?? '',
      score,
    }));
  } finally {
    new Uint8Array(scores).fill(0);
  }
}

/** The best scores with their indexes; of equals the first; NaN is no score. */
function bestOf(scores: Float64Array, count: number): readonly { readonly index: number; readonly score: number }[] {
  const known = Float64Array.from(scores.filter((score) => !Number.isNaN(score))).toSorted();
  const least = known[Math.max(0, known.length - count)] ?? Infinity;
  const best: { index: number; score: number }[] = [];
  scores.forEach((score, index) => {
    if (score >= least) best.push({ index, score });
  });
  return best.toSorted((left, right) => right.score - left.score || left.index - right.index).slice(0, count);
}

/**
 * Searches a gallery in a cascade: a vote on everybody, a verification of the best of the vote, the full comparison of the
 * best of those, fused over the fingers. `exhaustive` compares everybody in full. Candidates come by score, then in the
 * gallery's order; a person with no finger in common with the probe is no candidate.
 * @throws MatcherFault `matcher.worker-crashed`, `matcher.deadline`, `matcher.cancelled`, or of a probe's template
 */
export async function searchGallery(
  context: SearchContext,
  options: SearchOptions,
  limits: CascadeLimits = cascadeLimits(context.gallery.people, context.fingers.length),
): Promise<readonly Candidate[]> {
  checkFingers(context.fingers);
  context.watch.throwIfStopped();
  const { onProgress } = options;
  let people: Uint32Array | undefined;
  let done = 0;
  onProgress?.(0);
  if (options.exhaustive !== true) {
    const { verifiedPeople, comparedPeople } = limits;
    const voted = await filterStep(context, undefined, verifiedPeople, part(onProgress, 0, VOTE_PROGRESS_SHARE));
    const verifying = part(onProgress, VOTE_PROGRESS_SHARE, VERIFY_PROGRESS_SHARE);
    people = await filterStep(context, voted, comparedPeople, verifying);
    done = VOTE_PROGRESS_SHARE + VERIFY_PROGRESS_SHARE;
  }
  const candidates = await compareStep(context, people, options.maximumCandidates, part(onProgress, done, 1 - done));
  onProgress?.(1);
  return candidates;
}
