/** Gaussian weights at whole distances 0, 1, 2 … up to three standard deviations, not normalised. */
function gaussianWeights(sigma: number): number[] {
  return Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, distance) =>
    Math.exp(-(distance ** 2) / (2 * sigma ** 2)),
  );
}

/**
 * Separable Gaussian smoothing of a grid of `columns × rows`, into `target` (which may be `source`); cells outside the
 * grid count as absent. `sigma` in cells. `scratch` needs as many elements as the grid.
 */
export function smoothGrid(
  source: Float32Array,
  target: Float32Array,
  scratch: Float32Array,
  columns: number,
  rows: number,
  sigma: number,
): void {
  const weights = gaussianWeights(sigma);
  const reach = weights.length - 1;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      let sum = source[at] * weights[0];
      for (let step = 1; step <= reach; step += 1) {
        if (column >= step) sum += source[at - step] * weights[step];
        if (column + step < columns) sum += source[at + step] * weights[step];
      }
      scratch[at] = sum;
    }
  }
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const at = row * columns + column;
      let sum = scratch[at] * weights[0];
      for (let step = 1; step <= reach; step += 1) {
        if (row >= step) sum += scratch[at - step * columns] * weights[step];
        if (row + step < rows) sum += scratch[at + step * columns] * weights[step];
      }
      target[at] = sum;
    }
  }
}

/** The value below which `share` (0–1) of `values` lie; reads a sorted copy of small numbers, zeroed before it goes. */
export function percentile(values: Float32Array, share: number): number {
  const sorted = Float32Array.from(values).sort();
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  sorted.fill(0);
  return value;
}
