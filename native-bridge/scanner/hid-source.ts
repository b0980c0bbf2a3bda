import { access, constants } from 'node:fs/promises';
import { BUILT_IN_PROFILES } from './built-in-profiles.ts';
import type { ScannerClock } from './clock.ts';
import type { DeviceProfile } from './device-profile.ts';
import type { HidBinding, HidListing } from './hid-binding.ts';
import { isHeldElsewhere } from './device-holder.ts';
import { loadNodeHid, openNodeHidPort } from './node-hid-port.ts';
import { openReportScanner } from './report-scanner.ts';
import { ScannerFault } from './scanner-fault.ts';
import type { Scanner, ScannerListing, ScannerSource } from './scanner.ts';

/** Where HID devices come from and what is known of them. */
export interface HidSourceOptions {
  /** Profiles that an administrator imported, tried before those that ship; asked at each call. */
  readonly importedProfiles?: () => readonly DeviceProfile[];
  readonly clock?: ScannerClock;
  /** The HID library; node-hid when absent. */
  readonly loadBinding?: () => Promise<HidBinding>;
  /** Tells whether this user may open the device; asks the system when absent. */
  readonly mayOpen?: (devicePath: string) => Promise<boolean>;
  /** Tells whether another program holds the device; asks the system when absent. */
  readonly isHeld?: (devicePath: string) => Promise<boolean>;
}

/** Most devices that are listed; a computer with more has something wrong with it. */
const MAXIMUM_LISTED = 64;
/** Longest name or serial number that is shown, characters; a device chooses them freely. */
const MAXIMUM_NAME_CHARACTERS = 126;

/** Lists and opens the scanners on the HID bus. Devices of which this program holds one are never opened a second time. */
export function createHidSource(options: HidSourceOptions = {}): ScannerSource {
  const { loadBinding = loadNodeHid, mayOpen = mayReadAndWrite, isHeld = isHeldElsewhere } = options;
  const profiles = (): readonly DeviceProfile[] => [...(options.importedProfiles?.() ?? []), ...BUILT_IN_PROFILES];
  const held = new Set<string>();
  let loading: Promise<HidBinding> | undefined;

  const binding = async (): Promise<HidBinding> => {
    loading ??= loadBinding();
    try {
      return await loading;
    } catch (cause) {
      // Asked again next time: an administrator may have installed what was missing.
      loading = undefined;
      throw cause;
    }
  };

  return {
    async list(signal) {
      const devices = await (await binding()).devices();
      signal.throwIfAborted();
      const rows = devices.filter(({ path }) => path !== undefined && path !== '').slice(0, MAXIMUM_LISTED);
      const refusalOf = async (path: string): Promise<ScannerListing['refusal']> => {
        if (!(await mayOpen(path))) return 'no-permission';
        return !held.has(path) && (await isHeld(path)) ? 'in-use' : null;
      };
      return await Promise.all(rows.map((device) => listingOf(device, profileOf(device, profiles()), refusalOf)));
    },
    async open(path, signal): Promise<Scanner> {
      const library = await binding();
      const device = (await library.devices()).find((one) => one.path === path);
      const profile = device === undefined ? undefined : profileOf(device, profiles());
      signal.throwIfAborted();
      if (device === undefined || profile === undefined) throw new ScannerFault('scanner.not-found');
      if (held.has(path)) throw new ScannerFault('scanner.in-use');
      held.add(path);
      try {
        if (!(await mayOpen(path))) throw new ScannerFault('scanner.no-permission');
        if (await isHeld(path)) throw new ScannerFault('scanner.in-use');
        const port = await openNodeHidPort(library, path, profile);
        const productName = shortened(device.product);
        const clock = options.clock === undefined ? {} : { clock: options.clock };
        const scanner = await openReportScanner({ port, profile, productName, isSimulated: false, signal, ...clock });
        scanner.onEnd(() => held.delete(path));
        return scanner;
      } catch (cause) {
        held.delete(path);
        throw cause;
      }
    },
  };
}

/** Usage page and usage are compared where the system tells them. */
function profileOf(device: HidListing, profiles: readonly DeviceProfile[]): DeviceProfile | undefined {
  return profiles.find(
    (profile) =>
      profile.vendorId === device.vendorId &&
      profile.productId === device.productId &&
      (device.usagePage === undefined || device.usagePage === profile.usagePage) &&
      (device.usage === undefined || device.usage === profile.usage),
  );
}

async function listingOf(
  device: HidListing,
  profile: DeviceProfile | undefined,
  refusalOf: (devicePath: string) => Promise<ScannerListing['refusal']>,
): Promise<ScannerListing> {
  const path = device.path ?? '';
  return {
    path,
    vendorId: device.vendorId,
    productId: device.productId,
    productName: shortened(device.product),
    serialNumber: shortened(device.serialNumber),
    isSimulated: false,
    profileId: profile?.profileId ?? null,
    refusal: profile === undefined ? 'no-profile' : await refusalOf(path),
  };
}

function shortened(text: string | undefined): string {
  return (text ?? '').slice(0, MAXIMUM_NAME_CHARACTERS);
}

async function mayReadAndWrite(devicePath: string): Promise<boolean> {
  if (!devicePath.startsWith('/dev/')) return true;
  try {
    await access(devicePath, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
