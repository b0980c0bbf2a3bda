import type { SeededRandom } from './seeded-random.ts';

/** The Galton–Henry class of a fingerprint. A left loop opens to the left of the image. */
export type FingerClass = 'arch' | 'tented-arch' | 'left-loop' | 'right-loop' | 'whorl';

/**
 * Share of each class among fingers. Source: C. L. Wilson, G. T. Candela, C. I. Watson, "Neural network fingerprint
 * classification", Journal of Artificial Neural Networks 1(2), 1993.
 */
export const CLASS_SHARES: Readonly<Record<FingerClass, number>> = {
  'left-loop': 0.338,
  'right-loop': 0.317,
  whorl: 0.279,
  arch: 0.037,
  'tented-arch': 0.029,
};

/**
 * Share of loops that open towards the little finger (ulnar): nearly all on every finger but the index.
 * Source: H. Cummins and C. Midlo, "Finger Prints, Palms and Soles", 1943 (5.4 % of all patterns are radial loops).
 */
const ULNAR_SHARE_OF_LOOPS = 0.92;

/** Draws a class in its natural proportion. With a hand, a loop opens to the side that is natural for that hand. */
export function drawFingerClass(random: SeededRandom, hand?: 'left' | 'right'): FingerClass {
  let left = random.share();
  let drawn: FingerClass = 'whorl';
  for (const candidate of ['left-loop', 'right-loop', 'whorl', 'arch', 'tented-arch'] as const) {
    drawn = candidate;
    left -= CLASS_SHARES[candidate];
    if (left < 0) break;
  }
  const isUlnar = random.share() < ULNAR_SHARE_OF_LOOPS;
  if (hand === undefined || !drawn.endsWith('loop')) return drawn;
  return (hand === 'left') === isUlnar ? 'left-loop' : 'right-loop';
}
