import { describe, expect, test } from 'vitest';
import { FULL_SPEED_PROFILE, HIGH_SPEED_PROFILE } from '../../../native-bridge/scanner/built-in-profiles.ts';
import {
  parseDeviceProfile,
  writeDeviceProfile,
  type DeviceProfile,
} from '../../../native-bridge/scanner/device-profile.ts';
import { cyclingFeed } from '../../../native-bridge/scanner/feed.ts';
import type { HidListing } from '../../../native-bridge/scanner/hid-binding.ts';
import { createHidSource, type HidSourceOptions } from '../../../native-bridge/scanner/hid-source.ts';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';
import type { ScannerSource } from '../../../native-bridge/scanner/scanner.ts';
import { captureOnce } from './capture-support.ts';
import { FakeHidDevice, fakeHidBinding } from './fake-hid-binding.ts';
import { ManualClock } from './manual-clock.ts';
import { ridgeImage } from './ridge-image.ts';

const never = new AbortController().signal;
const KEYBOARD: HidListing = {
  vendorId: 0x46d,
  productId: 0xc31c,
  path: 'bus:kbd',
  usagePage: 1,
  usage: 6,
  product: 'Keyboard',
};

function bus(
  options: Partial<HidSourceOptions> & {
    readonly devices?: readonly (readonly [string, DeviceProfile])[];
    readonly others?: readonly HidListing[];
    readonly refusals?: ReadonlyMap<string, string>;
  } = {},
): { readonly clock: ManualClock; readonly source: ScannerSource; readonly devices: readonly FakeHidDevice[] } {
  const clock = new ManualClock();
  const feed = cyclingFeed([ridgeImage()]);
  const wanted = options.devices ?? [['bus:1', HIGH_SPEED_PROFILE] as const];
  const devices = wanted.map(([path, profile]) => new FakeHidDevice({ path, profile, clock, feed }));
  const binding = fakeHidBinding(devices, options.others, options.refusals);
  const { loadBinding = () => Promise.resolve(binding), ...rest } = options;
  const source = createHidSource({ ...rest, clock, loadBinding });
  return { clock, source, devices };
}

