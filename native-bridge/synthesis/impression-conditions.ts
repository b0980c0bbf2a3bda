import { NOMINAL_RESOLUTION_PPI } from '../image/grey-image.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What may be fixed about an impression; all else comes from its seed. */
export interface ImpressionConditions {
  /** Size of the scanner's image, pixels. */
  readonly widthPx?: number | undefined;
  readonly heightPx?: number | undefined;
  /** Resolution of the scanner, 200 to 1,000 pixels per inch. */
  readonly resolutionPpi?: number | undefined;
  /** How far impressions stray from the ideal: 0 hardly, 0.5 as at a busy desk, 1 as from careless or damaged fingers. */
  readonly hardship?: number | undefined;
}

/** Everything that is drawn for one impression; lengths are pixels at 500 ppi on the finger, angles radians. */
export interface ImpressionState {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolutionPpi: number;
  readonly rotationRad: number;
  readonly shiftX: number;
  readonly shiftY: number;
  /** Middle of the contact, from the middle of the finger, and half its width and height. */
  readonly contactX: number;
  readonly contactY: number;
  readonly contactHalfWidth: number;
  readonly contactHalfHeight: number;
  /** How far the skin outside the middle is turned and pulled against it. */
  readonly torsionRad: number;
  readonly tractionX: number;
  readonly tractionY: number;
  /** Added to the ridges' height: above 0 ridges broaden and valleys close, below 0 ridges thin. */
  readonly pressure: number;
  /** 0 none to 1: how much the ridges break up into dots. */
  readonly dryness: number;
  /** Difference between bare platen and a full ridge, and the platen's grey. */
  readonly contrast: number;
  readonly platenGrey: number;
  /** Share of contact that leaves dirt or moisture between the ridges. */
  readonly haze: number;
}

/** Hardship of an impression that nobody asked to be different: between FVC2002 DB1 and DB2. */
const DEFAULT_HARDSHIP = 0.5;
/** Size of the simulated scanner's image, pixels at 500 ppi (20.3 × 25.4 mm). */
const DEFAULT_WIDTH_PX = 400;
const DEFAULT_HEIGHT_PX = 500;

/** Most that skin is turned and pulled: beyond, it slips, and ridges are nowhere stretched by more than a quarter. */
const MOST_TORSION_RAD = 0.12;
const MOST_TRACTION_PX = { x: 13, y: 20 } as const;

function limited(value: number, limit: number): number {
  return Math.min(limit, Math.max(-limit, value));
}

/** Draws how a finger is laid down this time. Deviations at hardship 0 are those of a cooperative person who is guided. */
export function drawImpressionState(random: SeededRandom, conditions: ImpressionConditions): ImpressionState {
  const hardship = conditions.hardship ?? DEFAULT_HARDSHIP;
  const wear = 0.4 + 1.7 * hardship;
  // Most impressions are a little dry or a little wet; a few, more with hardship, are very much so.
  const moisture = random.normal(0, 1) * (random.share() < 0.1 + 0.3 * hardship ? 1.5 : 0.75);
  const dry = Math.max(0, -moisture);
  const wet = Math.max(0, moisture);
  const spread = random.normal(1, 0.05 + 0.05 * hardship);
  return {
    widthPx: conditions.widthPx ?? DEFAULT_WIDTH_PX,
    heightPx: conditions.heightPx ?? DEFAULT_HEIGHT_PX,
    resolutionPpi: conditions.resolutionPpi ?? NOMINAL_RESOLUTION_PPI,
    rotationRad: random.normal(0, 0.09 * wear),
    shiftX: random.normal(0, 9 * wear),
    shiftY: random.normal(0, 12 * wear),
    contactX: random.normal(0, 8 * wear),
    contactY: random.normal(0, 18 * wear),
    contactHalfWidth: 112 * spread * random.normal(1, 0.05),
    contactHalfHeight: 175 * spread * random.normal(1, 0.05 + 0.05 * hardship),
    torsionRad: limited(random.normal(0, 0.045 * wear), MOST_TORSION_RAD),
    tractionX: limited(random.normal(0, 5 * wear), MOST_TRACTION_PX.x),
    tractionY: limited(random.normal(0, 7 * wear), MOST_TRACTION_PX.y),
    pressure: 0.12 + wear * (0.28 * wet - 0.22 * dry),
    dryness: Math.min(1, 0.12 + wear * (0.3 * dry + 0.04)),
    contrast: random.between(175, 215) - 30 * Math.min(1, dry),
    platenGrey: random.between(205, 242),
    haze: 0.03 + 0.07 * wet * wear,
  };
}
