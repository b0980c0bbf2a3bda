import { performance } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Steps } from '../../domain/counts/disclosure/steps.ts';

/** How long the steps may run before others get their turn, milliseconds. Ours: below what a person notices. */
const TURN_MS = 20;

/** Runs steps and lets everything else that waits go in between. */
export async function runInTurns<T>(steps: Steps<T>): Promise<T> {
  let startedMs = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - startedMs < TURN_MS) continue;
    await nextTurn();
    startedMs = performance.now();
  }
}
