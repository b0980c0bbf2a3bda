import type { SeededRandom } from './seeded-random.ts';

/**
 * Smooth noise over a rectangle, of about unit deviation: random knots `spacing` apart under a cubic B-spline, whose second
 * derivative is continuous, so that no lattice shows. It is asked row by row, from the top, and keeps only its knots.
 */
export class SmoothNoise {
  readonly #spacing: number;
  readonly #columns: number;
  readonly #knots: Float64Array;
  readonly #blended: Float64Array;

  constructor(random: SeededRandom, width: number, height: number, spacing: number) {
    this.#spacing = spacing;
    this.#columns = Math.ceil(width / spacing) + 4;
    const rows = Math.ceil(height / spacing) + 4;
    this.#knots = new Float64Array(this.#columns * rows);
    this.#blended = new Float64Array(this.#columns);
    // A B-spline averages its knots: 0.4797 of their variance is left along each axis, on the mean over phases.
    const scale = 3.4641016151377544 / 0.4797;
    random.fillShares(this.#knots);
    for (let i = 0; i < this.#knots.length; i++) this.#knots[i] = (this.#knots[i] - 0.5) * scale;
  }

  /** Writes the noise at row `y`, columns 0, 1, 2 … times `step`, into `into`. */
  fillRow(y: number, into: Float64Array, step = 1): void {
    const columns = this.#columns;
    const blended = this.#blended;
    const at = y / this.#spacing;
    const row = Math.floor(at);
    const [w0, w1, w2, w3] = splineWeights(at - row);
    const first = row * columns;
    for (let i = 0; i < columns; i++) {
      const k = first + i;
      blended[i] =
        w0 * this.#knots[k] +
        w1 * this.#knots[k + columns] +
        w2 * this.#knots[k + 2 * columns] +
        w3 * this.#knots[k + 3 * columns];
    }
    const advance = step / this.#spacing;
    let position = 0;
    let x = 0;
    for (let i = 0; x < into.length; i++) {
      // Between two knots the spline is one cubic of the way from the first to the second.
      const [p0, p1, p2, p3] = [blended[i], blended[i + 1], blended[i + 2], blended[i + 3]];
      const c0 = (p0 + 4 * p1 + p2) / 6;
      const c1 = (p2 - p0) / 2;
      const c2 = (p0 - 2 * p1 + p2) / 2;
      const c3 = (p3 - p0 + 3 * (p1 - p2)) / 6;
      for (; position < 1 && x < into.length; x++, position += advance) {
        into[x] = c0 + position * (c1 + position * (c2 + position * c3));
      }
      position -= 1;
    }
  }
}

/** The four weights of a uniform cubic B-spline at `t` in [0, 1). */
export function splineWeights(t: number): readonly [number, number, number, number] {
  const u = 1 - t;
  const tt = t * t;
  return [(u * u * u) / 6, (4 - 6 * tt + 3 * tt * t) / 6, (1 + 3 * t + 3 * tt - 3 * tt * t) / 6, (tt * t) / 6];
}
