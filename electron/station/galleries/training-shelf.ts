import { access } from 'node:fs/promises';
import type { DatabaseName } from '../../contract/checks.ts';
import type { LocalGallery } from '../../search/local-gallery.ts';
import type { TrainingGalleries } from '../platform.ts';
import { galleryPaths, installedPaths } from './gallery-paths.ts';

export interface TrainingShelfOptions {
  readonly training: TrainingGalleries;
  readonly folder: string;
  readonly providers: Readonly<Record<DatabaseName, LocalGallery>>;
  readonly signal: AbortSignal;
  readonly onChange: () => void;
}

async function isThere(filePath: string): Promise<boolean> {
  return access(filePath).then(
    () => true,
    () => false,
  );
}

/** Makes both galleries of a training station unless it has any, of its own or of an authority. */
export async function buildTrainingGalleries(options: TrainingShelfOptions): Promise<void> {
  const { folder, onChange, providers, signal, training } = options;
  const paths = galleryPaths(folder);
  const installed = installedPaths(folder);
  const present = await Promise.all([paths, installed].flatMap((all) => Object.values(all)).map(isThere));
  if (present.includes(true)) return;
  const showProgress = (preparedShare: number): void => {
    providers.police.become({ kind: 'preparing', preparedShare });
    providers.immigration.become({ kind: 'preparing', preparedShare });
    onChange();
  };
  await training.build(paths, showProgress, signal);
}
