import { availableParallelism } from 'node:os';
import { createMatcherPool } from '../../../native-bridge/matcher/matcher-pool.ts';
import { createHidSource } from '../../../native-bridge/scanner/hid-source.ts';
import { systemPlugEvents } from '../../../native-bridge/scanner/plug-events.ts';
import type { Devices } from '../../station/platform.ts';

/** The devices of the product: scanners on the HID bus, galleries that an authority provided, and nothing simulated. */
export async function productionDevices(): Promise<Devices & AsyncDisposable> {
  const matcher = createMatcherPool({ threads: availableParallelism() });
  return {
    scanners: createHidSource(),
    plugEvents: systemPlugEvents(),
    matcher,
    trainingGalleries: null,
    trainingHand: null,
    [Symbol.asyncDispose]: async () => await matcher[Symbol.asyncDispose](),
  };
}
