import { MatcherFault } from '../matcher-fault.ts';
import type { GalleryIndexer } from '../matcher.ts';
import { INDEXED_BATCH_FACTOR, INDEXING_DEADLINE_MS } from './parameters.ts';
import { createTaskControl } from './task-control.ts';
import { watchWork } from './work-watch.ts';
import type { WorkerThreads } from './worker-tasks.ts';

/** Makes shards on threads that it ends when it is left. Its memory is as large as the largest shard of each thread, and one more. */
export function startIndexer(workers: WorkerThreads, graceMs: number): GalleryIndexer {
  const free: SharedArrayBuffer[] = [];
  return {
    threads: workers.threads,
    async index(people, bytes, signal) {
      using watch = watchWork(signal, INDEXING_DEADLINE_MS, graceMs);
      // Of so much memory the system gives only what is written to.
      const into = free.pop() ?? new SharedArrayBuffer(people.byteLength * INDEXED_BATCH_FACTOR);
      const giveBack = (used: number): void => {
        new Uint8Array(into, 0, used).fill(0);
        free.push(into);
      };
      try {
        const request = { control: createTaskControl().memory, people, bytes, into };
        const [length] = await workers.run('index', [request], watch);
        if (length === undefined) throw new MatcherFault('matcher.worker-crashed', { task: 'index' });
        return { bytes: new Uint8Array(into, 0, length), giveBack: () => giveBack(length) };
      } catch (fault) {
        new Uint8Array(into).fill(0);
        throw fault;
      }
    },
    [Symbol.asyncDispose]: async () => await workers[Symbol.asyncDispose](),
  };
}
