import { describe, expect, test } from 'vitest';
import { FULL_SPEED_PROFILE } from '../../../native-bridge/scanner/built-in-profiles.ts';
import { cyclingFeed, readingFeed, scriptedFeed } from '../../../native-bridge/scanner/feed.ts';
import { fitToGeometry } from '../../../native-bridge/scanner/fit-to-geometry.ts';
import { checkGlass } from '../../../native-bridge/scanner/glass-check.ts';
import { isMaintainable, type MaintainableScanner } from '../../../native-bridge/scanner/maintainable-scanner.ts';
import { checkResolution } from '../../../native-bridge/scanner/resolution-check.ts';
import { seededRandom } from '../../../native-bridge/scanner/seeded-random.ts';
import { FAULT_FORMS, parseSimulatedFault } from '../../../native-bridge/scanner/simulated-fault.ts';
import { SimulatedGlass } from '../../../native-bridge/scanner/simulated-glass.ts';
import { SimulatedHand } from '../../../native-bridge/scanner/simulated-hand.ts';
import {
  createSimulatedSource,
  SIMULATED_PATH,
  type SimulatedSource,
} from '../../../native-bridge/scanner/simulated-source.ts';
import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';
import { captureOnce, holds, isAllZero, startCapture } from './capture-support.ts';
import { ManualClock } from './manual-clock.ts';
import { ridgeImage } from './ridge-image.ts';

const never = new AbortController().signal;

async function maintained(
  faults: readonly string[] = [],
  visit: GreyImage | readonly GreyImage[] = ridgeImage(),
): Promise<{ clock: ManualClock; source: SimulatedSource; scanner: MaintainableScanner }> {
  const clock = new ManualClock();
  const source = createSimulatedSource({
    feed: () => Promise.resolve(visit),
    clock,
    faults: faults.map(parseSimulatedFault),
    profile: FULL_SPEED_PROFILE,
    reportIntervalMs: 1,
  });
  const scanner = await clock.settle(source.open(SIMULATED_PATH, never));
  if (!isMaintainable(scanner)) throw new Error('the simulated scanner cannot be looked after');
  return { clock, source, scanner };
}

async function glassOf(clock: ManualClock, scanner: MaintainableScanner): Promise<GreyImage> {
  const into = new SharedArrayBuffer(250_000);
  const outcome = await clock.settle(
    scanner.captureGlass({ into, deadlineMs: 20_000, signal: never, onProgress: () => {} }),
  );
  if (outcome.kind !== 'captured') throw new Error(outcome.kind);
  const { widthPx, heightPx, resolutionPpi } = outcome;
  return { widthPx, heightPx, resolutionPpi, pixels: new Uint8Array(into) };
}

/** A printed grid of lines one millimetre apart, as a scanner of `truePpi` that claims 500 would see it. */
function grid(truePpi: number, angleRad = 0): GreyImage {
  const pixels = new Uint8Array(250_000).fill(250);
  const periodPx = truePpi / 25.4;
  for (let y = 0; y < 500; y += 1) {
    for (let x = 0; x < 500; x += 1) {
      const across = x * Math.cos(angleRad) + y * Math.sin(angleRad);
      const down = y * Math.cos(angleRad) - x * Math.sin(angleRad);
      const isLine = [across, down].some((at) => ((at % periodPx) + periodPx) % periodPx < 3);
      if (isLine) pixels[y * 500 + x] = 30;
    }
  }
  return { widthPx: 500, heightPx: 500, resolutionPpi: 500, pixels };
}

