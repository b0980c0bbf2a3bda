import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { createMatcherPool } from '../../../native-bridge/matcher/matcher-pool.ts';
import { createAuditLog } from '../../audit/audit-log.ts';
import type { DatabaseName } from '../../contract/checks.ts';
import { createKeyFileSealer } from '../../sealing/key-file-seal.ts';
import { installedPaths } from '../../station/galleries/gallery-paths.ts';
import { openDatabase } from '../../storage/database.ts';
import { createSettingsStore } from '../../storage/settings-store.ts';
import { refusedFor } from '../gallery-refused.ts';
import { readGallerySettings, trustOf } from '../gallery-settings.ts';
import { importGallery } from '../import-gallery.ts';
import { readInstalledGallery } from '../installed-gallery.ts';
import { loadStationGalleryKey } from '../station-gallery-key.ts';

export interface ImportCommandOptions {
  readonly filePath: string;
  readonly dataFolder: string;
  readonly database: DatabaseName;
  /** Keys that are trusted besides those of the station's own settings. */
  readonly trustedKeys: readonly string[];
  readonly isOlderAccepted: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (step: string, share: number) => void;
}

/** The public key of a station that keeps its secrets with a key file; drawn at the first use. The station must not run. */
export async function stationKeyOf(dataFolder: string): Promise<string> {
  await using database = await openDatabase({ filePath: join(dataFolder, 'ridgeway.sqlite') });
  return (await loadStationGalleryKey(createSettingsStore(database), createKeyFileSealer(dataFolder))).publicKey;
}

/**
 * Imports into the data folder of a station that does not run and keeps its secrets with a key file, as the loopback host
 * does; a running station, and one with the operating system's key store, imports by its administrator's page. The log
 * of the station says that it was imported or refused.
 * @throws GalleryRefused; StorageFault `storage.in-use` when the station runs
 */
export async function importIntoFolder(options: ImportCommandOptions): Promise<object> {
  const { database: name, dataFolder, signal, trustedKeys } = options;
  const folder = resolve(dataFolder);
  const sealer = createKeyFileSealer(folder);
  const now = (): number => Date.now();
  await using database = await openDatabase({ filePath: join(folder, 'ridgeway.sqlite') });
  const audit = createAuditLog(database, { now });
  const store = createSettingsStore(database);
  const trust = trustOf(await readGallerySettings(store, {}));
  const stationKey = await loadStationGalleryKey(store, sealer);
  const targetPath = installedPaths(folder)[name];
  const present = await readInstalledGallery(targetPath, null).catch(() => null);
  await using matcher = createMatcherPool({ threads: availableParallelism() });
  try {
    const { origin } = await importGallery({
      filePath: options.filePath,
      database: name,
      targetPath,
      trust: { ...trust, [name]: [...trust[name], ...trustedKeys] },
      stationKey: await stationKey.privateKey(),
      presentExtractedAt: present?.manifest.extractedAt ?? null,
      isOlderAccepted: options.isOlderAccepted,
      matcher,
      seal: (secret) => sealer.seal(secret),
      now,
      signal,
      onProgress: options.onProgress,
      beforeReplacing: async ({ galleryId, extractedAt, people }) => {
        const details = { database: name, galleryId, extractedAt, people };
        await audit.append({ code: 'gallery-imported', actor: null, reference: null, details });
      },
    });
    return { imported: targetPath, ...origin };
  } catch (fault) {
    signal.throwIfAborted();
    const refused = refusedFor(fault);
    const details = { database: name, reason: refused.reason };
    await audit.append({ code: 'gallery-refused', actor: null, reference: null, details });
    throw refused;
  }
}
