import type { GreyImage } from '../image/grey-image.ts';

/** Millimetres in an inch. */
const MM_PER_INCH = 25.4;
/** Resolutions among which the target's is sought, pixels per inch: those of fingerprint scanners, with room on both sides. */
const SOUGHT_PPI = { from: 250, to: 1_300 };
/** Steps of the coarse search through these resolutions. */
const COARSE_STEPS = 600;
/** Rounds of the fine search; each narrows the interval to a fifth. */
const FINE_ROUNDS = 8;
/** Strips that the image is cut into, so that a target laid down at an angle of up to 2° is still read. */
const STRIPS = 16;
/** How far the target's lines must stand out from all else, as a multiple of the mean strength over the search. */
const CLEAR_PEAK = 6;
/** Error that a scanner may have, as a share. Source: ANSI/NIST-ITL 1-2011 asks for ±1 % at 500 ppi. */
export const RESOLUTION_TOLERANCE = 0.01;

/** What a printed target said of the scanner's true resolution. */
export type ResolutionCheck =
  | {
      readonly kind: 'measured';
      readonly horizontalPpi: number;
      readonly verticalPpi: number;
      /** Largest distance of either from the resolution that the scanner claims, as a share of it. */
      readonly error: number;
      readonly isWithinTolerance: boolean;
    }
  | { readonly kind: 'no-target' };

/**
 * Measures the resolution from an image of a printed grid of lines, `spacingMm` apart in both directions, laid straight
 * on the glass (within 2°). The image is lent. Cost: some ten million multiplications for 500 × 500 pixels.
 */
export function checkResolution(image: GreyImage, spacingMm: number): ResolutionCheck {
  const horizontal = measure(profilesOf(image, 'across'), spacingMm);
  const vertical = measure(profilesOf(image, 'down'), spacingMm);
  if (horizontal === null || vertical === null) return { kind: 'no-target' };
  const claimed = image.resolutionPpi;
  const error = Math.max(Math.abs(horizontal - claimed), Math.abs(vertical - claimed)) / claimed;
  const isWithinTolerance = error <= RESOLUTION_TOLERANCE;
  return { kind: 'measured', horizontalPpi: horizontal, verticalPpi: vertical, error, isWithinTolerance };
}

/** Mean grey along each strip, its own mean taken off, softened towards the ends so that they make no lines of their own. */
function profilesOf({ widthPx, heightPx, pixels }: GreyImage, direction: 'across' | 'down'): readonly Float64Array[] {
  const isAcross = direction === 'across';
  const length = isAcross ? widthPx : heightPx;
  const depth = isAcross ? heightPx : widthPx;
  return Array.from({ length: STRIPS }, (_, strip) => {
    const from = Math.floor((strip * depth) / STRIPS);
    const to = Math.floor(((strip + 1) * depth) / STRIPS);
    const profile = new Float64Array(length);
    for (let at = 0; at < length; at += 1) {
      for (let side = from; side < to; side += 1) {
        profile[at] = (profile[at] ?? 0) + (pixels[isAcross ? side * widthPx + at : at * widthPx + side] ?? 0);
      }
    }
    const mean = profile.reduce((sum, value) => sum + value, 0) / length;
    return profile.map((value, at) => (value - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / length)));
  });
}

/** The resolution at which lines of this spacing answer most strongly, or null when none stands out. */
function measure(profiles: readonly Float64Array[], spacingMm: number): number | null {
  const strengthAt = (ppi: number): number => {
    const turn = (2 * Math.PI * MM_PER_INCH) / (spacingMm * ppi);
    return profiles.reduce((sum, profile) => sum + strengthOf(profile, turn), 0);
  };
  const step = (SOUGHT_PPI.to - SOUGHT_PPI.from) / COARSE_STEPS;
  const coarse = Array.from({ length: COARSE_STEPS + 1 }, (_, index) => strengthAt(SOUGHT_PPI.from + index * step));
  const highest = Math.max(...coarse);
  const mean = coarse.reduce((sum, value) => sum + value, 0) / coarse.length;
  if (highest === 0 || highest < CLEAR_PEAK * mean) return null;
  let middle = SOUGHT_PPI.from + coarse.indexOf(highest) * step;
  let reach = step;
  for (let round = 0; round < FINE_ROUNDS; round += 1) {
    const near = Array.from({ length: 11 }, (_, index) => middle + (reach * (index - 5)) / 5);
    middle = near.reduce((a, b) => (strengthAt(b) > strengthAt(a) ? b : a));
    reach /= 5;
  }
  return middle;
}

/** Power of one frequency (`turn` radians a pixel) in a profile; the angle is stepped by a rotation, which costs no sine. */
function strengthOf(profile: Float64Array, turn: number): number {
  const stepCosine = Math.cos(turn);
  const stepSine = Math.sin(turn);
  let cosine = 1;
  let sine = 0;
  let real = 0;
  let imaginary = 0;
  for (let at = 0; at < profile.length; at += 1) {
    const value = profile[at] ?? 0;
    real += value * cosine;
    imaginary += value * sine;
    const nextCosine = cosine * stepCosine - sine * stepSine;
    sine = sine * stepCosine + cosine * stepSine;
    cosine = nextCosine;
  }
  return real * real + imaginary * imaginary;
}
