import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { HIGH_SPEED_PROFILE } from '../../../native-bridge/scanner/built-in-profiles.ts';
import { combineSources } from '../../../native-bridge/scanner/combined-source.ts';
import { onlyEnrolled } from '../../../native-bridge/scanner/enrolled-source.ts';
import { cyclingFeed } from '../../../native-bridge/scanner/feed.ts';
import { systemPlugEvents } from '../../../native-bridge/scanner/plug-events.ts';
import { ScannerFault } from '../../../native-bridge/scanner/scanner-fault.ts';
import { watchScanners, type ScannerChange } from '../../../native-bridge/scanner/scanner-watch.ts';
import type { ScannerSource } from '../../../native-bridge/scanner/scanner.ts';
import { createSimulatedSource, SIMULATED_PATH } from '../../../native-bridge/scanner/simulated-source.ts';
import { ManualClock } from './manual-clock.ts';
import { ridgeImage } from './ridge-image.ts';

const never = new AbortController().signal;

function watched(hasEvents: boolean) {
  const clock = new ManualClock();
  const inner = createSimulatedSource({ feed: cyclingFeed([ridgeImage()]), clock });
  const abort = new AbortController();
  const changes: ScannerChange[] = [];
  const faults: unknown[] = [];
  const state = { looks: 0, isCapturing: false, isBroken: false, event: (): void => {} };
  const source: ScannerSource = {
    list(signal) {
      state.looks += 1;
      if (state.isBroken) return Promise.reject(new ScannerFault('scanner.driver-missing'));
      return inner.list(signal);
    },
    open: (wanted, signal) => inner.open(wanted, signal),
  };
  const { lookSoon } = watchScanners({
    source,
    clock,
    signal: abort.signal,
    isCapturing: () => state.isCapturing,
    onChange: (change) => changes.push(change),
    onFault: (cause) => faults.push(cause),
    plugEvents: hasEvents
      ? (onEvent) => {
          state.event = onEvent;
          return () => (state.event = () => {});
        }
      : null,
  });
  return { clock, inner, abort, changes, faults, state, lookSoon };
}

describe('hot plug', () => {
  test('without events: appears, vanishes, re-appears, each told once', async () => {
    const { clock, inner, changes } = watched(false);
    await clock.run(5_000);
    inner.unplug();
    await clock.run(5_000);
    inner.plugIn();
    await clock.run(5_000);
    expect(changes.map(({ appeared, vanished }) => [appeared.length, vanished.length])).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
    ]);
  });

  test('with events a change is told within half a second, and without changes nobody looks often', async () => {
    const { clock, inner, changes, state } = watched(true);
    await clock.run(20_000);
    expect(state.looks).toBe(1);
    inner.unplug();
    for (let repeat = 0; repeat < 50; repeat += 1) state.event();
    await clock.run(500);
    expect(changes.at(-1)?.vanished).toHaveLength(1);
    expect(state.looks).toBe(2);
  });

  test('while a capture runs nothing is enumerated, and afterwards soon', async () => {
    const { clock, inner, changes, state } = watched(false);
    await clock.run(100);
    state.isCapturing = true;
    inner.unplug();
    await clock.run(10_000);
    expect(state.looks).toBe(1);
    state.isCapturing = false;
    await clock.run(500);
    expect(changes.at(-1)?.vanished).toHaveLength(1);
  });

  test('whoever has reason to can have it looked at within half a second, and only once', async () => {
    const { clock, inner, changes, state, lookSoon } = watched(true);
    await clock.run(1_000);
    inner.unplug();
    for (let repeat = 0; repeat < 50; repeat += 1) lookSoon();
    await clock.run(500);
    expect(changes.at(-1)?.vanished).toHaveLength(1);
    expect(state.looks).toBe(2);
  });

  test('a library that fails is told once, and looking goes on', async () => {
    const { clock, changes, faults, state } = watched(false);
    state.isBroken = true;
    await clock.run(20_000);
    state.isBroken = false;
    await clock.run(3_000);
    expect(faults).toHaveLength(1);
    expect(changes.length).toBeGreaterThan(0);
  });

  test('after the abort there is no timer and no look', async () => {
    const { clock, abort, state } = watched(false);
    await clock.run(100);
    abort.abort();
    await clock.run(10_000);
    expect([clock.pending, state.looks]).toEqual([0, 1]);
  });

  test.each([['hidraw7'], ['bus/usb/001/042']])(
    'the system’s events tell of %s and not of other nodes',
    async (node) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'ridgeway-dev-'));
      await mkdir(path.join(folder, 'bus/usb/001'), { recursive: true });
      let events = 0;
      let tell = (): void => {};
      const seen = new Promise<void>((resolve) => (tell = resolve));
      const stop = systemPlugEvents(
        'linux',
        folder,
      )?.(() => {
        events += 1;
        tell();
      });
      try {
        // The other node comes first: when the wanted one has been told, the other would have been.
        await writeFile(path.join(folder, 'ttyS0'), '');
        await setImmediate();
        expect(events).toBe(0);
        await writeFile(path.join(folder, node), '');
        await seen;
      } finally {
        stop?.();
        await rm(folder, { recursive: true });
      }
      expect(events).toBeGreaterThan(0);
    },
  );

  test('a system without events says so, and is looked at now and then', () => {
    expect(['win32', 'darwin'].map((platform) => systemPlugEvents(platform as NodeJS.Platform))).toEqual([null, null]);
  });
});

describe('joined and enrolled sources', () => {
  const simulated = (serialNumber: string, clock: ManualClock): ScannerSource =>
    createSimulatedSource({ feed: cyclingFeed([ridgeImage()]), clock, serialNumber });
  const broken: ScannerSource = {
    list: () => Promise.reject(new ScannerFault('scanner.driver-missing')),
    open: () => Promise.reject(new ScannerFault('scanner.driver-missing')),
  };

  test('a source whose driver is missing does not hide the others', async () => {
    const source = combineSources([broken, simulated('A-1', new ManualClock())]);
    expect((await source.list(never)).map(({ serialNumber }) => serialNumber)).toEqual(['A-1']);
  });

  test('when no source can list, the reason is told instead of an empty list', async () => {
    await expect(combineSources([broken, broken]).list(never)).rejects.toMatchObject({
      code: 'scanner.driver-missing',
    });
  });

  test('each scanner is opened by the source that lists it', async () => {
    const clock = new ManualClock();
    const source = combineSources([simulated('A-1', clock), simulated('B-2', clock)]);
    const scanner = await clock.settle(source.open('simulated:B-2', never));
    expect(scanner.identity.serialNumber).toBe('B-2');
    await expect(source.open('simulated:C-3', never)).rejects.toMatchObject({ code: 'scanner.not-found' });
  });

  test('only an enrolled serial number may capture, and enrolling takes effect at once', async () => {
    const clock = new ManualClock();
    const { vendorId, productId } = HIGH_SPEED_PROFILE;
    const enrolled: { vendorId: number; productId: number; serialNumber: string }[] = [];
    const source = onlyEnrolled(simulated('TRAINING-0001', clock), () => enrolled);
    expect((await source.list(never))[0]?.isEnrolled).toBe(false);
    const refused = clock.settle(source.open(SIMULATED_PATH, never));
    await expect(refused).rejects.toMatchObject({ code: 'scanner.not-enrolled' });
    enrolled.push({ vendorId, productId, serialNumber: 'TRAINING-0001' });
    expect((await source.list(never))[0]?.isEnrolled).toBe(true);
    expect((await clock.settle(source.open(SIMULATED_PATH, never))).identity.serialNumber).toBe('TRAINING-0001');
  });
});
