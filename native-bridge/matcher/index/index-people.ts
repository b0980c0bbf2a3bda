import { decodePeople } from './people-stream.ts';
import { createShardBuilder } from './shard-builder.ts';
import { createTaskControl } from './task-control.ts';
import type { IndexTask } from './worker-tasks.ts';
import { MatcherFault } from '../matcher-fault.ts';

/** People between two looks at whether the work was stopped: about 10 ms. */
const LOOK_EVERY_PEOPLE = 32;

/**
 * Lays up to `SHARD_PEOPLE` people out as one shard in shared memory that becomes the caller's. Leaves nothing of a
 * template behind.
 * @throws GalleryFault `gallery.person-invalid`; MatcherFault of the template codec, or `matcher.cancelled`
 */
export function indexPeople(task: IndexTask): SharedArrayBuffer {
  const control = createTaskControl(task.control);
  const builder = createShardBuilder();
  for (const person of decodePeople(new Uint8Array(task.people, 0, task.bytes))) {
    if (builder.people % LOOK_EVERY_PEOPLE === 0 && control.isStopped) throw new MatcherFault('matcher.cancelled');
    builder.add(person);
  }
  const built = builder.build();
  const shared = new SharedArrayBuffer(built.length);
  new Uint8Array(shared).set(built);
  built.fill(0);
  return shared;
}
