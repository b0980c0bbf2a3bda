import { access } from 'node:fs/promises';
import type { DatabaseName } from '../contract/checks.ts';
import { isExpired } from '../galleries/accept-manifest.ts';
import { placeOfInstalled, readInstalledGallery } from '../galleries/installed-gallery.ts';
import { galleryPaths, installedPaths } from '../station/galleries/gallery-paths.ts';
import type { Devices, Platform } from '../station/platform.ts';
import type { PartResult } from './part-result.ts';

/**
 * Opens the gallery of one database, which reads and authenticates all of it: an authority's where one is installed, else
 * that of a training station. Whether the authority is still trusted is in the station's database, which may be in use.
 */
export async function testGallery(
  database: DatabaseName,
  platform: Pick<Platform, 'clock' | 'folders' | 'unseal'>,
  { matcher }: Pick<Devices, 'matcher'>,
  signal: AbortSignal,
): Promise<PartResult> {
  const installedPath = installedPaths(platform.folders.data)[database];
  const trainingPath = galleryPaths(platform.folders.data)[database];
  if (await isThere(installedPath)) {
    const installed = await readInstalledGallery(installedPath, null);
    const place = await placeOfInstalled(installed, (sealed) => platform.unseal(sealed));
    const { people, fingers } = await matcher.openGallery(place, signal);
    const { extractedAt, expiresAt } = installed.manifest;
    const figures = { people, fingers, createdAt: extractedAt, expiresAt };
    if (isExpired(installed.manifest, platform.clock.now()))
      return { kind: 'broken', code: 'gallery.expired', figures };
    return { kind: 'sound', figures };
  }
  if (!(await isThere(trainingPath))) return { kind: 'absent', why: 'no-gallery' };
  const { people, fingers, provenance } = await matcher.openGallery(trainingPath, signal);
  return { kind: 'sound', figures: { people, fingers, createdAt: provenance.createdAt } };
}

function isThere(filePath: string): Promise<boolean> {
  return access(filePath).then(
    () => true,
    () => false,
  );
}
