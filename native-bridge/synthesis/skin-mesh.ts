import { NOMINAL_RESOLUTION_PPI } from '../image/grey-image.ts';
import { cosine, sine, smoothStep } from './exact-math.ts';
import type { ImpressionState } from './impression-conditions.ts';
import type { SeededRandom } from './seeded-random.ts';
import { SmoothNoise } from './smooth-noise.ts';

/** Pixels between the nodes at which the distortion is worked out; between them it is linear. */
const NODE_SPACING_PX = 8;
/** Small uneven stretching of the skin: deviation and length, pixels at 500 ppi. */
const STRETCH_PX = 1.1;
const STRETCH_LENGTH_PX = 90;
/** Share of the contact's size within which skin sticks to the platen, and beyond which it goes with the finger. */
const STICKS_WITHIN = 0.3;
const SLIDES_BEYOND = 1.15;

/**
 * Where each pixel of an impression lies on the finger, pixels at 500 ppi from the finger's middle.
 * The skin in the middle sticks to the platen while the rest is turned and pulled with the finger, and between the two it
 * gives way. Source: R. Cappelli, D. Maio, D. Maltoni, "Modelling plastic distortion in fingerprint images", ICAPR 2001.
 */
export class SkinMesh {
  readonly #columns: number;
  readonly #xs: Float64Array;
  readonly #ys: Float64Array;

  constructor(random: SeededRandom, state: ImpressionState) {
    this.#columns = Math.ceil(state.widthPx / NODE_SPACING_PX) + 2;
    const rows = Math.ceil(state.heightPx / NODE_SPACING_PX) + 2;
    this.#xs = new Float64Array(this.#columns * rows);
    this.#ys = new Float64Array(this.#columns * rows);
    const stretchX = new SmoothNoise(random, this.#columns, rows, STRETCH_LENGTH_PX / NODE_SPACING_PX);
    const stretchY = new SmoothNoise(random, this.#columns, rows, STRETCH_LENGTH_PX / NODE_SPACING_PX);
    const rowX = new Float64Array(this.#columns);
    const rowY = new Float64Array(this.#columns);
    for (let row = 0; row < rows; row++) {
      stretchX.fillRow(row, rowX);
      stretchY.fillRow(row, rowY);
      for (let column = 0; column < this.#columns; column++) {
        const [x, y] = placeOf(state, column * NODE_SPACING_PX, row * NODE_SPACING_PX);
        this.#xs[row * this.#columns + column] = x + STRETCH_PX * rowX[column];
        this.#ys[row * this.#columns + column] = y + STRETCH_PX * rowY[column];
      }
    }
  }

  /** Writes the places of the pixels of row `y` from column `left` on into `xs` and `ys`. */
  fillRow(y: number, left: number, xs: Float64Array, ys: Float64Array): void {
    const row = Math.floor(y / NODE_SPACING_PX);
    const down = y / NODE_SPACING_PX - row;
    for (let x = 0; x < xs.length; x++) {
      const at = (left + x) / NODE_SPACING_PX;
      const column = Math.floor(at);
      const across = at - column;
      const node = row * this.#columns + column;
      const below = node + this.#columns;
      const w11 = across * down;
      const w10 = down - w11;
      const w01 = across - w11;
      const w00 = 1 - across - w10;
      xs[x] = w00 * this.#xs[node] + w01 * this.#xs[node + 1] + w10 * this.#xs[below] + w11 * this.#xs[below + 1];
      ys[x] = w00 * this.#ys[node] + w01 * this.#ys[node + 1] + w10 * this.#ys[below] + w11 * this.#ys[below + 1];
    }
  }
}

/** Undoes shift and rotation, then gives the skin outside the middle its turn and pull. */
function placeOf(state: ImpressionState, column: number, row: number): readonly [number, number] {
  const scale = NOMINAL_RESOLUTION_PPI / state.resolutionPpi;
  const dx = (column - state.widthPx / 2) * scale - state.shiftX;
  const dy = (row - state.heightPx / 2) * scale - state.shiftY;
  const c = cosine(state.rotationRad);
  const s = sine(state.rotationRad);
  const x = c * dx + s * dy;
  const y = c * dy - s * dx;
  const fromX = x / state.contactHalfWidth;
  const fromY = y / state.contactHalfHeight;
  const gives = smoothStep(STICKS_WITHIN, SLIDES_BEYOND, Math.sqrt(fromX * fromX + fromY * fromY));
  const turn = gives * state.torsionRad;
  return [
    x + gives * state.tractionX - turn * y + state.contactX,
    y + gives * state.tractionY + turn * x + state.contactY,
  ];
}