describe('faults of the simulated scanner', () => {
  test.each([
    ['drop=6%', { kind: 'drop', share: 0.06 }],
    ['drop=0.5%', { kind: 'drop', share: 0.005 }],
    ['unplug-at=report:300', { kind: 'unplug-at', report: 300 }],
    ['unplug-at=report:300,back:20s', { kind: 'unplug-at', report: 300, backAfterMs: 20_000 }],
    ['unplug-at=report:300,back:never', { kind: 'unplug-at', report: 300, backAfterMs: null }],
    ['stall', { kind: 'stall', report: 120 }],
    ['stall=report:5', { kind: 'stall', report: 5 }],
    ['corrupt', { kind: 'corrupt', share: 0.01 }],
    ['dirty', { kind: 'dirty' }],
    ['latent', { kind: 'latent' }],
  ])('%s is understood', (text, fault) => {
    expect(parseSimulatedFault(text)).toEqual(fault);
  });

  test.each([
    ['', 'name'],
    ['explode', 'name'],
    ['__proto__', 'name'],
    ['drop', 'share'],
    ['drop=600%', 'share'],
    ['drop=-1%', 'share'],
    ['drop=6%%', 'share'],
    ['unplug-at', 'report'],
    ['unplug-at=300', 'report'],
    ['stall=50', 'report'],
    ['unplug-at=report:300,back', 'back'],
    ['unplug-at=report:300,back:soon', 'back'],
    ['unplug-at=report:300,back:3s,back:4s', 'back'],
    ['dirty=1', 'value'],
  ])('"%s" is refused, and its fault names the part that is wrong: %s', (text, wrong) => {
    expect(() => parseSimulatedFault(text)).toThrow(
      expect.objectContaining({ code: 'scanner.fault-invalid', figures: { wrong } }),
    );
  });

  test('every form that the help lists is understood', () => {
    for (const { form } of FAULT_FORMS) expect(() => parseSimulatedFault(form)).not.toThrow();
  });
});

describe('feeds', () => {
  test('an empty folder is a typed fault', () => {
    expect(() => cyclingFeed([])).toThrow(expect.objectContaining({ code: 'scanner.feed-empty' }));
    expect(() => readingFeed([], () => Promise.reject(new Error()))).toThrow(
      expect.objectContaining({ code: 'scanner.feed-empty' }),
    );
  });

  test('a file that cannot be read is a typed fault with its place and not its name', async () => {
    const feed = readingFeed(['secret.png'], () => Promise.reject(new Error('not an image')));
    await expect(feed(never)).rejects.toMatchObject({ code: 'scanner.feed-unreadable', figures: { position: 0 } });
  });

  test('a capture that waits for a file that cannot be read ends with that fault, not with "nobody came"', async () => {
    const clock = new ManualClock();
    const told: unknown[] = [];
    const feed = readingFeed(['cut.png', 'good.png'], (file) =>
      file === 'cut.png' ? Promise.reject(new Error('truncated')) : Promise.resolve(ridgeImage()),
    );
    const source = createSimulatedSource({ feed, clock, onFeedFault: (cause) => told.push(cause) });
    const scanner = await clock.settle(source.open(SIMULATED_PATH, never));
    const first = await captureOnce(clock, scanner);
    expect(first.ended).toEqual({ kind: 'fault', code: 'scanner.feed-unreadable' });
    expect(isAllZero(first.into)).toBe(true);
    expect(told).toHaveLength(1);
    expect((await captureOnce(clock, scanner)).ended.kind).toBe('captured');
  });

  test('files are read when their turn comes, one after the other, and then again', async () => {
    const read: string[] = [];
    const feed = readingFeed(['a', 'b'], (file) => {
      read.push(file);
      return Promise.resolve(ridgeImage({ widthPx: 10, heightPx: 10 }));
    });
    for (let turn = 0; turn < 3; turn += 1) await feed(never);
    expect(read).toEqual(['a', 'b', 'a']);
  });

  test('a scripted finger waits for nobody who has gone', async () => {
    const script = scriptedFeed();
    const abort = new AbortController();
    const gone = script.feed(abort.signal);
    abort.abort();
    expect(await gone).toBeNull();
    const image = ridgeImage({ widthPx: 10, heightPx: 10 });
    script.present(image);
    expect(await script.feed(never)).toBe(image);
  });

  test('the hand comes after 150 ms, but never before the device has seen the empty glass a few times', async () => {
    const clock = new ManualClock();
    const glass = new SimulatedGlass({ widthPx: 100, heightPx: 100, resolutionPpi: 500 });
    const hand = new SimulatedHand(glass, cyclingFeed([ridgeImage({ widthPx: 100, heightPx: 100 })]), clock, () => {});
    hand.see('preview-started');
    await clock.run(5_000);
    expect(glass.isTouched).toBe(false);
    for (let frame = 0; frame < 4; frame += 1) hand.see('frame-taken');
    await clock.run(1);
    expect(glass.isTouched).toBe(true);
  });

  test('a finger that settles is taken at its best', async () => {
    const faint = ridgeImage({ ridgeGrey: 120, valleyGrey: 180 });
    const good = ridgeImage({ phase: 1 });
    const { clock, scanner } = await maintained([], [faint, good]);
    const { ended, into } = await captureOnce(clock, scanner);
    expect(ended.kind).toBe('captured');
    expect(holds(into, good.pixels)).toBe(true);
  });
});

