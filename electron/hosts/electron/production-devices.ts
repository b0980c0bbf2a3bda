import { availableParallelism } from 'node:os';
import path from 'node:path';
import { createMatcherPool } from '../../../native-bridge/matcher/matcher-pool.ts';
import { combineSources } from '../../../native-bridge/scanner/combined-source.ts';
import { systemScanners } from '../../../native-bridge/scanner/system-scanners.ts';
import type { Devices } from '../../station/platform.ts';

/** The devices of the product: this computer's scanners, galleries that an authority provided, and nothing simulated. */
export async function productionDevices(): Promise<Devices & AsyncDisposable> {
  const matcher = createMatcherPool({ threads: availableParallelism() });
  const { sources, ...system } = await systemScanners({
    helperPath: path.join(process.resourcesPath, 'fprint-helper'),
  });
  return {
    ...system,
    scanners: combineSources(sources),
    matcher,
    trainingGalleries: null,
    trainingHand: null,
    [Symbol.asyncDispose]: async () => await matcher[Symbol.asyncDispose](),
  };
}
