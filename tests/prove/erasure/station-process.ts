/**
 * The station that the proof looks at: the loopback host's parts, as `npm start` puts them together, with a glass that
 * shows marked fingers, a clock whose long waits can be ended, and searches that can be held. Only the marker's seeds
 * come in from outside: it draws each image itself and clears it when the finger is gone.
 */
import { createInterface } from 'node:readline';
import path from 'node:path';
import { pino } from 'pino';
import { createNodePlatform } from '../../../electron/hosts/loopback/node-platform.ts';
import { createSocketHost } from '../../../electron/hosts/loopback/socket-host.ts';
import { createStation } from '../../../electron/station/create-station.ts';
import type { Clock } from '../../../electron/station/platform.ts';
import { systemClock } from '../../../electron/station/system-clock.ts';
import { createTrainingGalleries } from '../../../electron/training/training-galleries.ts';
import type { FingerPosition, MatcherPool } from '../../../native-bridge/matcher/matcher.ts';
import { createMatcherPool } from '../../../native-bridge/matcher/matcher-pool.ts';
import { systemClock as scannerTime, type ScannerClock } from '../../../native-bridge/scanner/clock.ts';
import { clearedAfterwards, type FrameFeed } from '../../../native-bridge/scanner/feed.ts';
import { createSimulatedSource } from '../../../native-bridge/scanner/simulated-source.ts';
import { hostCommand, type HostCommand, type HostReady } from './host-commands.ts';
import { markedFinger, type MarkedFinger } from './marked-finger.ts';

/** People in each gallery: enough for a search to be one. */
const PEOPLE = 20;
/** Slow enough for a transfer to be seen under way on a busy computer: a second an image. */
const REPORT_INTERVAL_MS = 4;
/** Waits from this length on are those of a check's time to live and of idle screens, milliseconds. */
const LONG_WAIT_MS = 60_000;

const [dataFolder = '', rendererFolder = '', machinePolicy = 'null'] = process.argv.slice(2);

const longWaits = new Set<() => void>();
const clock: Clock = {
  now: systemClock.now,
  after(delayMs, callback) {
    if (delayMs < LONG_WAIT_MS) return systemClock.after(delayMs, callback);
    longWaits.add(callback);
    return () => longWaits.delete(callback);
  },
};

/** What waits for the scanner's time to go on, while it stands still. */
let standing: (() => void)[] | null = null;
const scannerClock: ScannerClock = {
  now: scannerTime.now,
  after(delayMs, callback) {
    let isCancelled = false;
    const act = (): void => {
      if (isCancelled) return;
      if (standing === null) callback();
      else standing.push(act);
    };
    const cancel = scannerTime.after(delayMs, act);
    return () => {
      isCancelled = true;
      cancel();
    };
  },
};

const fingers: MarkedFinger[] = [];
const feed: FrameFeed = clearedAfterwards(() => {
  const finger = fingers.shift();
  return Promise.resolve(finger === undefined ? null : markedFinger(finger));
});

let held: PromiseWithResolvers<void> | null = null;

/** The real pool; a search waits, with the probe lent to it, for as long as searches are held. */
function holding(pool: MatcherPool): MatcherPool {
  return {
    extract: (image, into, signal) => pool.extract(image, into, signal),
    examinePair: (first, second, signal) => pool.examinePair(first, second, signal),
    openGallery: (place, signal) => pool.openGallery(place, signal),
    startIndexing: (threads) => pool.startIndexing(threads),
    async search(gallery, probe, options) {
      const left = new Promise<void>((resolve) => {
        options.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await Promise.race([held?.promise, left]);
      return pool.search(gallery, probe, options);
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}

await using scope = new AsyncDisposableStack();
const platform = await createNodePlatform({
  dataFolder,
  version: '0.0.0-proof',
  machinePolicy: JSON.parse(machinePolicy),
  logger: pino(pino.destination({ dest: path.join(dataFolder, 'logs', 'station.log'), mkdir: true, sync: false })),
});
const scanner = createSimulatedSource({
  feed,
  reportIntervalMs: REPORT_INTERVAL_MS,
  clock: scannerClock,
  onFeedFault: (fault) => platform.log.fault('feed', fault),
});
const pool = scope.use(createMatcherPool({ threads: 2, workerUrl: new URL('./crashing-worker.ts', import.meta.url) }));
const station = scope.use(
  await createStation(
    { ...platform, clock },
    {
      scanners: scanner,
      matcher: holding(pool),
      trainingGalleries: createTrainingGalleries({ people: PEOPLE, threads: 2, clock }),
      trainingHand: null,
    },
  ),
);
const host = scope.use(await createSocketHost({ station, rendererFolder, port: 0 }));
await station.galleriesSettled;
const officer = station.firstUsers.find(({ user }) => user.role === 'officer');
const ready: HostReady = { address: host.address, officerPassword: officer?.firstPassword ?? '' };
console.log(JSON.stringify(ready));

function obey(command: HostCommand): void {
  switch (command.do) {
    case 'present':
      fingers.push({ ...command, position: command.position as FingerPosition });
      return;
    case 'hold-searches':
      held = Promise.withResolvers();
      return;
    case 'let-searches-go':
      held?.resolve();
      held = null;
      return;
    case 'stop-the-scanner':
      standing = [];
      return;
    case 'let-the-scanner-go': {
      const due = standing ?? [];
      standing = null;
      for (const act of due) act();
      return;
    }
    case 'raise':
      return platform.raise(command.event);
    case 'unplug':
      return scanner.unplug();
    case 'plug-in':
      return scanner.plugIn();
    case 'spend-time':
      // Those that begin meanwhile are left for the next time.
      for (const spent of Array.from(longWaits)) {
        longWaits.delete(spent);
        spent();
      }
      return;
    case 'close':
      lines.close();
  }
}

const lines = createInterface({ input: process.stdin });
for await (const line of lines) {
  obey(hostCommand.parse(JSON.parse(line)));
  console.log('{}');
}
