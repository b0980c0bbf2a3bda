import { createGalleryWriter } from '../../../native-bridge/matcher/index/gallery-writer.ts';
import type { GalleryPerson } from '../../../native-bridge/matcher/index/gallery-person.ts';
import type { GalleryProvenance } from '../../../native-bridge/matcher/matcher.ts';
import { statisticalTemplate } from './statistical-finger.ts';

/** Which extract a test's gallery claims to be. */
export const TEST_PROVENANCE: GalleryProvenance = {
  databaseLabel: 'Statistical people',
  origin: 'A test',
  createdAt: '2026-11-22T12:00:00.000Z',
};

/** The template of one finger of a statistical person. */
export function templateOfPerson(person: number, position: number): Uint8Array {
  return statisticalTemplate(person * 16 + position);
}

/** A statistical person: reference `person-N`, both index fingers; every seventh has the right one only. */
export function statisticalPerson(person: number): GalleryPerson {
  const right = { position: 2, template: templateOfPerson(person, 2) } as const;
  const left = { position: 7, template: templateOfPerson(person, 7) } as const;
  return { reference: `person-${person}`, fingers: person % 7 === 6 ? [right] : [right, left] };
}

/** Writes a gallery of `people` statistical people. */
export async function writeStatisticalGallery(filePath: string, people: number): Promise<void> {
  await using writer = await createGalleryWriter(filePath, TEST_PROVENANCE);
  for (let person = 0; person < people; person += 1) await writer.add(statisticalPerson(person));
  await writer.finish();
}
