import { BUILT_IN_PROFILES, HIGH_SPEED_PROFILE } from '../../native-bridge/scanner/built-in-profiles.ts';
import type { DeviceProfile } from '../../native-bridge/scanner/device-profile.ts';
import { scriptedFeed } from '../../native-bridge/scanner/feed.ts';
import { createHidSource } from '../../native-bridge/scanner/hid-source.ts';
import { orientImage } from '../../native-bridge/scanner/orient-image.ts';
import { FakeHidDevice, fakeHidBinding } from '../native-bridge/scanner/fake-hid-binding.ts';
import { ManualClock } from '../native-bridge/scanner/manual-clock.ts';
import { scannerConformance, type ScannerRig } from './scanner-conformance.ts';

const PATH = 'fake-bus:1';

function makeRig(profile: DeviceProfile): Promise<ScannerRig> {
  const clock = new ManualClock();
  const script = scriptedFeed();
  const device = new FakeHidDevice({ path: PATH, profile, clock, feed: script.feed, droppedShare: 0.06 });
  const binding = fakeHidBinding([device]);
  const source = createHidSource({ clock, loadBinding: () => Promise.resolve(binding) });
  return Promise.resolve({
    source,
    path: PATH,
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
      await clock.run(450);
      device.unplug();
    },
    unplug() {
      device.unplug();
      return Promise.resolve();
    },
    plugIn() {
      device.plugIn();
      return Promise.resolve();
    },
    expected(image) {
      const pixels = Uint8Array.from(image.pixels);
      orientImage(pixels, image.widthPx, profile);
      return pixels;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  });
}

const [, , inverted = HIGH_SPEED_PROFILE] = BUILT_IN_PROFILES;

scannerConformance('node-hid port over a fake bus', () => makeRig(HIGH_SPEED_PROFILE));
scannerConformance('node-hid port with report identifiers, light ridges, upside down', () => makeRig(inverted));
