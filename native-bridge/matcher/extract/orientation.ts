import { smoothGrid } from './block-grid.ts';
import type { Plane, WorkingArea } from './working-area.ts';

/** Ridge orientation in blocks of 8 px. */
export interface OrientationField {
  readonly columns: number;
  readonly rows: number;
  /** Doubled-angle vector of the ridge direction, of unit length or less. */
  readonly cosines: Float32Array;
  readonly sines: Float32Array;
  /** 0–1: how much of the gradient energy agrees, over about three ridges. */
  readonly coherences: Float32Array;
}

/** Gradients see the grain of a sensor better than its ridges: rounds of binomial smoothing before they are taken. */
const SOFTENINGS = 2;

/** Standard deviations of the smoothing windows, blocks of 8 px, and how much each counts before its own coherence does. */
const SCALES: readonly { readonly sigma: number; readonly weight: number }[] = [
  { sigma: 1.2, weight: 1 },
  { sigma: 2.4, weight: 0.35 },
  { sigma: 4.5, weight: 0.08 },
];

/** The plane smoothed `SOFTENINGS` times. */
function softened(plane: Plane, area: WorkingArea): Plane {
  let [from, spare] = [plane, area.plane(plane.columns, plane.rows, 2)];
  for (let turn = 0; turn < SOFTENINGS; turn += 1) {
    area.kernels.soften(from.pointer, from.stride, plane.columns, plane.rows, spare.pointer);
    [from, spare] = [spare, turn === 0 ? area.plane(plane.columns, plane.rows, 2) : from];
  }
  return from;
}

/**
 * Orientation from the structure tensor of an i16 plane at several scales: fine where ridges are clear, coarse where
 * they are not. `mask` (a byte a block) tells which blocks may contribute.
 */
export function orientationField(plane: Plane, mask: Uint8Array, area: WorkingArea): OrientationField {
  const columns = plane.columns / 8;
  const rows = plane.rows / 8;
  const length = columns * rows;
  const differences = area.floats(length);
  const products = area.floats(length);
  const energies = area.floats(length);
  // Gradients see the grain of a sensor better than ridges: it is softened away first.
  const soft = softened(plane, area);
  area.kernels.gradientMoments(
    soft.pointer,
    soft.stride,
    columns,
    rows,
    differences.byteOffset,
    products.byteOffset,
    energies.byteOffset,
  );
  for (let block = 0; block < length; block += 1) {
    if (mask[block] === 0) differences[block] = products[block] = energies[block] = 0;
  }
  const field = {
    columns,
    rows,
    cosines: area.floats(length),
    sines: area.floats(length),
    coherences: area.floats(length),
  };
  const [smoothDifferences, smoothProducts, smoothEnergies, scratch] = Array.from({ length: 4 }, () =>
    area.floats(length),
  );
  for (const [scaleIndex, { sigma, weight }] of SCALES.entries()) {
    smoothGrid(differences, smoothDifferences, scratch, columns, rows, sigma);
    smoothGrid(products, smoothProducts, scratch, columns, rows, sigma);
    smoothGrid(energies, smoothEnergies, scratch, columns, rows, sigma);
    for (let block = 0; block < length; block += 1) {
      const energy = smoothEnergies[block];
      if (energy <= 0) continue;
      // The ridge runs across the gradient: half a turn of the doubled angle, hence the signs.
      const cosine = -smoothDifferences[block] / energy;
      const sine = -smoothProducts[block] / energy;
      const coherence = Math.hypot(cosine, sine);
      if (scaleIndex === 0) field.coherences[block] = coherence;
      const share = weight * coherence;
      field.cosines[block] += share * cosine;
      field.sines[block] += share * sine;
    }
  }
  for (let block = 0; block < length; block += 1) {
    const size = Math.hypot(field.cosines[block], field.sines[block]);
    if (size > 0) {
      field.cosines[block] /= size;
      field.sines[block] /= size;
    }
  }
  return field;
}

/** The orientation in radians, 0 to π from x towards y, at a pixel, interpolated between block centres. */
export function orientationAt(field: OrientationField, xPx: number, yPx: number): number {
  const x = Math.max(0, Math.min(field.columns - 1, xPx / 8 - 0.5));
  const y = Math.max(0, Math.min(field.rows - 1, yPx / 8 - 0.5));
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = Math.min(field.columns - 1, left + 1);
  const bottom = Math.min(field.rows - 1, top + 1);
  let cosine = 0;
  let sine = 0;
  for (const [column, row, share] of [
    [left, top, (1 - x + left) * (1 - y + top)],
    [right, top, (x - left) * (1 - y + top)],
    [left, bottom, (1 - x + left) * (y - top)],
    [right, bottom, (x - left) * (y - top)],
  ] as const) {
    const at = row * field.columns + column;
    cosine += share * field.cosines[at];
    sine += share * field.sines[at];
  }
  const angle = Math.atan2(sine, cosine) / 2;
  return angle < 0 ? angle + Math.PI : angle;
}