describe('fitting an image to the glass', () => {
  test('a smaller image lies in the middle, untouched', () => {
    const image = ridgeImage({ widthPx: 100, heightPx: 80, radiusX: 30, radiusY: 30 });
    const glass = fitToGeometry(image, 500, 500, 500);
    for (let y = 0; y < 80; y += 1) {
      const row = glass.subarray((210 + y) * 500 + 200, (210 + y) * 500 + 300);
      expect(Buffer.compare(row, image.pixels.subarray(y * 100, y * 100 + 100))).toBe(0);
    }
  });

  test('a larger image is cut around the finger, wherever it lies', () => {
    const image = ridgeImage({ widthPx: 900, heightPx: 700, middleX: 700, middleY: 450, radiusX: 100, radiusY: 100 });
    const glass = fitToGeometry(image, 500, 500, 500);
    const dark = (pixels: Uint8Array): number => pixels.filter((grey) => grey < 128).length;
    expect(dark(glass)).toBe(dark(image.pixels));
  });

  test('an image of another resolution keeps its size in millimetres', () => {
    const image = ridgeImage({ widthPx: 600, heightPx: 600, resolutionPpi: 1_000, radiusX: 200, radiusY: 200 });
    const glass = fitToGeometry(image, 500, 500, 500);
    const isInside = (x: number, y: number): boolean => glass[y * 500 + x] !== 255;
    expect([isInside(250, 250), isInside(250 + 95, 250), isInside(250 + 105, 250)]).toEqual([true, true, false]);
  });

  test.each([
    [1, 1],
    [5_000, 5_000],
    [5_000, 1],
  ])('an image of %i × %i is laid on the glass without an error', (widthPx, heightPx) => {
    const pixels = new Uint8Array(widthPx * heightPx).fill(90);
    expect(fitToGeometry({ widthPx, heightPx, resolutionPpi: 500, pixels }, 500, 500, 500)).toHaveLength(250_000);
  });

  test('a blank image never becomes a capture', async () => {
    const { clock, scanner } = await maintained([], {
      widthPx: 300,
      heightPx: 300,
      resolutionPpi: 500,
      pixels: new Uint8Array(90_000).fill(200),
    });
    expect((await captureOnce(clock, scanner, 3_000)).ended).toEqual({ kind: 'no-finger' });
  });
});

