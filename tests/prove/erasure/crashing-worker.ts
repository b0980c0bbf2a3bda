/** The matcher's worker, with a way to die in the middle of its work: it looks for a file before each task. */
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createExtractor } from '../../../native-bridge/matcher/extract/extract-template.ts';
import * as real from '../../../native-bridge/matcher/matcher-worker.ts';
import type { ExtractTask, VoteTask } from '../../../native-bridge/matcher/index/worker-tasks.ts';

// Every task of the real worker, but for the two below.
export * from '../../../native-bridge/matcher/matcher-worker.ts';

/** True once after somebody has put the file there. */
function isToDie(task: string): boolean {
  const order = path.join(tmpdir(), `die-in-${task}`);
  if (!existsSync(order)) return false;
  rmSync(order);
  return true;
}

/** Dies, if so ordered, when the image is in the kernels' memory and nothing has been cleared. */
export function extract(task: ExtractTask): ReturnType<typeof real.extract> {
  if (isToDie('extract')) {
    const { pixels, widthPx, heightPx, resolutionPpi } = task.image;
    const image = { widthPx, heightPx, resolutionPpi, pixels: new Uint8Array(pixels, 0, widthPx * heightPx) };
    createExtractor().extract(image, { onStage: () => process.exit(1) });
  }
  return real.extract(task);
}

export function vote(task: VoteTask): ReturnType<typeof real.vote> {
  if (isToDie('vote')) process.exit(1);
  return real.vote(task);
}