describe('scanners on the HID bus', () => {
  test('every HID device is listed, and those without a profile say so', async () => {
    const { source } = bus({ others: [KEYBOARD] });
    const rows = await source.list(never);
    expect(rows.map(({ path, profileId, refusal }) => [path, profileId, refusal])).toEqual([
      ['bus:kbd', null, 'no-profile'],
      ['bus:1', 'ridgeway-high-speed', null],
    ]);
  });

  test('another collection of the same device is not taken for the scanner', async () => {
    const { vendorId, productId } = HIGH_SPEED_PROFILE;
    const keyboardPart: HidListing = { vendorId, productId, path: 'bus:1b', usagePage: 1, usage: 6 };
    const rows = await bus({ others: [keyboardPart], devices: [] }).source.list(never);
    expect(rows[0]).toMatchObject({ profileId: null, refusal: 'no-profile' });
  });

  test('a device that this user may not open is listed as such, and opening it is a typed fault', async () => {
    const { source } = bus({ mayOpen: () => Promise.resolve(false) });
    expect((await source.list(never))[0]?.refusal).toBe('no-permission');
    await expect(source.open('bus:1', never)).rejects.toMatchObject({ code: 'scanner.no-permission' });
  });

  test('a device that another program holds is listed as such, and opening it is a typed fault', async () => {
    const { source } = bus({ isHeld: () => Promise.resolve(true) });
    expect((await source.list(never))[0]?.refusal).toBe('in-use');
    await expect(source.open('bus:1', never)).rejects.toMatchObject({ code: 'scanner.in-use' });
  });

  test.each([
    ['cannot open device with path bus:1: Permission denied', 'scanner.no-permission'],
    ['hid_open_path: Access is denied. (0x00000005)', 'scanner.no-permission'],
    ['Device or resource busy', 'scanner.in-use'],
    ['The process cannot access the file because of a sharing violation (0x00000020)', 'scanner.in-use'],
    ['No such file or directory', 'scanner.not-found'],
  ])('the library’s words "%s" become %s', async (words, code) => {
    const { source } = bus({ refusals: new Map([['bus:1', words]]) });
    await expect(source.open('bus:1', never)).rejects.toMatchObject({ code });
  });

  test('a device that was refused can be opened as soon as the reason is gone', async () => {
    let isAllowed = false;
    const { source, clock } = bus({ mayOpen: () => Promise.resolve(isAllowed) });
    await expect(source.open('bus:1', never)).rejects.toMatchObject({ code: 'scanner.no-permission' });
    isAllowed = true;
    const scanner = await clock.settle(source.open('bus:1', never));
    expect(scanner.identity.serialNumber).toBe('FAKE-1');
  });

  test('one device is not opened twice, and can be opened again when it was closed', async () => {
    const { source, clock } = bus();
    const first = await clock.settle(source.open('bus:1', never));
    await expect(source.open('bus:1', never)).rejects.toMatchObject({ code: 'scanner.in-use' });
    await clock.settle(Promise.resolve(first[Symbol.asyncDispose]()));
    const second = await clock.settle(source.open('bus:1', never));
    expect((await captureOnce(clock, second)).ended.kind).toBe('captured');
  });

  test('two scanners at once capture side by side', async () => {
    const { source, clock } = bus({
      devices: [
        ['bus:1', HIGH_SPEED_PROFILE],
        ['bus:2', FULL_SPEED_PROFILE],
      ],
    });
    const [one, two] = await clock.settle(Promise.all([source.open('bus:1', never), source.open('bus:2', never)]));
    const both = await clock.settle(Promise.all([captureOnce(clock, one), captureOnce(clock, two)]));
    expect(both.map(({ ended }) => ended.kind)).toEqual(['captured', 'captured']);
  });

  test('a device that is not what its profile says is refused with its figures', async () => {
    const claims = { ...HIGH_SPEED_PROFILE, widthPx: 400 };
    const { source, clock } = bus({ devices: [['bus:1', claims]] });
    const opening = clock.settle(source.open('bus:1', never));
    await expect(opening).rejects.toMatchObject({ code: 'scanner.profile-invalid', figures: { widthPx: 400 } });
  });

  test('a new device of the family works as soon as its profile is imported, without a line of code', async () => {
    const profile = { ...FULL_SPEED_PROFILE, profileId: 'new-device', productId: 0x77, inputReportBytes: 300 };
    const imported: DeviceProfile[] = [];
    const { source, clock } = bus({ devices: [['bus:9', profile]], importedProfiles: () => imported });
    expect((await source.list(never))[0]?.refusal).toBe('no-profile');
    imported.push(parseDeviceProfile(writeDeviceProfile(profile)));
    expect((await source.list(never))[0]).toMatchObject({ profileId: 'new-device', refusal: null });
    const scanner = await clock.settle(source.open('bus:9', never));
    expect((await captureOnce(clock, scanner)).ended.kind).toBe('captured');
  });

  test('a library that cannot be loaded is a typed fault, and is tried again the next time', async () => {
    let attempts = 0;
    const loadBinding = (): Promise<never> => {
      attempts += 1;
      return Promise.reject(new ScannerFault('scanner.driver-missing'));
    };
    const { source } = bus({ loadBinding });
    await expect(source.list(never)).rejects.toMatchObject({ code: 'scanner.driver-missing' });
    await expect(source.open('bus:1', never)).rejects.toMatchObject({ code: 'scanner.driver-missing' });
    expect(attempts).toBe(2);
  });

  test('a device that never says who it is is given up and let go', async () => {
    const { source, clock, devices } = bus();
    const opening = source.open('bus:1', never);
    opening.catch(() => {});
    await clock.run(0);
    devices[0]?.unplug();
    await expect(clock.settle(opening)).rejects.toBeInstanceOf(ScannerFault);
  });

  test('names that a device makes up are cut to a length that can be shown', async () => {
    const other = { ...KEYBOARD, product: 'x'.repeat(5_000), serialNumber: 'y'.repeat(5_000) };
    const [row] = await bus({ others: [other], devices: [] }).source.list(never);
    expect([row?.productName.length, row?.serialNumber.length]).toEqual([126, 126]);
  });
});
