import type { GreyImage } from '../image/grey-image.ts';
import { ScannerFault } from './scanner-fault.ts';

/**
 * What the simulated officer puts on the glass at each capture: one image, or several that follow each other at the
 * preview's pace as the finger settles. Null: nobody comes.
 */
export type FingerVisit = GreyImage | readonly GreyImage[] | null;

/** Gives the next finger; it may wait, and stops waiting when the signal is aborted (the capture has ended). */
export type FrameFeed = (signal: AbortSignal) => Promise<FingerVisit>;

/**
 * Presents the images of a list one after another, and begins again at its end.
 * @throws ScannerFault `scanner.feed-empty` when there is none
 */
export function cyclingFeed(images: readonly GreyImage[]): FrameFeed {
  if (images.length === 0) throw new ScannerFault('scanner.feed-empty');
  let next = 0;
  return () => {
    const image = images[next % images.length] ?? null;
    next += 1;
    return Promise.resolve(image);
  };
}

/**
 * Presents images that are read when their turn comes, and begins again at the end, so that a large folder needs no memory.
 * @throws ScannerFault `scanner.feed-empty` when there is none; while it runs, `scanner.feed-unreadable`
 */
export function readingFeed(files: readonly string[], read: (file: string) => Promise<GreyImage>): FrameFeed {
  if (files.length === 0) throw new ScannerFault('scanner.feed-empty');
  let next = 0;
  return async () => {
    const position = next % files.length;
    next += 1;
    try {
      return await read(files[position] ?? '');
    } catch (cause) {
      throw new ScannerFault('scanner.feed-unreadable', { position }, { cause });
    }
  };
}

/**
 * A feed that gives each image once, and clears it when the capture has ended: for images that nobody else holds. It is
 * the simulated counterpart of a finger that is gone.
 */
export function clearedAfterwards(feed: FrameFeed): FrameFeed {
  return async (signal) => {
    const visit = await feed(signal);
    const images = visit === null || 'pixels' in visit ? [visit] : visit;
    const clear = (): void => images.forEach((image) => image?.pixels.fill(0));
    if (signal.aborted) clear();
    else signal.addEventListener('abort', clear, { once: true });
    return visit;
  };
}

/** A feed whose next finger is told from outside: the demo and the tests decide who comes. */
export interface ScriptedFeed {
  readonly feed: FrameFeed;
  /** Queues the finger of the next capture; a capture that already waits gets it at once. */
  present(visit: FingerVisit): void;
}

/** Makes a feed that waits until somebody presents a finger. */
export function scriptedFeed(): ScriptedFeed {
  const queue: FingerVisit[] = [];
  const waiting: ((visit: FingerVisit) => void)[] = [];
  return {
    present(visit) {
      const first = waiting.shift();
      if (first === undefined) queue.push(visit);
      else first(visit);
    },
    feed(signal) {
      if (signal.aborted) return Promise.resolve(null);
      const queued = queue.shift();
      if (queued !== undefined) return Promise.resolve(queued);
      return new Promise((resolve) => {
        const onAbort = (): void => {
          waiting.splice(waiting.indexOf(arrive), 1);
          resolve(null);
        };
        const arrive = (visit: FingerVisit): void => {
          signal.removeEventListener('abort', onAbort);
          resolve(visit);
        };
        waiting.push(arrive);
        signal.addEventListener('abort', onAbort, { once: true });
      });
    },
  };
}
