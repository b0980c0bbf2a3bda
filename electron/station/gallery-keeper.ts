import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { MatcherPool } from '../../native-bridge/matcher/matcher.ts';
import type { DatabaseName } from '../contract/checks.ts';
import type { LocalGallery } from '../search/local-gallery.ts';
import type { GalleryPaths, TechnicalLog, TrainingGalleries } from './platform.ts';

const DATABASES: readonly DatabaseName[] = ['police', 'immigration'];

export interface GalleryKeeperOptions {
  readonly dataFolder: string;
  readonly matcher: MatcherPool;
  readonly training: TrainingGalleries | null;
  readonly galleries: Readonly<Record<DatabaseName, LocalGallery>>;
  readonly log: TechnicalLog;
  readonly onChange: () => void;
}

/** Where the galleries of a station lie in its data folder. */
export function galleryPaths(dataFolder: string): GalleryPaths {
  return { police: join(dataFolder, 'police.gallery'), immigration: join(dataFolder, 'immigration.gallery') };
}

async function isThere(filePath: string): Promise<boolean> {
  return access(filePath).then(
    () => true,
    () => false,
  );
}

async function open(options: GalleryKeeperOptions, database: DatabaseName, filePath: string, signal: AbortSignal) {
  const provider = options.galleries[database];
  try {
    provider.become({ kind: 'ready', gallery: await options.matcher.openGallery(filePath, signal) });
  } catch (error) {
    if (signal.aborted) return;
    options.log.fault(`gallery.${database}`, error);
    const reason = (await isThere(filePath)) ? 'gallery-damaged' : 'gallery-missing';
    provider.become({ kind: 'unavailable', reason });
  }
  options.onChange();
}

/**
 * Brings both galleries into memory. A training station that has none makes them first; a gallery that is there but
 * damaged is never replaced: its database is `unavailable` until somebody has looked.
 */
export async function prepareGalleries(options: GalleryKeeperOptions, signal: AbortSignal): Promise<void> {
  const paths = galleryPaths(options.dataFolder);
  const present = await Promise.all(DATABASES.map((database) => isThere(paths[database])));
  if (options.training !== null && !present.includes(true)) {
    const showProgress = (preparedShare: number) => {
      for (const database of DATABASES) options.galleries[database].become({ kind: 'preparing', preparedShare });
      options.onChange();
    };
    await options.training.build(paths, showProgress, signal);
  }
  await Promise.all(DATABASES.map((database) => open(options, database, paths[database], signal)));
}
