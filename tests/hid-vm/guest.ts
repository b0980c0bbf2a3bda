/** Runs inside the virtual machine: real kernel, real /dev/hidraw, real node-hid; the device behind /dev/uhid is ours. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { BUILT_IN_PROFILES } from '../../native-bridge/scanner/built-in-profiles.ts';
import type { DeviceProfile } from '../../native-bridge/scanner/device-profile.ts';
import { FaultInjector } from '../../native-bridge/scanner/fault-injector.ts';
import { scriptedFeed } from '../../native-bridge/scanner/feed.ts';
import { createHidSource } from '../../native-bridge/scanner/hid-source.ts';
import { orientImage } from '../../native-bridge/scanner/orient-image.ts';
import { systemPlugEvents } from '../../native-bridge/scanner/plug-events.ts';
import { ScannerFault } from '../../native-bridge/scanner/scanner-fault.ts';
import type { CaptureOutcome, Scanner, ScannerListing } from '../../native-bridge/scanner/scanner.ts';
import { seededRandom } from '../../native-bridge/scanner/seeded-random.ts';
import { ridgeImage } from '../native-bridge/scanner/ridge-image.ts';
import { UhidDevice } from './uhid-device.ts';

/** How many images each kind of device gives; twenty in all. */
const PLAN = [
  { profileId: 'ridgeway-high-speed', images: 14, unplugInImage: 7 },
  { profileId: 'ridgeway-inverted', images: 4, unplugInImage: 0 },
  { profileId: 'ridgeway-full-speed', images: 2, unplugInImage: 0 },
] as const;
/** Share of reports that is lost before the kernel sees them, on top of what the kernel loses. */
const DROPPED_SHARE = 0.06;
/** Longest wait for a device to appear or vanish, ms: the guest is an emulated processor. */
const PLUG_LIMIT_MS = 8_000;
const CAPTURE_LIMIT_MS = 60_000;

const source = createHidSource();
const never = new AbortController().signal;
const script = scriptedFeed();
const totals = {
  images: 0,
  identical: 0,
  lost: 0,
  repeated: 0,
  received: 0,
  emitted: 0,
  unplugs: 0,
  zeroised: 0,
  replugs: 0,
  heldNoticed: 0,
  plugEvents: 0,
};

/** Machine-readable lines begin with this, so that the kernel's own words do not disturb. */
function say(what: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`HIDVM ${JSON.stringify(what)}\n`);
}

async function waitForListing(profile: DeviceProfile, isWanted: boolean): Promise<ScannerListing | undefined> {
  const untilMs = Date.now() + PLUG_LIMIT_MS;
  for (;;) {
    const found = (await source.list(never)).find((row) => row.profileId === profile.profileId);
    if ((found !== undefined) === isWanted) return found;
    if (Date.now() > untilMs) throw new Error(`device ${isWanted ? 'did not appear' : 'did not vanish'}`);
    await sleep(50);
  }
}

async function open(profile: DeviceProfile): Promise<Scanner> {
  const listing = await waitForListing(profile, true);
  if (listing === undefined) throw new Error('no listing');
  return await source.open(listing.path, never);
}

async function capture(scanner: Scanner): Promise<{ readonly outcome: CaptureOutcome; readonly pixels: Uint8Array }> {
  const into = new SharedArrayBuffer(scanner.identity.widthPx * scanner.identity.heightPx);
  new Uint8Array(into).fill(0xa5);
  const outcome = await scanner.capture({ into, deadlineMs: CAPTURE_LIMIT_MS, signal: never, onProgress: () => {} });
  return { outcome, pixels: new Uint8Array(into) };
}

/** Another program takes the device: the list must say so, and opening must be refused until it lets go. */
async function holdElsewhere(profile: DeviceProfile, scanner: Scanner, reopen: () => Promise<unknown>): Promise<void> {
  const listing = await waitForListing(profile, true);
  await scanner[Symbol.asyncDispose]();
  const holder = spawn('/bin/sh', ['-c', `exec 3<>${listing?.path ?? ''}; echo held; read line`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const refused = (await source.list(never)).find((row) => row.path === listing?.path)?.refusal;
  const opening = await source.open(listing?.path ?? '', never).catch((cause: unknown) => cause);
  if (refused === 'in-use' && opening instanceof ScannerFault && opening.code === 'scanner.in-use')
    totals.heldNoticed += 1;
  holder.stdin.end();
  await once(holder, 'exit');
  await reopen();
}

async function runDevice(profile: DeviceProfile, images: number, unplugInImage: number): Promise<void> {
  const random = seededRandom(profile.productId);
  const plug = (faults: FaultInjector): UhidDevice =>
    new UhidDevice({
      profile,
      serialNumber: `VM-${profile.productId}`,
      feed: script.feed,
      faults,
      reportIntervalMs: 0.5,
    });
  const lossy = (): FaultInjector => new FaultInjector([{ kind: 'drop', share: DROPPED_SHARE }], random);
  let device = plug(lossy());
  let scanner = await open(profile);
  for (let image = 1; image <= images; image += 1) {
    const finger = ridgeImage({ phase: image, radiusX: 120 + 3 * image, radiusY: 170 + 2 * image });
    if (image === 1) await holdElsewhere(profile, scanner, async () => (scanner = await open(profile)));
    if (image === unplugInImage) {
      await scanner[Symbol.asyncDispose]();
      device.unplug();
      await waitForListing(profile, false);
      device = plug(new FaultInjector([{ kind: 'unplug-at', report: 150 }], random));
      scanner = await open(profile);
      script.present(finger);
      const { outcome, pixels } = await capture(scanner);
      if (outcome.kind !== 'unplugged') throw new Error(`unplugged in the middle, but the outcome was ${outcome.kind}`);
      totals.unplugs += 1;
      if (pixels.every((byte) => byte === 0)) totals.zeroised += 1;
      await scanner[Symbol.asyncDispose]();
      await waitForListing(profile, false);
      totals.emitted += device.emitted;
      device = plug(lossy());
      scanner = await open(profile);
      totals.replugs += 1;
    }
    const startedAtMs = Date.now();
    script.present(finger);
    const { outcome, pixels } = await capture(scanner);
    const expected = Uint8Array.from(finger.pixels);
    orientImage(expected, finger.widthPx, profile);
    const isIdentical = outcome.kind === 'captured' && Buffer.compare(pixels, expected) === 0;
    totals.images += 1;
    if (isIdentical) totals.identical += 1;
    say({ profile: profile.profileId, image, outcome: outcome.kind, isIdentical, ms: Date.now() - startedAtMs });
  }
  const { reportsLost, reportsRepeated, reportsReceived } = scanner.statistics();
  totals.lost += reportsLost;
  totals.repeated += reportsRepeated;
  totals.received += reportsReceived;
  totals.emitted += device.emitted;
  await scanner[Symbol.asyncDispose]();
  device.unplug();
  await waitForListing(profile, false);
}

const unsubscribe = systemPlugEvents()?.(() => (totals.plugEvents += 1));
try {
  for (const { profileId, images, unplugInImage } of PLAN) {
    const profile = BUILT_IN_PROFILES.find((one) => one.profileId === profileId);
    if (profile === undefined) throw new Error(`no profile ${profileId}`);
    await runDevice(profile, images, unplugInImage);
  }
  unsubscribe?.();
  say({ end: totals });
} catch (cause) {
  say({ failed: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause), totals });
}
process.exit(0);
