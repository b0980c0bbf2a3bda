import { clearCylinders, encodeCylinders } from './encode-cylinders.ts';
import { createFilterBlock, FILTER_LAYOUT, type FilterBlock, type FingerPlace } from './filter-block.ts';
import type { FilterLimits, VerifyLimits } from './filter-kernel.ts';
import type { FingerCylinders } from './finger-cylinders.ts';
import { fingersOf, viewGallery } from './gallery-view.ts';
import { loadFilter } from './load-filter.ts';
import {
  CLOSE_LIMIT_PX,
  FILTER_BLOCK_PEOPLE,
  LIKENESS_BITS,
  MATCH_ANGLE_STEPS,
  OVERLAP_PX,
  SHIFT_LIMIT_PX,
  TURN_BUCKETS,
  TURN_LIMIT_STEPS,
  TURN_PRIOR_PX2,
  VERIFY_BLOCK_PEOPLE,
  VERIFY_ROUNDS,
  VERIFY_SCALE,
  VERIFY_VOTE_SCALE,
  VOTE_REACH_BITS,
  WIDE_LIMIT_PX,
} from './parameters.ts';
import { createTaskControl } from './task-control.ts';
import type { VerifyTask, VoteTask } from './worker-tasks.ts';

/** The product's limits of the vote. */
export const VOTE_LIMITS: FilterLimits = {
  turnBuckets: TURN_BUCKETS,
  reachBits: VOTE_REACH_BITS,
  shiftLimitPx: SHIFT_LIMIT_PX,
  turnLimitSteps: TURN_LIMIT_STEPS,
};

/** The product's limits of the verification. */
export const VERIFY_LIMITS: VerifyLimits = {
  ...VOTE_LIMITS,
  rounds: VERIFY_ROUNDS,
  wideLimitPx: WIDE_LIMIT_PX,
  closeLimitPx: CLOSE_LIMIT_PX,
  angleLimitSteps: MATCH_ANGLE_STEPS,
  overlapPx: OVERLAP_PX,
  likenessBits: LIKENESS_BITS,
  turnPriorPx2: TURN_PRIOR_PX2,
  scoreScale: VERIFY_SCALE,
  voteScale: VERIFY_VOTE_SCALE,
};

/** Largest vote that is kept. */
const LARGEST_VOTE = 65_535;

interface Probe {
  readonly position: number;
  readonly cylinders: FingerCylinders;
}

/** The thread's filter, made when it is first needed. */
let block: FilterBlock | undefined;

/** Runs `work` with the probe's cylinders and leaves nothing of them behind. */
function withProbes(task: VoteTask, work: (filter: FilterBlock, probes: readonly Probe[]) => void): void {
  const filter = (block ??= createFilterBlock(loadFilter(FILTER_LAYOUT.totalBytes)));
  const probes: Probe[] = [];
  try {
    for (const { position, template, templateBytes } of task.fingers) {
      probes.push({ position, cylinders: encodeCylinders(new Uint8Array(template, 0, templateBytes)) });
    }
    work(filter, probes);
  } finally {
    filter.clear();
    for (const { cylinders } of probes) clearCylinders(cylinders);
  }
}

/**
 * Votes on people of a gallery, block by block, until nobody is left or the search was stopped. A person's vote is the
 * sum over the fingers that probe and record have in common. Leaves nothing of the probe behind.
 * @throws MatcherFault of the template codec when a probe's template is none
 */
export function voteOnPeople(task: VoteTask): null {
  const control = createTaskControl(task.control);
  const gallery = viewGallery(task.gallery);
  const votes = new Uint16Array(task.votes);
  withProbes(task, (filter, probes) => {
    const runs = gallery.runs(FILTER_BLOCK_PEOPLE);
    for (let index = control.take(); index < runs && !control.isStopped; index = control.take()) {
      const run = gallery.run(index, FILTER_BLOCK_PEOPLE);
      if (run === undefined) break;
      const { shard, firstPerson, from, to } = run;
      for (const { position, cylinders } of probes) {
        const { first, last } = fingersOf(shard, position, from, to);
        const fingerVotes = filter.vote(cylinders, shard, first, last, VOTE_LIMITS);
        for (let finger = first; finger < last; finger += 1) {
          const person = firstPerson + shard.fingerPerson[finger];
          votes[person] = Math.min(LARGEST_VOTE, votes[person] + fingerVotes[finger - first]);
        }
      }
      control.report(to - from);
    }
  });
  return null;
}

/**
 * Verifies listed people of a gallery, a block at a time, until nobody is left or the search was stopped: the sum over the
 * fingers in common, as for the vote. Leaves nothing of the probe behind.
 * @throws MatcherFault of the template codec when a probe's template is none
 */
export function verifyPeople(task: VerifyTask): null {
  const control = createTaskControl(task.control);
  const gallery = viewGallery(task.gallery);
  const votes = new Uint16Array(task.votes);
  const people = new Uint32Array(task.people);
  withProbes(task, (filter, probes) => {
    for (let index = control.take(); !control.isStopped; index = control.take()) {
      const from = index * VERIFY_BLOCK_PEOPLE;
      const to = Math.min(people.length, from + VERIFY_BLOCK_PEOPLE);
      if (from >= to) break;
      for (const { position, cylinders } of probes) {
        const fingers: FingerPlace[] = [];
        const owners: number[] = [];
        for (let entry = from; entry < to; entry += 1) {
          const place = gallery.person(people[entry]);
          if (place === undefined) continue;
          const { first, last } = fingersOf(place.shard, position, place.person, place.person + 1);
          if (first === last) continue;
          fingers.push({ shard: place.shard, finger: first });
          owners.push(entry);
        }
        const scores = filter.verify(cylinders, fingers, VERIFY_LIMITS);
        owners.forEach((entry, at) => {
          votes[entry] = Math.min(LARGEST_VOTE, votes[entry] + scores[at]);
        });
      }
      control.report(to - from);
    }
  });
  return null;
}
