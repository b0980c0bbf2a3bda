import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { ImageFault } from '../../../native-bridge/image/image-fault.ts';
import { listImageFiles } from '../../../native-bridge/image/list-image-files.ts';
import { readImageFile } from '../../../native-bridge/image/read-image.ts';
import { createMatcherPool } from '../../../native-bridge/matcher/matcher-pool.ts';
import { combineSources } from '../../../native-bridge/scanner/combined-source.ts';
import { clearedAfterwards, readingFeed, type FrameFeed } from '../../../native-bridge/scanner/feed.ts';
import { joinPlugEvents } from '../../../native-bridge/scanner/plug-events.ts';
import { parseSimulatedFault } from '../../../native-bridge/scanner/simulated-fault.ts';
import { createSimulatedSource } from '../../../native-bridge/scanner/simulated-source.ts';
import { systemScanners } from '../../../native-bridge/scanner/system-scanners.ts';
import type { CustodyOptions } from '../../custody/probe-custody.ts';
import { createStation, type Station } from '../../station/create-station.ts';
import type { Devices, TrainingGalleries, TrainingHand } from '../../station/platform.ts';
import { createTrainingGalleries } from '../../training/training-galleries.ts';
import { createSimulatedDetainee } from '../../training/training-hand.ts';
import { trainingVisitors } from '../../training/training-people.ts';
import { createNodePlatform, type NodePlatform } from './node-platform.ts';
import { createSocketHost, type SocketHost } from './socket-host.ts';
import type { LoopbackOptions } from './options.ts';

/** Where `npm run test:libfprint` compiles the helper of libfprint to; without it there is no such source. */
const FPRINT_HELPER = fileURLToPath(new URL('../../../.out/libfprint/fprint-helper', import.meta.url));

export interface LoopbackHostOptions extends LoopbackOptions {
  readonly version: string;
  readonly rendererFolder: string;
  readonly machinePolicy?: unknown;
  readonly settingsFile?: unknown;
  /** Instead of the folder or the simulated detainee: the demo and the tests decide who comes. */
  readonly feed?: FrameFeed;
  /** Instead of the synthetic galleries. */
  readonly trainingGalleries?: TrainingGalleries;
  readonly custodyObserver?: CustodyOptions['observer'];
}

/** A whole station behind a loopback address. */
export interface LoopbackHost extends AsyncDisposable {
  readonly station: Station;
  readonly platform: NodePlatform;
  readonly address: string;
  readonly origin: string;
}

interface Glass {
  readonly feed: FrameFeed;
  readonly hand: TrainingHand | null;
}

/** Who comes to the simulated glass: whoever the caller says, the images of a folder in turn, or a made-up detainee. */
async function glassOf(options: LoopbackHostOptions): Promise<Glass> {
  if (options.feed !== undefined) return { feed: options.feed, hand: null };
  if (options.feedFolder === null) {
    const hand = createSimulatedDetainee(trainingVisitors(options.people));
    return { feed: clearedAfterwards(hand.feed), hand };
  }
  const { resolutionPpi } = options;
  const readOptions = resolutionPpi === null ? {} : { resolutionPpi };
  const files = await listImageFiles(options.feedFolder);
  // Read one now, so that a folder that cannot be used is refused at the start and not at the desk.
  (await readImageFile(files[0] ?? '', readOptions)).pixels.fill(0);
  return { feed: clearedAfterwards(readingFeed(files, (file) => readImageFile(file, readOptions))), hand: null };
}

/**
 * Starts a training station on the loopback address: simulated scanner beside the real ones, matcher workers, station,
 * socket. Whatever was started is stopped again when a later part fails.
 * @throws ImageFault, ScannerFault, StorageFault, ConfigFault
 */
export async function startLoopbackHost(options: LoopbackHostOptions): Promise<LoopbackHost> {
  await using scope = new AsyncDisposableStack();
  const { feed, hand } = await glassOf(options);
  const logger = pino(
    { redact: ['*.password', '*.token'] },
    pino.destination({ dest: join(options.dataFolder, 'logs', 'station.log'), mkdir: true, mode: 0o600, sync: false }),
  );
  const platform = await createNodePlatform({
    dataFolder: options.dataFolder,
    version: options.version,
    machinePolicy: options.machinePolicy ?? null,
    settingsFile: options.settingsFile ?? null,
    logger,
  });
  const threads = availableParallelism();
  const simulated = createSimulatedSource({
    feed,
    faults: options.faults.map(parseSimulatedFault),
    clock: platform.clock,
    onFeedFault: (fault) => platform.log.fault('feed', fault instanceof ImageFault ? fault.code : fault),
  });
  const { sources, ...system } = await systemScanners({ helperPath: FPRINT_HELPER });
  const devices: Devices = {
    ...system,
    scanners: combineSources([simulated, ...sources]),
    plugEvents: joinPlugEvents(simulated.plugEvents, system.plugEvents),
    matcher: scope.use(createMatcherPool({ threads })),
    trainingGalleries:
      options.trainingGalleries ?? createTrainingGalleries({ people: options.people, threads, clock: platform.clock }),
    trainingHand: hand,
    trainingFaults: options.faults,
  };
  const stationOptions = options.custodyObserver === undefined ? {} : { custodyObserver: options.custodyObserver };
  const station = scope.use(await createStation(platform, devices, stationOptions));
  const { port, rendererFolder } = options;
  const host: SocketHost = scope.use(await createSocketHost({ station, rendererFolder, port }));
  const started = scope.move();
  return {
    station,
    platform,
    address: host.address,
    origin: host.origin,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
