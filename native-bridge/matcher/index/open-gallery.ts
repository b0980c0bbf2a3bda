import type { OpenGallery } from '../matcher.ts';
import { planGallery } from './gallery-reader.ts';
import { createTaskControl } from './task-control.ts';
import type { WorkWatch } from './work-watch.ts';
import type { SharedGallery, WorkerThreads } from './worker-tasks.ts';

/** An open gallery with what the workers need of it. */
export interface GalleryInMemory {
  readonly open: OpenGallery;
  readonly shared: SharedGallery;
}

/**
 * Reads a gallery file into shared memory, every shard hashed and checked by the workers.
 * @throws GalleryFault; MatcherFault when it was stopped
 */
export async function openSharedGallery(
  workers: WorkerThreads,
  filePath: string,
  availableBytes: number,
  watch: WorkWatch,
): Promise<GalleryInMemory> {
  watch.throwIfStopped();
  const plan = await planGallery(filePath, availableBytes);
  const slabs = plan.slabBytes.map((bytes) => new SharedArrayBuffer(bytes));
  const control = createTaskControl().memory;
  const request = { control, filePath, rows: plan.rows, shards: plan.shards, slabs };
  await workers.run(
    'load',
    Array.from({ length: workers.threads }, () => request),
    watch,
  );
  const { people, fingers, provenance } = plan.header;
  return { open: { people, fingers, provenance }, shared: { slabs, shards: plan.shards, people } };
}
