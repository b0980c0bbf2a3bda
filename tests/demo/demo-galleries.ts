import { createExtractor } from '../../native-bridge/matcher/extract/extract-template.ts';
import { createGalleryWriter } from '../../native-bridge/matcher/index/gallery-writer.ts';
import type { TrainingGalleries } from '../../electron/station/platform.ts';
import { madeUpImmigrationReference, madeUpPncId } from '../../electron/training/training-people.ts';
import type { DemoPerson } from './demo-people.ts';

/** Which people each database holds: 1 and 2 the police, 2 and 3 immigration; nobody else is anywhere. */
const HELD = { police: [1, 2], immigration: [2, 3] } as const;

/** The reference under which a database holds a person, or null. */
export interface Expected {
  readonly police: string | null;
  readonly immigration: string | null;
}

/** What the page should show of that person. */
export function expectedOf(person: number): Expected {
  return {
    police: HELD.police.some((held) => held === person) ? madeUpPncId(person) : null,
    immigration: HELD.immigration.some((held) => held === person) ? madeUpImmigrationReference(person) : null,
  };
}

/** Galleries of the first impression of the people whom each database holds. */
export function demoGalleries(people: readonly DemoPerson[]): TrainingGalleries {
  return {
    async build(paths, onProgress) {
      const extractor = createExtractor();
      for (const [index, database] of (['police', 'immigration'] as const).entries()) {
        await using writer = await createGalleryWriter(paths[database], {
          databaseLabel: database,
          origin: 'demo gallery',
          createdAt: new Date().toISOString(),
        });
        for (const { impressions, person } of people) {
          const reference = expectedOf(person)[database];
          const [first] = impressions;
          if (reference === null || first === undefined) continue;
          const images = await first.read();
          const fingers = images.flatMap((image, finger) => {
            const extraction = extractor.extract(image);
            const position = finger === 0 ? (2 as const) : (7 as const);
            return extraction.kind === 'extracted' ? [{ position, template: extraction.template }] : [];
          });
          if (fingers.length > 0) await writer.add({ reference, fingers });
        }
        await writer.finish();
        onProgress((index + 1) / 2);
      }
      extractor.clear();
    },
  };
}
