import { smoothGrid } from './block-grid.ts';
import { orientationAt, type OrientationField } from './orientation.ts';
import type { Plane, WorkingArea } from './working-area.ts';

/** Ridge period in cells of 16 px. */
export interface PeriodField {
  readonly columns: number;
  readonly rows: number;
  /** Pixels at 500 ppi. */
  readonly periods: Float32Array;
  /** 0–1: share of the spectrum that lies in its peak. */
  readonly clarities: Float32Array;
}

/** Samples across the ridges, 1 px apart, and along them, 2 px apart. */
const ACROSS_SAMPLES = 48;
const ALONG_SAMPLES = 9;

/** Frequencies looked at, cycles a pixel: periods of 20 down to 4 px. */
const FREQUENCIES: readonly number[] = Array.from({ length: 21 }, (_, index) => 0.05 + index * 0.01);

/** Smoothing of the spectra over cells before their peak is taken. */
const SPECTRUM_SIGMA_CELLS = 1.5;

const WAVES = FREQUENCIES.map((frequency) =>
  Array.from({ length: ACROSS_SAMPLES }, (_, index) => {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 0.5)) / ACROSS_SAMPLES);
    const turn = 2 * Math.PI * frequency * (index - ACROSS_SAMPLES / 2);
    return [window * Math.cos(turn), window * Math.sin(turn)] as const;
  }),
);
const COSINES = Float64Array.from(WAVES.flat(), ([cosine]) => cosine);
const SINES = Float64Array.from(WAVES.flat(), ([, sine]) => sine);

/** The mean of the pixels along the ridge for each step across it. */
function signature(
  plane: Plane,
  pixels: Int16Array,
  xPx: number,
  yPx: number,
  orientationRad: number,
  into: Float64Array,
): void {
  const cosine = Math.cos(orientationRad);
  const sine = Math.sin(orientationRad);
  const first = plane.pointer >> 1;
  const [right, bottom] = [plane.columns - 1, plane.rows - 1];
  for (let across = 0; across < ACROSS_SAMPLES; across += 1) {
    const step = across - ACROSS_SAMPLES / 2;
    let x = xPx + 0.5 - (ALONG_SAMPLES - 1) * cosine - step * sine;
    let y = yPx + 0.5 - (ALONG_SAMPLES - 1) * sine + step * cosine;
    let sum = 0;
    for (let along = 0; along < ALONG_SAMPLES; along += 1) {
      const column = x < 0 ? 0 : x > right ? right : x | 0;
      const row = y < 0 ? 0 : y > bottom ? bottom : y | 0;
      sum += pixels[first + row * plane.stride + column];
      x += 2 * cosine;
      y += 2 * sine;
    }
    into[across] = sum;
  }
}

function spectrum(samples: Float64Array, powers: readonly Float32Array[], cell: number): void {
  let mean = 0;
  for (let index = 0; index < ACROSS_SAMPLES; index += 1) mean += samples[index] / ACROSS_SAMPLES;
  let total = 1;
  for (let frequency = 0; frequency < FREQUENCIES.length; frequency += 1) {
    let real = 0;
    let imaginary = 0;
    for (let index = 0; index < ACROSS_SAMPLES; index += 1) {
      const value = samples[index] - mean;
      real += value * COSINES[frequency * ACROSS_SAMPLES + index];
      imaginary += value * SINES[frequency * ACROSS_SAMPLES + index];
    }
    const power = real * real + imaginary * imaginary;
    powers[frequency][cell] = power;
    total += power;
  }
  for (const plane of powers) plane[cell] /= total;
}

/** The frequency of the highest power, between bins by a parabola, and the share of power within a bin of it. */
function peak(powers: readonly Float32Array[], cell: number): { readonly periodPx: number; readonly clarity: number } {
  let best = 1;
  let total = 1e-9;
  for (let index = 0; index < powers.length; index += 1) {
    total += powers[index][cell];
    if (index > 0 && index < powers.length - 1 && powers[index][cell] > powers[best][cell]) best = index;
  }
  const [before, here, after] = [powers[best - 1][cell], powers[best][cell], powers[best + 1][cell]];
  const bend = before - 2 * here + after;
  const shift = bend < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend))) : 0;
  return { periodPx: 1 / (FREQUENCIES[best] + 0.01 * shift), clarity: (before + here + after) / total };
}

/** Ridge period from the spectrum of the grey-level signature across the ridges, spectra smoothed over neighbours. */
export function periodField(plane: Plane, mask: Uint8Array, field: OrientationField, area: WorkingArea): PeriodField {
  const columns = Math.ceil(field.columns / 2);
  const rows = Math.ceil(field.rows / 2);
  const length = columns * rows;
  const powers = FREQUENCIES.map(() => area.floats(length));
  const samples = new Float64Array(ACROSS_SAMPLES);
  for (let cell = 0; cell < length; cell += 1) {
    const column = cell % columns;
    const row = Math.floor(cell / columns);
    if (mask[Math.min(field.rows - 1, row * 2) * field.columns + column * 2] === 0) continue;
    const xPx = column * 16 + 8;
    const yPx = row * 16 + 8;
    signature(plane, area.views.i16, xPx, yPx, orientationAt(field, xPx, yPx), samples);
    spectrum(samples, powers, cell);
  }
  samples.fill(0);
  const scratch = area.floats(length);
  const periods = area.floats(length);
  const clarities = area.floats(length);
  for (const plane of powers) smoothGrid(plane, plane, scratch, columns, rows, SPECTRUM_SIGMA_CELLS);
  for (let cell = 0; cell < length; cell += 1) {
    const { periodPx, clarity } = peak(powers, cell);
    periods[cell] = periodPx;
    clarities[cell] = clarity;
  }
  return { columns, rows, periods, clarities };
}
