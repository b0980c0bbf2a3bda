import { describe, expect, test } from 'vitest';
import { HIGH_SPEED_PROFILE } from '../../../native-bridge/scanner/built-in-profiles.ts';
import { cyclingFeed } from '../../../native-bridge/scanner/feed.ts';
import type { HidHandle } from '../../../native-bridge/scanner/hid-binding.ts';
import { openNodeHidPort } from '../../../native-bridge/scanner/node-hid-port.ts';
import type { SimulatedFault } from '../../../native-bridge/scanner/simulated-fault.ts';
import { createSimulatedSource, SIMULATED_PATH } from '../../../native-bridge/scanner/simulated-source.ts';
import { isAllZero, startCapture } from './capture-support.ts';
import { ManualClock } from './manual-clock.ts';
import { ridgeImage } from './ridge-image.ts';

const never = new AbortController().signal;
/** A small glass, so that a whole capture is some sixty reports and every one of them can be the last. */
const PROFILE = { ...HIGH_SPEED_PROFILE, widthPx: 192, heightPx: 192 };
const FINGER = ridgeImage({ widthPx: 192, heightPx: 192, radiusX: 90, radiusY: 90 });

async function play(faults: readonly SimulatedFault[]) {
  const clock = new ManualClock();
  const feed = cyclingFeed([FINGER]);
  const source = createSimulatedSource({ feed, clock, profile: PROFILE, reportIntervalMs: 1, faults });
  return { clock, scanner: await clock.settle(source.open(SIMULATED_PATH, never)) };
}

describe('a capture that ends at any moment', () => {
  test('unplugged at every report of a whole capture, one after the other, it leaves zeroes', async () => {
    const seen = new Set<string>();
    let isPastTheEnd = false;
    for (let report = 3; report < 200 && !isPastTheEnd; report += 1) {
      const { clock, scanner } = await play([{ kind: 'unplug-at', report }]);
      const started = startCapture(scanner);
      const outcome = await clock.settle(started.outcome);
      isPastTheEnd = outcome.kind === 'captured';
      if (isPastTheEnd) break;
      expect(outcome).toEqual({ kind: 'unplugged' });
      expect(isAllZero(started.into)).toBe(true);
      seen.add(started.progress.at(-1)?.kind ?? '');
    }
    expect(isPastTheEnd).toBe(true);
    expect([...seen].toSorted()).toEqual(['preview', 'transferring', 'waiting-for-finger', 'waiting-for-lift']);
  });

  test('aborted at every tenth millisecond of a whole capture, it leaves zeroes and the next one works', async () => {
    const seen = new Set<string>();
    let isPastTheEnd = false;
    for (let afterMs = 0; afterMs < 2_000 && !isPastTheEnd; afterMs += 10) {
      const { clock, scanner } = await play([]);
      const started = startCapture(scanner);
      await clock.run(afterMs);
      seen.add(started.progress.at(-1)?.kind ?? '');
      started.abort.abort();
      const outcome = await clock.settle(started.outcome);
      isPastTheEnd = outcome.kind === 'captured';
      if (isPastTheEnd) break;
      expect(outcome).toEqual({ kind: 'aborted' });
      expect(isAllZero(started.into)).toBe(true);
    }
    expect(isPastTheEnd).toBe(true);
    expect(seen).toContain('transferring');
  });
});

describe('the node-hid port', () => {
  function played(): {
    readonly handle: HidHandle;
    readonly emit: { data: (bytes: Buffer) => void; error: (cause: unknown) => void };
    readonly writes: Buffer[];
    state: { failsToWrite: boolean; closed: number };
  } {
    const emit: { data: (bytes: Buffer) => void; error: (cause: unknown) => void } = {
      data: () => {},
      error: () => {},
    };
    const writes: Buffer[] = [];
    const state = { failsToWrite: false, closed: 0 };
    const handle: HidHandle = {
      on(event: 'data' | 'error', listener: (value: never) => void) {
        emit[event] = listener as (value: unknown) => void;
        return handle;
      },
      write: (bytes) => {
        writes.push(bytes);
        return state.failsToWrite
          ? Promise.reject(new Error('Cannot write to hid device'))
          : Promise.resolve(bytes.length);
      },
      close: () => {
        state.closed += 1;
        return Promise.resolve();
      },
    };
    return { handle, emit, writes, state };
  }

  const open = (handle: HidHandle, reportId = 0) =>
    openNodeHidPort({ devices: () => Promise.resolve([]), open: () => Promise.resolve(handle) }, 'bus:1', {
      ...HIGH_SPEED_PROFILE,
      reportId,
    });

  test('a report that was handed on is cleared, even when the listener throws', async () => {
    const { handle, emit } = played();
    const port = await open(handle);
    port.onReport(() => {
      throw new Error('listener');
    });
    const bytes = Buffer.alloc(1_024, 0x5a);
    expect(() => emit.data(bytes)).toThrow('listener');
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  test('reports of another identifier are not handed on, and are cleared too', async () => {
    const { handle, emit } = played();
    const port = await open(handle, 3);
    const lengths: number[] = [];
    port.onReport((report) => lengths.push(report.length));
    const other = Buffer.alloc(1_025, 4);
    emit.data(other);
    emit.data(Buffer.alloc(1_025, 3));
    expect(lengths).toEqual([1_024]);
    expect(other.every((byte) => byte === 0)).toBe(true);
  });

  test('a failed write means that the device is gone, told once', async () => {
    const { handle, emit, state } = played();
    const port = await open(handle);
    const closures: string[] = [];
    port.onClosed((closure) => closures.push(closure));
    state.failsToWrite = true;
    port.send(new Uint8Array(64));
    await new Promise((resolve) => setImmediate(resolve));
    emit.error(new Error('could not read from HID device'));
    expect(closures).toEqual(['unplugged']);
    expect(state.closed).toBe(1);
  });

  test('reports go out in their order, each with its identifier in front', async () => {
    const { handle, writes } = played();
    const port = await open(handle, 3);
    for (const first of [1, 2, 3]) port.send(new Uint8Array(64).fill(first));
    await port.close();
    expect(writes.map((bytes) => [bytes[0], bytes[1], bytes.length])).toEqual([1, 2, 3].map((first) => [3, first, 65]));
  });

  test('a device that takes no more reports can still be closed', async () => {
    const { handle, state } = played();
    const stuck: HidHandle = { ...handle, write: () => new Promise(() => {}) };
    const port = await open(stuck);
    port.send(new Uint8Array(64));
    await port.close();
    expect(state.closed).toBe(1);
  });
});
