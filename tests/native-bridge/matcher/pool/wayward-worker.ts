// A worker that behaves as no worker should: what the image's width says it does.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExtractTask, TaskOutcome } from '../../../../native-bridge/matcher/index/worker-tasks.ts';
import type { ExtractionReport } from '../../../../native-bridge/matcher/matcher.ts';

export const CRASHES = 1;
export const THROWS = 2;
export const HANGS = 3;
export const STOPS_WHEN_ASKED = 4;

export async function extract(task: ExtractTask): Promise<TaskOutcome<ExtractionReport>> {
  new Uint8Array(task.into).fill(0xee);
  switch (task.image.widthPx) {
    case CRASHES:
      process.exit(3);
    case THROWS:
      throw new RangeError('wayward');
    case HANGS:
      for (;;);
    case STOPS_WHEN_ASKED: {
      const words = new Int32Array(task.control);
      while (Atomics.load(words, 1) === 0) await sleep(1);
      new Uint8Array(task.into).fill(0xdd);
      break;
    }
    default:
  }
  return { kind: 'answered', answer: { kind: 'extracted', templateBytes: 5, minutiae: 1, quality: 1 } };
}