describe('looking after a scanner', () => {
  test('clean glass is clean', async () => {
    const { clock, scanner } = await maintained();
    expect(checkGlass(await glassOf(clock, scanner))).toEqual({
      verdict: 'clean',
      backgroundGrey: 255,
      dirtyShare: 0,
      unevenShare: 0,
      dirt: { columns: 12, rows: 12, cells: Array.from({ length: 144 }, () => 0) },
    });
  });

  test.each(['dirty', 'latent'])('a glass with the fault %s is dirty, and clean again when wiped', async (fault) => {
    const { clock, scanner, source } = await maintained([fault]);
    expect(checkGlass(await glassOf(clock, scanner)).verdict).toBe('dirty');
    source.glass.clean();
    expect(checkGlass(await glassOf(clock, scanner)).verdict).toBe('clean');
  });

  test('the map of the dirt shows the corner that is smeared, and no other', () => {
    const pixels = Uint8Array.from({ length: 250_000 }, (_, at) =>
      at % 500 > 400 && at < 50_000 ? (at % 3) * 90 : 250,
    );
    const { cells, columns } = checkGlass({ widthPx: 500, heightPx: 500, resolutionPpi: 500, pixels }).dirt;
    const dirty = cells.flatMap((strength, cell) =>
      strength > 0 ? [[cell % columns, Math.floor(cell / columns)]] : [],
    );
    expect(dirty.length).toBeGreaterThan(4);
    expect(dirty.every(([column = 0, row = 12]) => column >= 9 && row <= 2)).toBe(true);
  });

  test('a lamp that has grown dark on one side is uneven', () => {
    const pixels = Uint8Array.from({ length: 250_000 }, (_, at) => 250 - Math.floor((at % 500) / 4));
    expect(checkGlass({ widthPx: 500, heightPx: 500, resolutionPpi: 500, pixels }).verdict).toBe('uneven');
  });

  test.each([
    [500, 0],
    [500, 0.02],
    [494, 0],
    [530, 0.01],
    [1_000, 0],
  ])('a printed grid tells a true resolution of %i ppi, laid down %f rad askew, to 3 in 1,000', (truePpi, angleRad) => {
    const check = checkResolution(grid(truePpi, angleRad), 1);
    if (check.kind !== 'measured') throw new Error(check.kind);
    expect(Math.abs(check.horizontalPpi / truePpi - 1)).toBeLessThan(0.003);
    expect(Math.abs(check.verticalPpi / truePpi - 1)).toBeLessThan(0.003);
    expect(check.isWithinTolerance).toBe(Math.abs(truePpi / 500 - 1) < 0.01);
  });

  test('a finger, an empty glass and noise are no printed target', () => {
    const random = seededRandom(8);
    const noise = {
      ...grid(500),
      pixels: Uint8Array.from({ length: 250_000 }, () => Math.floor(256 * random())),
    };
    const empty = { ...grid(500), pixels: new Uint8Array(250_000).fill(255) };
    expect([ridgeImage(), noise, empty].map((image) => checkResolution(image, 1).kind)).toEqual([
      'no-target',
      'no-target',
      'no-target',
    ]);
  });

  test('the device tells what it counted', async () => {
    const { clock, scanner } = await maintained(['drop=6%']);
    await captureOnce(clock, scanner);
    const counted = await clock.settle(scanner.deviceStatistics(never));
    expect(counted.captures).toBe(1);
    expect(counted.reportsSent).toBeGreaterThan(4_311);
    expect(counted.reportsRepeated).toBe(scanner.statistics().reportsRepeated);
  });

  test('with 6 % of 64-byte reports lost, the map is shown at least ten times a second and at most 150 ms late', async () => {
    const { clock, scanner, source } = await maintained(['drop=6%']);
    const startedAtMs = clock.now();
    let touchedAtMs = Number.NaN;
    let shownAtMs = Number.NaN;
    let previews = 0;
    const onProgress = (step: { readonly kind: string; readonly quality?: number }): void => {
      if (step.kind !== 'preview') return;
      previews += 1;
      if ((step.quality ?? 0) > 0 && Number.isNaN(shownAtMs)) shownAtMs = clock.now();
    };
    const into = new SharedArrayBuffer(250_000);
    const abort = new AbortController();
    source.glass.lift();
    const capture = scanner.capture({ into, deadlineMs: 20_000, signal: abort.signal, onProgress });
    for (let elapsed = 0; elapsed < 300 && Number.isNaN(shownAtMs); elapsed += 1) {
      await clock.run(1);
      if (Number.isNaN(touchedAtMs) && source.glass.isTouched) touchedAtMs = clock.now();
    }
    const perSecond = (1_000 * previews) / (clock.now() - startedAtMs);
    abort.abort();
    await clock.settle(capture);
    expect(shownAtMs - touchedAtMs).toBeLessThanOrEqual(150);
    expect(perSecond).toBeGreaterThanOrEqual(10);
    expect(scanner.statistics().previewFramesPerSecond).toBeGreaterThanOrEqual(10);
  });

  test('a simulated scanner that was pulled by hand stays away until it is plugged in', async () => {
    const { clock, scanner, source } = await maintained();
    const started = startCapture(scanner);
    await clock.run(50);
    source.unplug();
    expect(await clock.settle(started.outcome)).toEqual({ kind: 'unplugged' });
    await clock.run(60_000);
    expect(await source.list(never)).toEqual([]);
    source.plugIn();
    expect(await source.list(never)).toHaveLength(1);
  });
});
