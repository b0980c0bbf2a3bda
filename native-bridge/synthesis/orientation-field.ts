import { PI, TWO_PI, arcTangent2, exponential, smoothStep } from './exact-math.ts';
import type { FingerClass } from './finger-class.ts';
import { MASTER_COLUMNS, MASTER_ROWS, ORIENTATION_STEPS, PIXELS_PER_CELL } from './parameters.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { FingerPoint, Singularities } from './singularities.ts';
import { SmoothNoise } from './smooth-noise.ts';

/** Knots of the correction of a singularity's angle over a full turn. Source: Vizcaya and Gerhardt, 1996, use eight. */
const CORRECTION_KNOTS = 8;
/** Deviation of a knot, radians: how far natural cores and deltas are from the ideal ones. */
const CORRECTION_DEVIATION_RAD = 0.14;
/** Radius of the ridges' arc at the tip of the finger, pixels at 500 ppi. */
const TIP_RADIUS_PX = { from: 105, to: 210 } as const;
/** Deviation of the slow wandering of ridges that makes every finger itself, radians, and its length, cells. */
const WANDER_DEVIATION_RAD = 0.12;
const WANDER_SPACING_CELLS = 32;
/** The same for the quick wandering, which breeds minutiae away from where the class demands them. */
const WAVER_DEVIATION_RAD = 0.085;
const WAVER_SPACING_CELLS = 12;

/**
 * The ridge orientation of every cell of a master, row by row, in steps of π/64 from the x axis towards y (downwards).
 * Loops and whorls: half the sum of the angles at which a cell is seen from the cores, less that from the deltas
 * (B. Sherlock and D. Monro, "A model for interpreting fingerprint topology", 1993), each angle bent by a piecewise linear
 * correction (P. Vizcaya and L. Gerhardt, "A nonlinear orientation model for global description of fingerprints", 1996).
 * Arches: ridges over a bump that is highest in the middle of the finger. Towards the tip all ridges become arcs.
 */
export function createOrientationField(
  random: SeededRandom,
  fingerClass: FingerClass,
  singularities: Singularities,
): Uint8Array {
  const orientationAt = fingerClass === 'arch' ? archModel(random) : polesModel(random, singularities);
  const tipRadius = random.between(TIP_RADIUS_PX.from, TIP_RADIUS_PX.to);
  const tipAbove = singularities.cores.reduce((highest, core) => Math.min(highest, core.y), 0);
  const wander = new SmoothNoise(random, MASTER_COLUMNS, MASTER_ROWS, WANDER_SPACING_CELLS);
  const wanderRow = new Float64Array(MASTER_COLUMNS);
  const waver = new SmoothNoise(random, MASTER_COLUMNS, MASTER_ROWS, WAVER_SPACING_CELLS);
  const waverRow = new Float64Array(MASTER_COLUMNS);
  const field = new Uint8Array(MASTER_COLUMNS * MASTER_ROWS);
  for (let row = 0; row < MASTER_ROWS; row++) {
    wander.fillRow(row, wanderRow);
    waver.fillRow(row, waverRow);
    const y = (row - MASTER_ROWS / 2) * PIXELS_PER_CELL;
    const tipWeight = smoothStep(tipAbove + 70, tipAbove - 130, y);
    for (let column = 0; column < MASTER_COLUMNS; column++) {
      const x = (column - MASTER_COLUMNS / 2) * PIXELS_PER_CELL;
      const tip = tipWeight * arcTangent2(x, tipRadius);
      const angleRad =
        orientationAt(x, y) + tip + WANDER_DEVIATION_RAD * wanderRow[column] + WAVER_DEVIATION_RAD * waverRow[column];
      const steps = Math.round((angleRad / PI) * ORIENTATION_STEPS) % ORIENTATION_STEPS;
      field[row * MASTER_COLUMNS + column] = steps < 0 ? steps + ORIENTATION_STEPS : steps;
    }
  }
  return field;
}

/**
 * How round a loop is, 0 (a parabola, as the bare model gives) to 1 (parallel sides under a half circle), and the
 * distances from a core between which that fades, pixels at 500 ppi.
 */
const LOOP_ROUNDNESS = { from: 0.45, to: 0.95 } as const;
const ROUNDNESS_FADES_PX = { from: 35, to: 150 } as const;

type OrientationModel = (x: number, y: number) => number;

function polesModel(random: SeededRandom, { cores, deltas }: Singularities): OrientationModel {
  const poles = [...cores, ...deltas].map((point, index) => ({
    ...point,
    sign: index < cores.length ? 0.5 : -0.5,
    corrections: Float64Array.from({ length: CORRECTION_KNOTS }, () => random.normal(0, CORRECTION_DEVIATION_RAD)),
    axisRad: index < cores.length ? axisOf(index, cores, deltas) : 0,
    roundness: random.between(LOOP_ROUNDNESS.from, LOOP_ROUNDNESS.to),
  }));
  return (x, y) => {
    let sum = 0;
    for (const pole of poles) {
      const angle = arcTangent2(y - pole.y, x - pole.x);
      const at = ((angle + PI) / TWO_PI) * CORRECTION_KNOTS;
      const knot = Math.min(CORRECTION_KNOTS - 1, Math.floor(at));
      const here = pole.corrections[knot];
      const next = pole.corrections[(knot + 1) % CORRECTION_KNOTS];
      sum += pole.sign * (angle + here + (at - knot) * (next - here));
      if (pole.sign > 0) sum += pole.roundness * rounding(x - pole.x, y - pole.y, angle - pole.axisRad);
    }
    return sum;
  };
}

/** The direction in which the loop around a core opens: the one along which the model's ridges run straight out of it. */
function axisOf(index: number, cores: readonly FingerPoint[], deltas: readonly FingerPoint[]): number {
  const core = cores[index];
  let sum = 0;
  cores.forEach((other, i) => (sum += i === index ? 0 : arcTangent2(core.y - other.y, core.x - other.x)));
  for (const delta of deltas) sum -= arcTangent2(core.y - delta.y, core.x - delta.x);
  return sum;
}

/** What turns the parabolas around a core into ridges that run beside its axis and bend only behind it, radians. */
function rounding(dx: number, dy: number, fromAxisRad: number): number {
  const turned = fromAxisRad - Math.round(fromAxisRad / TWO_PI) * TWO_PI;
  const size = Math.abs(turned);
  const bent = Math.max(0, size - PI / 2) - size / 2;
  const { from, to } = ROUNDNESS_FADES_PX;
  const share = smoothStep(to, from, Math.sqrt(dx * dx + dy * dy));
  return turned < 0 ? -share * bent : share * bent;
}

function archModel(random: SeededRandom): OrientationModel {
  const middle = random.normal(0, 10);
  const height = random.between(55, 110);
  const width = random.between(48, 66);
  const level = random.between(10, 50);
  return (x, y) => {
    const rise = height * smoothStep(230, level, y) * (0.35 + 0.65 * smoothStep(level - 190, level - 20, y));
    const offset = x - middle;
    const slope = (rise * offset * exponential((-offset * offset) / (2 * width * width))) / (width * width);
    return arcTangent2(slope, 1);
  };
}
