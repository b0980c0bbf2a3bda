import { clearCylinders, encodeCylinders } from './encode-cylinders.ts';
import { createFilterBlock, FILTER_LAYOUT, type FilterBlock } from './filter-block.ts';
import type { FilterLimits } from './filter-kernel.ts';
import { fingersOf, viewGallery } from './gallery-view.ts';
import { loadFilter } from './load-filter.ts';
import { FILTER_BLOCK_PEOPLE, SHIFT_LIMIT_PX, TURN_BUCKETS, TURN_LIMIT_STEPS, VOTE_REACH_BITS } from './parameters.ts';
import { createTaskControl } from './task-control.ts';
import type { FilterTask } from './worker-tasks.ts';

const LIMITS: FilterLimits = {
  turnBuckets: TURN_BUCKETS,
  reachBits: VOTE_REACH_BITS,
  shiftLimitPx: SHIFT_LIMIT_PX,
  turnLimitSteps: TURN_LIMIT_STEPS,
};

/** Largest vote that is kept. */
const LARGEST_VOTE = 65_535;

/** The thread's filter, made when it is first needed. */
let block: FilterBlock | undefined;

/**
 * Votes on people of a gallery, block by block, until nobody is left or the search was stopped. A person's vote is the
 * sum over the fingers that probe and record have in common. Leaves nothing of the probe behind.
 * @throws MatcherFault of the template codec when a probe's template is none
 */
export function filterPeople(task: FilterTask): null {
  const control = createTaskControl(task.control);
  const filter = (block ??= createFilterBlock(loadFilter(FILTER_LAYOUT.totalBytes)));
  const gallery = viewGallery(task.gallery);
  const votes = new Uint16Array(task.votes);
  const probes = task.fingers.map(({ position, template, templateBytes }) => ({
    position,
    cylinders: encodeCylinders(new Uint8Array(template, 0, templateBytes)),
  }));
  try {
    const runs = gallery.runs(FILTER_BLOCK_PEOPLE);
    for (let index = control.take(); index < runs && !control.isStopped; index = control.take()) {
      const run = gallery.run(index, FILTER_BLOCK_PEOPLE);
      if (run === undefined) break;
      const { shard, firstPerson, from, to } = run;
      for (const { position, cylinders } of probes) {
        const { first, last } = fingersOf(shard, position, from, to);
        const fingerVotes = filter.vote(cylinders, shard, first, last, LIMITS);
        for (let finger = first; finger < last; finger += 1) {
          const person = firstPerson + shard.fingerPerson[finger];
          votes[person] = Math.min(LARGEST_VOTE, votes[person] + fingerVotes[finger - first]);
        }
      }
      control.report(1);
    }
  } finally {
    filter.clear();
    for (const { cylinders } of probes) clearCylinders(cylinders);
  }
  return null;
}
