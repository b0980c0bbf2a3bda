import type { GalleryProvenance } from '../../native-bridge/matcher/matcher.ts';
import {
  buildSyntheticGalleries,
  type SyntheticRecord,
} from '../../native-bridge/matcher/index/build-synthetic-galleries.ts';
import { startWorkerThreads } from '../../native-bridge/matcher/matcher-pool.ts';
import type { Clock, TrainingGalleries } from '../station/platform.ts';
import { TRAINING_RUN_SEED, trainingPopulation, type TrainingPerson } from './training-people.ts';

export interface TrainingGalleriesOptions {
  readonly people: number;
  readonly threads: number;
  readonly clock: Pick<Clock, 'now'>;
  readonly workerUrl?: URL;
}

function recordsOf(population: readonly TrainingPerson[], database: 'police' | 'immigration'): SyntheticRecord[] {
  return population.flatMap((person) => {
    const reference = person[database];
    return reference === null ? [] : [{ reference, personSeed: person.personSeed }];
  });
}

/** Builds both galleries of a training station from people who do not exist: two index fingers each. */
export function createTrainingGalleries(options: TrainingGalleriesOptions): TrainingGalleries {
  return {
    async build(paths, onProgress, signal) {
      const population = trainingPopulation(options.people);
      const provenance: Omit<GalleryProvenance, 'databaseLabel'> = {
        origin: 'synthetic training gallery',
        createdAt: new Date(options.clock.now()).toISOString(),
      };
      await using workers = startWorkerThreads(options.threads, options.workerUrl);
      await buildSyntheticGalleries({
        workers,
        galleries: (['police', 'immigration'] as const).map((database) => ({
          filePath: paths[database],
          provenance: { ...provenance, databaseLabel: database },
          records: recordsOf(population, database),
        })),
        seed: TRAINING_RUN_SEED,
        signal,
        onProgress,
      });
    },
  };
}
