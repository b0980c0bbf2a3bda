import { TRAINING_RUN_SEED } from '../../../electron/training/training-people.ts';
import type { GreyImage } from '../../../native-bridge/image/grey-image.ts';
import { createExtractor } from '../../../native-bridge/matcher/extract/extract-template.ts';
import { createGalleryWriter } from '../../../native-bridge/matcher/index/gallery-writer.ts';
import { fitToGeometry } from '../../../native-bridge/scanner/fit-to-geometry.ts';
import { fingerOfPerson } from '../../../native-bridge/synthesis/person.ts';
import { takeImpression } from '../../../native-bridge/synthesis/take-impression.ts';

/** The two fingers that every check takes first. */
export const POSITIONS = [2, 7] as const;
export type Position = (typeof POSITIONS)[number];

/** Side and resolution of the simulated reader's pictures, pixels and pixels per inch. */
const SIDE_PX = 500;
const RESOLUTION_PPI = 500;
/** The impression that a gallery holds. */
const ENROLLED_IMPRESSION = 0;

/** One press of one finger of somebody who does not exist, as the simulated reader would take it. */
export function madeUpPrint(personSeed: number, position: Position, impression: number): GreyImage {
  const taken = takeImpression(fingerOfPerson(TRAINING_RUN_SEED, personSeed, position), impression);
  const pixels = fitToGeometry(taken, SIDE_PX, SIDE_PX, RESOLUTION_PPI);
  return { widthPx: SIDE_PX, heightPx: SIDE_PX, resolutionPpi: RESOLUTION_PPI, pixels };
}

/** A press of nothing. */
export function blankPrint(): GreyImage {
  const pixels = new Uint8Array(SIDE_PX * SIDE_PX).fill(230);
  return { widthPx: SIDE_PX, heightPx: SIDE_PX, resolutionPpi: RESOLUTION_PPI, pixels };
}

/** The template of a print, or null when none comes of it. */
export function templateOf(image: GreyImage): Uint8Array | null {
  const extractor = createExtractor();
  const extraction = extractor.extract(image);
  const template = extraction.kind === 'extracted' ? extraction.template.slice() : null;
  extractor.clear();
  return template;
}

/** Who is in a gallery, under which reference. */
export interface Enrolled {
  readonly reference: string;
  readonly personSeed: number;
}

/** Writes a gallery of those people, of both fingers of each. */
export async function writeGallery(filePath: string, origin: string, people: readonly Enrolled[]): Promise<void> {
  const createdAt = '2026-11-01T00:00:00.000Z';
  await using writer = await createGalleryWriter(filePath, { databaseLabel: 'police', origin, createdAt });
  for (const { personSeed, reference } of people) {
    const fingers = POSITIONS.flatMap((position) => {
      const template = templateOf(madeUpPrint(personSeed, position, ENROLLED_IMPRESSION));
      return template === null ? [] : [{ position, template }];
    });
    await writer.add({ reference, fingers });
  }
  await writer.finish();
}
