import { existsSync } from 'node:fs';
import path from 'node:path';
import { readImageFile } from '../../native-bridge/image/read-image.ts';
import type { GreyImage } from '../../native-bridge/image/grey-image.ts';
import { createExtractor } from '../../native-bridge/matcher/extract/extract-template.ts';
import type { GalleryFinger, GalleryPerson } from '../../native-bridge/matcher/index/gallery-person.ts';
import { fingerOfPerson } from '../../native-bridge/synthesis/person.ts';
import { takeImpression } from '../../native-bridge/synthesis/take-impression.ts';

/** A person who is in the gallery, and other impressions of the same two fingers to search it with. */
export interface Mate {
  readonly person: GalleryPerson;
  readonly probes: readonly (readonly GalleryFinger[])[];
}

const POSITIONS = [2, 7] as const;
const extractor = createExtractor();

function fingersOf(images: readonly [GreyImage, GreyImage]): readonly GalleryFinger[] {
  return images.flatMap((image, index) => {
    const extraction = extractor.extract(image);
    return extraction.kind === 'extracted' ? [{ position: POSITIONS[index], template: extraction.template }] : [];
  });
}

/** People of synthetic prints, each impression with the generator's ordinary conditions. */
export function syntheticMates(people: number, probes: number, seed: number): readonly Mate[] {
  return Array.from({ length: people }, (_, index) => {
    const fingers = POSITIONS.map((position) => fingerOfPerson(seed, `mate ${index}`, position));
    const impression = (number: number): readonly GalleryFinger[] =>
      fingersOf([takeImpression(fingers[0], number), takeImpression(fingers[1], number)]);
    return {
      person: { reference: `mate-${index}`, fingers: impression(0) },
      probes: Array.from({ length: probes }, (_unused, probe) => impression(probe + 1)),
    };
  });
}

const SETS = ['fvc2002_db1_b', 'fvc2002_db2_b', 'fvc2002_db4_b', 'fvc2004_db1_b'] as const;
const IMPRESSIONS = 8;

/** People of the development sets: fingers 101 + 102, 103 + 104, … ; impression 1 enrolled, the other seven search. */
export async function realMates(folder: string): Promise<readonly Mate[]> {
  const mates: Mate[] = [];
  for (const set of SETS.filter((name) => existsSync(path.join(folder, name)))) {
    for (let finger = 101; finger < 110; finger += 2) {
      const impressions: (readonly GalleryFinger[])[] = [];
      for (let impression = 1; impression <= IMPRESSIONS; impression += 1) {
        const read = (number: number): Promise<GreyImage> =>
          readImageFile(path.join(folder, set, `${number}_${impression}.png`));
        impressions.push(fingersOf([await read(finger), await read(finger + 1)]));
      }
      const [enrolled, ...probes] = impressions;
      if (enrolled.length > 0) mates.push({ person: { reference: `${set}-${finger}`, fingers: enrolled }, probes });
    }
  }
  return mates;
}
