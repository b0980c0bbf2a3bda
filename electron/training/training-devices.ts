import { availableParallelism } from 'node:os';
import { createMatcherPool } from '../../native-bridge/matcher/matcher-pool.ts';
import { combineSources } from '../../native-bridge/scanner/combined-source.ts';
import { joinPlugEvents } from '../../native-bridge/scanner/plug-events.ts';
import { createSimulatedSource } from '../../native-bridge/scanner/simulated-source.ts';
import { systemScanners } from '../../native-bridge/scanner/system-scanners.ts';
import type { Devices } from '../station/platform.ts';
import { systemClock } from '../station/system-clock.ts';
import { createTrainingGalleries } from './training-galleries.ts';
import { createSimulatedDetainee } from './training-hand.ts';
import { TRAINING_PEOPLE, trainingVisitors } from './training-people.ts';

/** The devices of a training station: a simulated scanner with a detainee who does not exist, beside the real ones. */
export async function trainingDevices(): Promise<Devices & AsyncDisposable> {
  const threads = availableParallelism();
  const matcher = createMatcherPool({ threads });
  const hand = createSimulatedDetainee(trainingVisitors(TRAINING_PEOPLE));
  const simulated = createSimulatedSource({ feed: hand.feed, clock: systemClock });
  const { sources, ...system } = await systemScanners({ helperPath: null });
  return {
    ...system,
    scanners: combineSources([simulated, ...sources]),
    plugEvents: joinPlugEvents(simulated.plugEvents, system.plugEvents),
    matcher,
    trainingGalleries: createTrainingGalleries({ people: TRAINING_PEOPLE, threads, clock: systemClock }),
    trainingHand: hand,
    [Symbol.asyncDispose]: async () => await matcher[Symbol.asyncDispose](),
  };
}
