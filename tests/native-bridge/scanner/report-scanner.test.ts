import { describe, expect, test } from 'vitest';
import { FULL_SPEED_PROFILE, HIGH_SPEED_PROFILE } from '../../../native-bridge/scanner/built-in-profiles.ts';
import { scriptedFeed, cyclingFeed } from '../../../native-bridge/scanner/feed.ts';
import { parseSimulatedFault } from '../../../native-bridge/scanner/simulated-fault.ts';
import {
  createSimulatedSource,
  SIMULATED_PATH,
  type SimulatedSource,
  type SimulatedSourceOptions,
} from '../../../native-bridge/scanner/simulated-source.ts';
import { holds, captureOnce, isAllZero, startCapture } from './capture-support.ts';
import { ManualClock } from './manual-clock.ts';
import { ridgeImage } from './ridge-image.ts';
import type { Scanner } from '../../../native-bridge/scanner/scanner.ts';
import { fingerOfPerson } from '../../../native-bridge/synthesis/person.ts';
import { takeImpression } from '../../../native-bridge/synthesis/take-impression.ts';

const never = new AbortController().signal;

async function open(
  options: Partial<SimulatedSourceOptions> = {},
): Promise<{ clock: ManualClock; source: SimulatedSource; scanner: Scanner }> {
  const clock = new ManualClock();
  const source = createSimulatedSource({ feed: cyclingFeed([ridgeImage()]), clock, ...options });
  const scanner = await clock.settle(source.open(SIMULATED_PATH, never));
  return { clock, source, scanner };
}

