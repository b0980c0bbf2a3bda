import { PI, TWO_PI, cosine, exponential, sine } from './exact-math.ts';
import {
  FILTER_GAIN,
  FILTER_RADIUS,
  FILTER_SHIFT,
  FILTER_STRIDE,
  ORIENTATION_STEPS,
  PERIOD_STEPS,
  PIXELS_PER_CELL,
  RIDGE_PERIOD_LIMITS_PX,
} from './parameters.ts';

/** Rows of a filter. */
export const FILTER_ROWS = 2 * FILTER_RADIUS + 1;
/** 16-bit values of one filter. */
export const FILTER_LENGTH = FILTER_ROWS * FILTER_STRIDE;

/** Deviations of a filter's bell, as shares of the period: across the ridges so that three of them take part, and along. */
const BELL_ACROSS = 0.42;
const BELL_ALONG = 0.46;

let bank: Int16Array | undefined;

/**
 * The filters of every orientation and period, made once a process: `(period × 64 + orientation) × FILTER_LENGTH` is where
 * one begins. A filter is a cosine across the ridges under a bell, without a mean, so that ridges and valleys grow alike.
 */
export function filterBank(): Int16Array {
  if (bank === undefined) {
    bank = new Int16Array(PERIOD_STEPS * ORIENTATION_STEPS * FILTER_LENGTH);
    for (let period = 0; period < PERIOD_STEPS; period++) {
      for (let orientation = 0; orientation < ORIENTATION_STEPS; orientation++) {
        const start = (period * ORIENTATION_STEPS + orientation) * FILTER_LENGTH;
        writeFilter(bank.subarray(start, start + FILTER_LENGTH), orientation, period);
      }
    }
  }
  return bank;
}

function writeFilter(into: Int16Array, orientation: number, periodStep: number): void {
  const { minimum, maximum } = RIDGE_PERIOD_LIMITS_PX;
  const period = (minimum + ((maximum - minimum) * periodStep) / (PERIOD_STEPS - 1)) / PIXELS_PER_CELL;
  const angle = (PI * orientation) / ORIENTATION_STEPS;
  const across = { x: -sine(angle), y: cosine(angle) };
  const bells = new Float64Array(FILTER_LENGTH);
  const waves = new Float64Array(FILTER_LENGTH);
  let bellSum = 0;
  let productSum = 0;
  forEachTap((index, dx, dy) => {
    const v = dx * across.x + dy * across.y;
    const u = dx * across.y - dy * across.x;
    const sv = BELL_ACROSS * period;
    const su = BELL_ALONG * period;
    bells[index] = exponential((-v * v) / (2 * sv * sv) - (u * u) / (2 * su * su));
    waves[index] = cosine((TWO_PI * v) / period);
    bellSum += bells[index];
    productSum += bells[index] * waves[index];
  });
  const mean = productSum / bellSum;
  let response = 0;
  forEachTap((index) => (response += bells[index] * (waves[index] - mean) * waves[index]));
  const scale = (FILTER_GAIN * 2 ** FILTER_SHIFT) / response;
  forEachTap((index) => (into[index] = Math.round(bells[index] * (waves[index] - mean) * scale)));
}

function forEachTap(visit: (index: number, dx: number, dy: number) => void): void {
  for (let dy = -FILTER_RADIUS; dy <= FILTER_RADIUS; dy++) {
    for (let dx = -FILTER_RADIUS; dx <= FILTER_RADIUS; dx++) {
      visit((dy + FILTER_RADIUS) * FILTER_STRIDE + dx + FILTER_RADIUS, dx, dy);
    }
  }
}
