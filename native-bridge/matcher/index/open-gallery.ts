import { closeSync, fstatSync } from 'node:fs';
import type { OpenGallery, SealedGalleryPath } from '../matcher.ts';
import { openGalleryFile, planGallery } from './gallery-reader.ts';
import { viewSealedFile } from './sealed-file.ts';
import { createTaskControl } from './task-control.ts';
import type { WorkWatch } from './work-watch.ts';
import type { SharedGallery, WorkerThreads } from './worker-tasks.ts';

/** An open gallery with what the workers need of it. Whoever asked for it closes `opened`. */
export interface GalleryInMemory {
  readonly open: OpenGallery;
  /** The open file. */
  readonly opened: number;
  readonly shared: SharedGallery;
}

/**
 * Opens a gallery file: its indexes are read into shared memory, and every shard is hashed and checked by the workers.
 * @throws GalleryFault; MatcherFault when it was stopped
 */
export async function openSharedGallery(
  workers: WorkerThreads,
  place: string | SealedGalleryPath,
  availableBytes: number,
  watch: WorkWatch,
): Promise<GalleryInMemory> {
  watch.throwIfStopped();
  const opened = openGalleryFile(typeof place === 'string' ? place : place.filePath);
  try {
    const file =
      typeof place === 'string' ? opened : viewSealedFile(opened, fstatSync(opened).size, place.bodyAt, place.seal);
    const plan = planGallery(file, availableBytes);
    const slabs = plan.slabBytes.map((bytes) => new SharedArrayBuffer(bytes));
    const control = createTaskControl().memory;
    const request = { control, file, rows: plan.rows, shards: plan.shards, slabs };
    await workers.run(
      'load',
      Array.from({ length: workers.threads }, () => request),
      watch,
    );
    const { people, fingers, provenance } = plan.header;
    return {
      opened,
      open: { people, fingers, provenance },
      shared: { file, slabs, shards: plan.shards, people },
    };
  } catch (fault) {
    closeSync(opened);
    throw fault;
  }
}
