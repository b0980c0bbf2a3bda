import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';
import type { FingerPosition } from '../../../native-bridge/matcher/matcher.ts';
import { fitToGeometry } from '../../../native-bridge/scanner/fit-to-geometry.ts';
import { seededRandom } from '../../../native-bridge/scanner/seeded-random.ts';
import { fingerOfPerson } from '../../../native-bridge/synthesis/person.ts';
import { takeImpression } from '../../../native-bridge/synthesis/take-impression.ts';
import { TRAINING_RUN_SEED } from '../../../electron/training/training-people.ts';

/** The simulated scanner's own geometry, so that its sensor sees the image byte for byte. */
const SIDE_PX = 500;
const RESOLUTION_PPI = 500;
/** Impression of a training person that no gallery holds. */
const IMPRESSION = 900;
/** Low bits of each pixel that the marker replaces: three, so that any 32 bytes of it carry 96 bits of the seed. */
const MARKER_LEVELS = 8;

/** One finger as the proof shows it to the scanner. */
export interface MarkedFinger {
  readonly personSeed: number;
  readonly position: FingerPosition;
  /** Seed of the marker: another one for each check, so that no finding can be an earlier check's. */
  readonly markerSeed: number;
}

/** An impression whose pixels carry the marker in their lowest bits: the same bytes in whichever process it is drawn. */
export function markedFinger({ markerSeed, personSeed, position }: MarkedFinger): GreyImage {
  const impression = takeImpression(fingerOfPerson(TRAINING_RUN_SEED, personSeed, position), IMPRESSION);
  const pixels = fitToGeometry(impression, SIDE_PX, SIDE_PX, RESOLUTION_PPI);
  impression.pixels.fill(0);
  const random = seededRandom(markerSeed * 16 + position);
  for (let at = 0; at < pixels.length; at += 1) {
    const bare = Math.floor((pixels[at] ?? 0) / MARKER_LEVELS) * MARKER_LEVELS;
    pixels[at] = bare + Math.floor(random() * MARKER_LEVELS);
  }
  return { widthPx: SIDE_PX, heightPx: SIDE_PX, resolutionPpi: RESOLUTION_PPI, pixels };
}
