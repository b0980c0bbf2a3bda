import { HIGH_SPEED_PROFILE } from '../../../native-bridge/scanner/built-in-profiles.ts';
import { FaultInjector } from '../../../native-bridge/scanner/fault-injector.ts';
import { cyclingFeed } from '../../../native-bridge/scanner/feed.ts';
import type { HidPort } from '../../../native-bridge/scanner/hid-port.ts';
import { openReportScanner } from '../../../native-bridge/scanner/report-scanner.ts';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';
import { seededRandom } from '../../../native-bridge/scanner/seeded-random.ts';
import { SimulatedGlass } from '../../../native-bridge/scanner/simulated-glass.ts';
import { SimulatedHand } from '../../../native-bridge/scanner/simulated-hand.ts';
import { SimulatedPort } from '../../../native-bridge/scanner/simulated-port.ts';
import { holds, isAllZero, startCapture } from './capture-support.ts';
import { ManualClock } from './manual-clock.ts';
import { ridgeImage } from './ridge-image.ts';
import { spoil, SPOILINGS, type Random, type Spoiling } from './spoiled-stream.ts';

/** A small glass, so that a capture is a hundred and fifty reports. */
const PROFILE = { ...HIGH_SPEED_PROFILE, widthPx: 192, heightPx: 192, inputReportBytes: 256 };
const FINGER = ridgeImage({ widthPx: 192, heightPx: 192, radiusX: 90, radiusY: 90 });
/** Longest that a capture may take, ms of the clock that the test holds. */
const CAPTURE_LIMIT_MS = 5_000;
/** Commands that a driver may send in one capture: a credit every 16 reports, and retries; more is a flood. */
const MOST_COMMANDS = 5_000;

/** How a capture over a spoiled bus ended, or what of it must never be. */
export type SpoiledEnd = 'not-opened' | 'captured' | 'no-finger' | 'unplugged' | 'aborted' | 'fault';

/** One whole capture over a bus that spoils what passes. @throws Error when anything is as it must never be */
export async function captureOverSpoiledBus(seed: number, ways: readonly Spoiling[] = SPOILINGS): Promise<SpoiledEnd> {
  const random = seededRandom(seed);
  const clock = new ManualClock();
  let commands = 0;
  const port = spoiledPort(clock, random, ways, () => (commands += 1));
  const signal = new AbortController().signal;
  const opening = openReportScanner({ port, profile: PROFILE, productName: 'Fuzz', isSimulated: true, signal, clock });
  const opened = await clock.settle(opening.catch((cause: unknown) => cause));
  if (opened instanceof Error) {
    if (!(opened instanceof ScannerFault)) throw opened;
    return 'not-opened';
  }
  const scanner = await opening;
  const started = startCapture(scanner, CAPTURE_LIMIT_MS);
  const outcome = await clock.settle(started.outcome);
  if (outcome.kind === 'captured') {
    if (!holds(started.into, FINGER.pixels)) throw new Error(`seed ${seed}: a wrong image was passed`);
  } else if (!isAllZero(started.into)) {
    throw new Error(`seed ${seed}: ${outcome.kind}, but bytes are left`);
  }
  if (commands > MOST_COMMANDS) throw new Error(`seed ${seed}: ${commands} commands were sent`);
  await clock.settle(Promise.resolve(scanner[Symbol.asyncDispose]()));
  await clock.run(10);
  if (clock.pending > 0) throw new Error(`seed ${seed}: ${clock.pending} timers are left`);
  return outcome.kind;
}

function spoiledPort(clock: ManualClock, random: Random, ways: readonly Spoiling[], onCommand: () => void): HidPort {
  const glass = new SimulatedGlass(PROFILE);
  const hand = new SimulatedHand(glass, cyclingFeed([FINGER]), clock, () => {});
  const { inputReportBytes, outputReportBytes } = PROFILE;
  const inner = new SimulatedPort(
    {
      glass,
      serialNumber: 'FUZZ',
      inputReportBytes,
      outputReportBytes,
      reportIntervalMs: 0.5,
      clock,
      onEvent: (event) => hand.see(event),
    },
    new FaultInjector([], random),
  );
  let earlier: Uint8Array | null = null;
  return {
    inputReportBytes,
    outputReportBytes,
    send: (report) => {
      onCommand();
      if (random() > 0.02) inner.send(report);
    },
    onReport: (listener) =>
      inner.onReport((report) => {
        // Now and then a report is held back until the next has passed.
        const present = Uint8Array.from(report);
        if (earlier === null && ways.includes('reordered') && random() < 0.02) {
          earlier = present;
          return;
        }
        const passing = earlier === null ? [present] : [present, earlier];
        earlier = null;
        for (const bytes of spoil(passing, random, ways)) listener(bytes);
      }),
    onClosed: (listener) => inner.onClosed(listener),
    close: () => inner.close(),
  };
}
