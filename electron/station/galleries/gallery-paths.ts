import { join } from 'node:path';
import type { GalleryPaths } from '../platform.ts';

/** Where a training station keeps the galleries of people who do not exist. */
export function galleryPaths(dataFolder: string): GalleryPaths {
  return { police: join(dataFolder, 'police.gallery'), immigration: join(dataFolder, 'immigration.gallery') };
}

/** Where the galleries of authorities lie once they are imported, sealed for this computer. */
export function installedPaths(dataFolder: string): GalleryPaths {
  return { police: join(dataFolder, 'police.extract'), immigration: join(dataFolder, 'immigration.extract') };
}
