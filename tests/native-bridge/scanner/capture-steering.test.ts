import { describe, expect, test } from 'vitest';
import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';
import { assessPlacement } from '../../../native-bridge/image/placement.ts';
import { CaptureSteering, type SteeringStep } from '../../../native-bridge/scanner/capture-steering.ts';
import { measureCells, type PreviewFrame } from '../../../native-bridge/scanner/preview-frame.ts';
import { SimulatedGlass } from '../../../native-bridge/scanner/simulated-glass.ts';
import { seededRandom } from '../../../native-bridge/scanner/seeded-random.ts';
import { ridgeImage, type RidgeOptions } from './ridge-image.ts';

const AREA = { widthMm: 25.4, heightMm: 25.4 };
const GEOMETRY = { widthPx: 500, heightPx: 500, resolutionPpi: 500 };
const EMPTY: GreyImage = { ...GEOMETRY, pixels: new Uint8Array(250_000).fill(255) };

function frameOf({ pixels, widthPx, heightPx }: GreyImage, number: number): PreviewFrame {
  const cells = measureCells(pixels, widthPx, heightPx, 16, 16);
  const mean = cells.filter((_, at) => at % 2 === 0);
  return { number, columns: 16, rows: 16, mean, deviation: cells.filter((_, at) => at % 2 === 1) };
}

function hintOf(options: RidgeOptions): string {
  return assessPlacement(frameOf(ridgeImage(options), 2), frameOf(EMPTY, 1), AREA).hint;
}

/** Plays images at 25 a second and answers what the steering said of each. */
function play(images: readonly GreyImage[], steering = new CaptureSteering(AREA, 8)): SteeringStep[] {
  return images.map((image, index) => steering.onFrame(frameOf(image, index + 1), 40 * index));
}

function lastHint(steps: readonly SteeringStep[]): string {
  const last = steps.at(-1);
  return last === undefined || last.kind === 'lifted' ? 'lifted' : last.placement.hint;
}

describe('placement hints', () => {
  test.each([
    ['hold-still', {}],
    ['press-harder', { radiusX: 70, radiusY: 100 }],
    ['move-up', { middleY: 420 }],
    ['move-down', { middleY: 80 }],
    ['move-left', { middleX: 430 }],
    ['move-right', { middleX: 70 }],
    ['too-dry', { ridgeGrey: 190, valleyGrey: 250 }],
    ['too-wet', { ridgeGrey: 10, valleyGrey: 80 }],
    ['press-lighter', { ridgeGrey: 10, valleyGrey: 80, radiusX: 220, radiusY: 240 }],
    ['place-finger', { radiusX: 20, radiusY: 20 }],
  ] satisfies [string, RidgeOptions][])('the officer is told %s', (hint, options) => {
    expect(hintOf(options)).toBe(hint);
  });

  test('the map has at most 16 cells a side, grades 0 to 4, and is empty without a finger', () => {
    const finger = assessPlacement(frameOf(ridgeImage(), 2), frameOf(EMPTY, 1), AREA);
    expect([finger.map.columns, finger.map.rows, finger.map.cells.length]).toEqual([16, 16, 256]);
    expect(Math.max(...finger.map.cells)).toBe(4);
    const nothing = assessPlacement(frameOf(EMPTY, 2), frameOf(EMPTY, 1), AREA);
    expect(nothing.map.cells.every((grade) => grade === 0)).toBe(true);
    expect([finger.quality > 90, nothing.quality]).toEqual([true, 0]);
  });
});

describe('capture steering', () => {
  test('a finger that arrives and keeps still for three frames is taken', () => {
    const finger = ridgeImage();
    const steps = play([EMPTY, EMPTY, finger, finger, finger]);
    expect(steps.map(({ kind }) => kind)).toEqual(['wait', 'wait', 'guide', 'guide', 'take']);
  });

  test('of several still frames the one with the best ridges is taken', () => {
    const faint = ridgeImage({ ridgeGrey: 60, valleyGrey: 190 });
    const best = ridgeImage({ ridgeGrey: 52, valleyGrey: 196 });
    const steps = play([EMPTY, faint, best, faint, faint]);
    expect(steps.at(-1)).toMatchObject({ kind: 'take', frame: 3 });
  });

  test('a finger that moves is not taken until it has been given time', () => {
    const moving = Array.from({ length: 70 }, (_, turn) => ridgeImage({ middleX: 200 + 50 * (turn % 3) }));
    const steps = play([EMPTY, ...moving]);
    const taken = steps.findIndex(({ kind }) => kind === 'take');
    expect(taken * 40).toBeGreaterThanOrEqual(2_400);
  });

  test('a badly placed finger is taken only after the officer had time to move it', () => {
    const low = ridgeImage({ middleY: 420 });
    const steps = play([EMPTY, ...Array.from({ length: 30 }, () => low)]);
    const taken = steps.findIndex(({ kind }) => kind === 'take');
    expect((taken - 1) * 40).toBeGreaterThanOrEqual(800);
    expect((taken - 1) * 40).toBeLessThan(1_000);
  });

  test('what lies on the glass from the first frame is never taken: first "lift", then "clean"', () => {
    const there = Array.from({ length: 60 }, () => ridgeImage());
    const steps = play(there);
    expect(steps.some(({ kind }) => kind === 'take')).toBe(false);
    expect(lastHint(steps.slice(0, 10))).toBe('lift-finger');
    expect(lastHint(steps)).toBe('clean-the-glass');
  });

  test('a finger on the glass from the start is taken once it has been lifted and put again', () => {
    const finger = ridgeImage();
    const steps = play([finger, finger, EMPTY, finger, finger, finger]);
    expect(steps.map(({ kind }) => kind)).toEqual(['wait', 'wait', 'wait', 'guide', 'guide', 'take']);
  });

  test('a faint trace is called dirt at once, and a real finger over it is taken', () => {
    const glass = new SimulatedGlass(GEOMETRY);
    glass.leaveLatent();
    const trace = { ...GEOMETRY, pixels: glass.see() };
    glass.touch(ridgeImage());
    const finger = { ...GEOMETRY, pixels: glass.see() };
    const steps = play([trace, trace, finger, finger, finger]);
    expect(lastHint(steps.slice(0, 2))).toBe('clean-the-glass');
    expect(steps.at(-1)?.kind).toBe('take');
  });

  test('a dirty glass is called dirty before a finger comes', () => {
    const glass = new SimulatedGlass(GEOMETRY);
    glass.smear(seededRandom(4));
    const dirty = { ...GEOMETRY, pixels: glass.see() };
    const steps = play(Array.from({ length: 50 }, () => dirty));
    expect(steps.some(({ kind }) => kind === 'take')).toBe(false);
    expect(lastHint(steps)).toBe('clean-the-glass');
  });

  test('the lift is seen on the first empty frame', () => {
    const steering = new CaptureSteering(AREA, 8);
    const finger = ridgeImage();
    play([EMPTY, finger, finger, finger], steering);
    steering.awaitLift();
    const steps = [finger, EMPTY].map((image, index) => steering.onFrame(frameOf(image, 10 + index), 1_000));
    expect(steps.map(({ kind }) => kind)).toEqual(['wait', 'lifted']);
  });
});
