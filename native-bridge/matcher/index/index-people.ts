import { GalleryFault } from './gallery-fault.ts';
import { decodePeople } from './people-stream.ts';
import { releaseMemory } from './release-memory.ts';
import { createShardBuilder } from './shard-builder.ts';
import { createTaskControl } from './task-control.ts';
import type { IndexTask } from './worker-tasks.ts';
import { MatcherFault } from '../matcher-fault.ts';

/** People between two looks at whether the work was stopped: about 10 ms. */
const LOOK_EVERY_PEOPLE = 32;

/**
 * Lays up to `SHARD_PEOPLE` people out as one shard in the memory that the caller lent, and gives its length; nothing
 * else of a template is left.
 * @throws GalleryFault `gallery.person-invalid`; MatcherFault of the template codec, or `matcher.cancelled`
 */
export function indexPeople(task: IndexTask): number {
  const control = createTaskControl(task.control);
  const builder = createShardBuilder();
  for (const person of decodePeople(new Uint8Array(task.people, 0, task.bytes))) {
    if (builder.people % LOOK_EVERY_PEOPLE === 0 && control.isStopped) throw new MatcherFault('matcher.cancelled');
    builder.add(person);
  }
  const built = builder.build();
  const { length } = built;
  if (length > task.into.byteLength) throw new GalleryFault('gallery.person-invalid', { bytes: length });
  new Uint8Array(task.into).set(built);
  built.fill(0);
  releaseMemory(built);
  return length;
}
