import { once } from 'node:events';
import { closeSync, existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { openGalleryFile, planGallery } from '../../native-bridge/matcher/index/gallery-reader.ts';
import { readExactly } from '../../native-bridge/matcher/index/sealed-file.ts';
import { createGalleryWriter, type GalleryWriter } from '../../native-bridge/matcher/index/gallery-writer.ts';
import { SHARD_PEOPLE } from '../../native-bridge/matcher/index/parameters.ts';
import type { ShardWork } from './statistical-shard-worker.ts';

async function buildBackground(
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

/** A background to make once and to use in many runs. */
export interface Background {
  /** Where it is kept; delete it after a change of the statistics or of the codes. */
  readonly filePath: string;
  readonly people: number;
  readonly seed: number;
  readonly threads: number;
}

/** Builds the background unless its file is there. */
export async function prepareBackground(background: Background, onProgress: (done: number) => void): Promise<void> {
  if (existsSync(background.filePath)) return;
  const provenance = { databaseLabel: 'Background', origin: 'bench:gallery', createdAt: new Date().toISOString() };
  await using writer = await createGalleryWriter(background.filePath, provenance);
  await buildBackground(writer, background.people, background.seed, background.threads, onProgress);
  await writer.finish();
}

/** Adds a background's people to a gallery, `copies` times. */
export async function addBackground(writer: GalleryWriter, filePath: string, copies: number): Promise<void> {
  const file = openGalleryFile(filePath);
  try {
    const { rows } = planGallery(file, Infinity);
    for (let copy = 0; copy < copies; copy += 1) {
      for (const row of rows) {
        const shard = new Uint8Array(row.bytes);
        readExactly(file, row.at, shard);
        await writer.addShard(shard);
      }
    }
  } finally {
    closeSync(file);
  }
}
