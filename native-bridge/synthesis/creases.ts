import { PI, cosine, sine } from './exact-math.ts';
import { FIELD_LIMIT, MASTER_COLUMNS, MASTER_ROWS } from './parameters.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Share of fingers with at least one crease or scar that shows; most of those have one or two. */
const CREASED_SHARE = 0.35;
const MOST_CREASES = 3;
/** Length and half-width of a crease, cells of 250 ppi. */
const CREASE_LENGTH_CELLS = { from: 18, to: 80 } as const;
const CREASE_HALF_WIDTH_CELLS = { from: 0.6, to: 1.3 } as const;

/** Lays the skin's own creases over the ridges in place: slightly bent furrows, mostly across the finger, thin at the ends. */
export function drawCreases(random: SeededRandom, ridges: Int16Array): void {
  if (random.share() >= CREASED_SHARE) return;
  const count = 1 + random.below(MOST_CREASES);
  for (let i = 0; i < count; i++) {
    const isAcross = random.share() < 0.75;
    const angle = isAcross ? random.normal(0, 0.25) : random.between(0, PI);
    drawCrease(random, ridges, angle);
  }
}

function drawCrease(random: SeededRandom, ridges: Int16Array, startAngle: number): void {
  const length = random.between(CREASE_LENGTH_CELLS.from, CREASE_LENGTH_CELLS.to);
  const halfWidth = random.between(CREASE_HALF_WIDTH_CELLS.from, CREASE_HALF_WIDTH_CELLS.to);
  const bend = random.normal(0, 0.006);
  let angle = startAngle - (bend * length) / 2;
  let x = MASTER_COLUMNS / 2 + random.normal(0, 36) - (cosine(startAngle) * length) / 2;
  let y = MASTER_ROWS / 2 + random.normal(5, 50) - (sine(startAngle) * length) / 2;
  for (let along = 0; along < length; along += 0.5) {
    const toEnd = Math.min(along, length - along) / length;
    stamp(ridges, x, y, halfWidth * Math.min(1, 0.35 + 3 * toEnd));
    x += 0.5 * cosine(angle);
    y += 0.5 * sine(angle);
    angle += 0.5 * bend;
  }
}

/** Presses a round furrow of a soft edge into the ridges around (x, y). */
function stamp(ridges: Int16Array, x: number, y: number, radius: number): void {
  const reach = Math.ceil(radius + 1);
  for (let row = Math.max(0, Math.floor(y) - reach); row <= Math.min(MASTER_ROWS - 1, Math.floor(y) + reach); row++) {
    for (
      let column = Math.max(0, Math.floor(x) - reach);
      column <= Math.min(MASTER_COLUMNS - 1, Math.floor(x) + reach);
      column++
    ) {
      const distance = Math.sqrt((row - y) * (row - y) + (column - x) * (column - x));
      const depth = Math.min(1, Math.max(0, radius + 0.7 - distance));
      const at = row * MASTER_COLUMNS + column;
      const furrow = Math.round(FIELD_LIMIT * (1 - 2 * depth));
      if (furrow < ridges[at]) ridges[at] = furrow;
    }
  }
}
