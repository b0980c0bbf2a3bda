import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { GalleryWriter } from '../../native-bridge/matcher/index/gallery-writer.ts';
import { SHARD_PEOPLE } from '../../native-bridge/matcher/index/parameters.ts';
import type { ShardWork } from './statistical-shard-worker.ts';

/** Adds `people` statistical people to a gallery, built by `threads` workers. */
export async function addStatisticalBackground(
  writer: GalleryWriter,
  people: number,
  seed: number,
  threads: number,
  onProgress: (done: number) => void,
): Promise<void> {
  const share = Math.ceil(people / threads / SHARD_PEOPLE) * SHARD_PEOPLE;
  let writing = Promise.resolve();
  const workers = Array.from({ length: threads }, async (_, index) => {
    const work: ShardWork = { first: index * share, last: Math.min(people, (index + 1) * share), seed };
    if (work.first >= work.last) return;
    const worker = new Worker(new URL('./statistical-shard-worker.ts', import.meta.url), { workerData: work });
    worker.on('message', (shard: Uint8Array) => {
      writing = writing.then(() => writer.addShard(shard)).then(() => onProgress(writer.people));
    });
    const [code] = await once(worker, 'exit');
    if (code !== 0) throw new Error(`a worker that builds the background ended with ${code}`);
  });
  await Promise.all(workers);
  await writing;
}
