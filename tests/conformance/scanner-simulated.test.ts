import { FULL_SPEED_PROFILE, HIGH_SPEED_PROFILE } from '../../native-bridge/scanner/built-in-profiles.ts';
import type { DeviceProfile } from '../../native-bridge/scanner/device-profile.ts';
import { scriptedFeed } from '../../native-bridge/scanner/feed.ts';
import { parseSimulatedFault } from '../../native-bridge/scanner/simulated-fault.ts';
import { createSimulatedSource, SIMULATED_PATH } from '../../native-bridge/scanner/simulated-source.ts';
import { ManualClock } from '../native-bridge/scanner/manual-clock.ts';
import { scannerConformance, type ScannerRig } from './scanner-conformance.ts';

function makeRig(profile: DeviceProfile, faults: readonly string[]): Promise<ScannerRig> {
  const clock = new ManualClock();
  const script = scriptedFeed();
  const source = createSimulatedSource({
    feed: script.feed,
    clock,
    profile,
    faults: faults.map(parseSimulatedFault),
    reportIntervalMs: 1,
  });
  const unplug = (): Promise<void> => {
    source.unplug();
    return Promise.resolve();
  };
  return Promise.resolve({
    source,
    path: SIMULATED_PATH,
    widthPx: profile.widthPx,
    heightPx: profile.heightPx,
    hasPreview: true,
    run: (durationMs) => clock.run(durationMs),
    settle: (promise) => clock.settle(promise),
    putFinger(image) {
      script.present(image);
      return Promise.resolve();
    },
    async putFingerAndUnplugMidImage(image) {
      script.present(image);
      // 150 ms to the finger, 160 ms to the third still frame, and then some of the image.
      await clock.run(450);
      await unplug();
    },
    unplug,
    plugIn() {
      source.plugIn();
      return Promise.resolve();
    },
    expected: (image) => image.pixels,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
}

scannerConformance('simulated device, 1,024-byte reports', () => makeRig(HIGH_SPEED_PROFILE, []));
scannerConformance('simulated device, 64-byte reports, 6 % lost, 1 % damaged', () =>
  makeRig(FULL_SPEED_PROFILE, ['drop=6%', 'corrupt=1%']),
);
