import type { ResourceLimits } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { GalleryFault } from './index/gallery-fault.ts';
import { createOpenFiles } from './index/open-files.ts';
import { openSharedGallery, type GalleryInMemory } from './index/open-gallery.ts';
import {
  EXTRACTION_DEADLINE_MS,
  GALLERY_MEMORY_SHARE,
  INDEXER_HEAP,
  OPENING_DEADLINE_MS,
  STOP_GRACE_MS,
} from './index/parameters.ts';
import { startIndexer } from './index/gallery-indexer.ts';
import { searchGallery } from './index/search-gallery.ts';
import { createTaskControl } from './index/task-control.ts';
import { watchWork, type WorkWatch } from './index/work-watch.ts';
import type { TaskAnswers, TaskOutcome, WorkerThreads } from './index/worker-tasks.ts';
import { MatcherFault } from './matcher-fault.ts';
import type { MatcherPool, OpenGallery } from './matcher.ts';

/** Where the worker lives when nothing was bundled; a package passes the address of its bundled worker. */
export const MATCHER_WORKER_URL = new URL('./matcher-worker.ts', import.meta.url);

export interface MatcherPoolOptions {
  readonly threads: number;
  /** A `file:` URL of a module with one export for each task. */
  readonly workerUrl?: URL;
  /** Bytes that a gallery may take; by default a share of what the machine has to give at that moment. */
  readonly availableMemoryBytes?: () => number;
  readonly extractionDeadlineMs?: number;
  /** How long a worker may take to stop when it was asked to, before it is ended. */
  readonly stopGraceMs?: number;
}

function unwrap<Answer>(outcome: TaskOutcome<Answer>): Answer {
  if (outcome.kind === 'answered') return outcome.answer;
  if (outcome.kind === 'gallery-fault') throw new GalleryFault(outcome.code, outcome.figures);
  throw new MatcherFault(outcome.code, outcome.figures);
}

/** Starts the threads. Idle threads do not keep the process alive. `heap` keeps the engine of each from gathering garbage. */
export function startWorkerThreads(
  threads: number,
  workerUrl: URL = MATCHER_WORKER_URL,
  heap?: ResourceLimits,
): WorkerThreads {
  const limits = heap === undefined ? {} : { resourceLimits: heap };
  const pool = new Piscina({ filename: workerUrl.href, minThreads: threads, maxThreads: threads, ...limits });
  // A worker that ends between two tasks is replaced; the next task that cannot run says so.
  pool.on('error', () => {});
  const running = new Set<WorkWatch>();
  let isClosed = false;
  return {
    threads,
    async run(name, requests, watch) {
      if (isClosed) throw new MatcherFault('matcher.closed');
      watch.throwIfStopped();
      running.add(watch);
      const controls = requests.map((request) => createTaskControl(request.control));
      const stopAll = (): void => controls.forEach((control) => control.stop());
      watch.onStop(stopAll);
      const tasks = requests.map(async (request): Promise<TaskAnswers[typeof name]> => {
        try {
          // piscina passes what a task returns through untouched, and our workers return outcomes.
          const outcome: TaskOutcome<TaskAnswers[typeof name]> = await pool.run(request, {
            name,
            signal: watch.killSignal,
          });
          return unwrap(outcome);
        } catch (cause) {
          stopAll();
          if (cause instanceof MatcherFault || cause instanceof GalleryFault) throw cause;
          throw new MatcherFault('matcher.worker-crashed', { task: name }, { cause });
        }
      });
      const settled = await Promise.allSettled(tasks);
      running.delete(watch);
      watch.throwIfStopped();
      return settled.map((result) => {
        if (result.status === 'rejected') throw result.reason;
        return result.value;
      });
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      for (const watch of running) watch.stop('matcher.closed');
      await pool.close();
    },
  };
}

function memoryForGallery(): number {
  return Math.floor(process.availableMemory() * GALLERY_MEMORY_SHARE);
}

/** Starts a pool of workers that extract and search. @see MatcherPool */
export function createMatcherPool(options: MatcherPoolOptions): MatcherPool {
  const workers = startWorkerThreads(options.threads, options.workerUrl);
  const graceMs = options.stopGraceMs ?? STOP_GRACE_MS;
  const opened = new WeakMap<OpenGallery, GalleryInMemory>();
  const files = createOpenFiles();
  return {
    async extract(image, into, signal) {
      using watch = watchWork(signal, options.extractionDeadlineMs ?? EXTRACTION_DEADLINE_MS, graceMs);
      try {
        const request = { control: createTaskControl().memory, image, into };
        const [report] = await workers.run('extract', [request], watch);
        if (report === undefined) throw new MatcherFault('matcher.worker-crashed', { task: 'extract' });
        return report;
      } catch (fault) {
        new Uint8Array(into).fill(0);
        throw fault;
      }
    },
    async examinePair(first, second, signal) {
      using watch = watchWork(signal, options.extractionDeadlineMs ?? EXTRACTION_DEADLINE_MS, graceMs);
      const [verdict] = await workers.run('pair', [{ control: createTaskControl().memory, first, second }], watch);
      if (verdict === undefined) throw new MatcherFault('matcher.worker-crashed', { task: 'pair' });
      return verdict;
    },
    async openGallery(place, signal) {
      using watch = watchWork(signal, OPENING_DEADLINE_MS, graceMs);
      const available = options.availableMemoryBytes ?? memoryForGallery;
      const gallery = await openSharedGallery(workers, place, available(), watch);
      opened.set(gallery.open, gallery);
      files.keep(gallery.opened, gallery.shared, typeof place === 'string' ? undefined : place.seal.key);
      return gallery.open;
    },
    startIndexing: (threads) => startIndexer(startWorkerThreads(threads, options.workerUrl, INDEXER_HEAP), graceMs),
    async search(gallery, fingers, search) {
      const inMemory = opened.get(gallery);
      if (inMemory === undefined) throw new TypeError('this gallery was not opened by this pool');
      using watch = watchWork(search.signal, search.deadlineMs, graceMs);
      return await searchGallery({ workers, gallery: inMemory.shared, fingers, watch }, search);
    },
    async [Symbol.asyncDispose]() {
      await workers[Symbol.asyncDispose]();
      files[Symbol.dispose]();
    },
  };
}