describe('the driver over the simulated device', () => {
  test('an image arrives byte for byte in the memory that the caller gave', async () => {
    const image = ridgeImage();
    const { clock, scanner } = await open({ feed: cyclingFeed([image]) });
    const { ended, into } = await captureOnce(clock, scanner);
    expect(ended).toMatchObject({ kind: 'captured', widthPx: 500, heightPx: 500, resolutionPpi: 500 });
    expect(holds(into, image.pixels)).toBe(true);
  });

  test.each([
    ['drop=6%', FULL_SPEED_PROFILE],
    ['drop=6%', HIGH_SPEED_PROFILE],
    ['corrupt=3%', FULL_SPEED_PROFILE],
    ['drop=30%', HIGH_SPEED_PROFILE],
  ])('an image arrives whole with the fault %s', async (fault, profile) => {
    const image = ridgeImage();
    const faults = [parseSimulatedFault(fault)];
    const { clock, scanner } = await open({ feed: cyclingFeed([image]), profile, faults });
    const { ended, into } = await captureOnce(clock, scanner);
    expect(ended.kind).toBe('captured');
    expect(holds(into, image.pixels)).toBe(true);
    expect(scanner.statistics().reportsLost).toBeGreaterThan(0);
  });

  test('the officer sees the steps in order: waiting, preview, transfer, lift', async () => {
    const { clock, scanner } = await open();
    const { progress } = await captureOnce(clock, scanner);
    const kinds = progress.map(({ kind }) => kind).filter((kind, at, all) => kind !== all[at - 1]);
    expect(kinds).toEqual(['waiting-for-finger', 'preview', 'transferring', 'waiting-for-lift']);
  });

  test('the moment of the lift lies after the image was taken and is of the given clock', async () => {
    const { clock, scanner } = await open();
    const startedAtMs = clock.now();
    const { ended } = await captureOnce(clock, scanner);
    if (ended.kind !== 'captured') throw new Error(ended.kind);
    expect(ended.liftedAtMs).toBeGreaterThan(startedAtMs + 300);
    expect(ended.liftedAtMs).toBeLessThanOrEqual(clock.now());
  });

  test('nobody at the glass until the deadline is "no finger", and the memory is zero', async () => {
    const { clock, scanner } = await open({ feed: scriptedFeed().feed });
    const { ended, into } = await captureOnce(clock, scanner, 2_000);
    expect(ended).toEqual({ kind: 'no-finger' });
    expect(isAllZero(into)).toBe(true);
  });

  test.each([100, 350, 420, 600])('an abort after %i ms leaves zeroes', async (afterMs) => {
    const { clock, scanner } = await open({ reportIntervalMs: 1 });
    const started = startCapture(scanner);
    await clock.run(afterMs);
    started.abort.abort();
    expect(await clock.settle(started.outcome)).toEqual({ kind: 'aborted' });
    expect(isAllZero(started.into)).toBe(true);
  });

  test.each([1, 7, 50, 200, 250])('unplugged at report %i leaves zeroes and can be opened again', async (report) => {
    const faults = [parseSimulatedFault(`unplug-at=report:${report + 2}`)];
    const { clock, scanner, source } = await open({ faults, reportIntervalMs: 1 });
    const { ended, into } = await captureOnce(clock, scanner);
    expect(ended).toEqual({ kind: 'unplugged' });
    expect(isAllZero(into)).toBe(true);
    await expect(source.open(SIMULATED_PATH, never)).rejects.toMatchObject({ code: 'scanner.not-found' });
    await clock.run(3_100);
    const again = await clock.settle(source.open(SIMULATED_PATH, never));
    expect((await captureOnce(clock, again)).ended.kind).toBe('captured');
  });

  test('a device that falls silent is a fault with a code, and the memory is zero', async () => {
    const { clock, scanner } = await open({
      faults: [parseSimulatedFault('stall=report:400')],
      profile: FULL_SPEED_PROFILE,
    });
    const { ended, into } = await captureOnce(clock, scanner);
    expect(ended).toEqual({ kind: 'fault', code: 'scanner.no-answer' });
    expect(isAllZero(into)).toBe(true);
  });

  test('a device that fell silent works again once it was opened anew', async () => {
    const { clock, scanner, source } = await open({ faults: [parseSimulatedFault('stall=report:150')] });
    expect((await captureOnce(clock, scanner)).ended.kind).toBe('fault');
    await scanner[Symbol.asyncDispose]();
    const again = await clock.settle(source.open(SIMULATED_PATH, never));
    expect((await captureOnce(clock, again)).ended.kind).toBe('captured');
  });

  test.each([
    ['back:1s', 900, 1_100],
    ['back:20s', 19_900, 20_100],
  ])('unplugged by a fault with %s it comes back after that time, and tells', async (back, tooEarlyMs, inTimeMs) => {
    const { clock, scanner, source } = await open({ faults: [parseSimulatedFault(`unplug-at=report:30,${back}`)] });
    let told = 0;
    source.plugEvents(() => (told += 1));
    const started = startCapture(scanner);
    while (told === 0) await clock.run(1);
    await clock.run(tooEarlyMs);
    expect(await source.list(never)).toEqual([]);
    await clock.run(inTimeMs - tooEarlyMs);
    expect(await source.list(never)).toHaveLength(1);
    expect(told).toBe(2);
    expect((await started.outcome).kind).toBe('unplugged');
  });

  test('unplugged by a fault with back:never it stays away', async () => {
    const faults = [parseSimulatedFault('unplug-at=report:30,back:never')];
    const { clock, scanner, source } = await open({ faults });
    await captureOnce(clock, scanner);
    await clock.run(600_000);
    expect(await source.list(never)).toEqual([]);
  });

  test('a trace of an earlier finger is never captured; the officer is told to clean the glass', async () => {
    const { clock, scanner } = await open({ feed: scriptedFeed().feed, faults: [parseSimulatedFault('latent')] });
    const { ended, progress } = await captureOnce(clock, scanner, 4_000);
    expect(ended).toEqual({ kind: 'no-finger' });
    expect(progress.some((step) => step.kind === 'preview' && step.hint === 'clean-the-glass')).toBe(true);
  });

  test.each([
    ['latent', 2],
    ['latent', 7],
    ['dirty', 2],
  ] as const)(
    'with the glass %s, a finger that comes is captured over it all the same (finger %i)',
    async (fault, finger) => {
      // A synthetic finger covers less of the glass than the print of the earlier one, as fingers do.
      const image = takeImpression(fingerOfPerson(1, 5, finger), 500);
      const { clock, scanner } = await open({ feed: cyclingFeed([image]), faults: [parseSimulatedFault(fault)] });
      const { ended, progress } = await captureOnce(clock, scanner, 5_000);
      expect(ended).toMatchObject({ kind: 'captured' });
      expect(progress.find(({ kind }) => kind === 'preview')).toMatchObject({ hint: 'clean-the-glass' });
    },
  );

  test('a second capture while one runs is refused and does not disturb it', async () => {
    const { clock, scanner } = await open();
    const first = startCapture(scanner);
    await clock.run(50);
    expect(await startCapture(scanner).outcome).toEqual({ kind: 'fault', code: 'scanner.busy' });
    expect((await clock.settle(first.outcome)).kind).toBe('captured');
  });

  test('memory that is too small is refused and zeroed', async () => {
    const { clock, scanner } = await open();
    const into = new SharedArrayBuffer(1_000);
    new Uint8Array(into).fill(9);
    const request = { into, deadlineMs: 1_000, signal: never, onProgress: () => {} };
    expect(await clock.settle(scanner.capture(request))).toEqual({ kind: 'fault', code: 'scanner.buffer-too-small' });
    expect(isAllZero(into)).toBe(true);
  });

  test('a callback that throws ends the capture with its own error and zeroes', async () => {
    const { clock, scanner } = await open();
    const into = new SharedArrayBuffer(250_000);
    const onProgress = (): void => {
      throw new Error('the page is gone');
    };
    const capture = scanner.capture({ into, deadlineMs: 5_000, signal: never, onProgress });
    await expect(clock.settle(capture)).rejects.toThrow('the page is gone');
    expect(isAllZero(into)).toBe(true);
  });

  test('the finger that is presented next is the one that is captured', async () => {
    const script = scriptedFeed();
    const { clock, scanner } = await open({ feed: script.feed });
    for (const phase of [1, 2]) {
      const image = ridgeImage({ phase });
      script.present(image);
      const { into } = await captureOnce(clock, scanner);
      expect(holds(into, image.pixels)).toBe(true);
    }
  });

  test('after a capture no timer is left and the device remembers nothing', async () => {
    const { clock, scanner } = await open();
    await captureOnce(clock, scanner);
    await scanner[Symbol.asyncDispose]();
    await clock.run(10);
    expect(clock.pending).toBe(0);
  });
});
