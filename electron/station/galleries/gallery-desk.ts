import { isAbsolute } from 'node:path';
import type { MatcherPool } from '../../../native-bridge/matcher/matcher.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { DatabaseName } from '../../contract/checks.ts';
import type { GalleriesView, GalleryImport, GalleryRefusal, GallerySettings } from '../../contract/galleries.ts';
import {
  trustOf,
  readGallerySettings,
  writeGallerySettings,
  type GalleryPolicy,
} from '../../galleries/gallery-settings.ts';
import { refusedFor } from '../../galleries/gallery-refused.ts';
import { importGallery } from '../../galleries/import-gallery.ts';
import { loadStationGalleryKey } from '../../galleries/station-gallery-key.ts';
import type { LocalGallery } from '../../search/local-gallery.ts';
import type { StationDatabase } from '../../storage/database.ts';
import type { SettingsStore } from '../../storage/settings-store.ts';
import type { Platform, TrainingGalleries } from '../platform.ts';
import { Refusal } from '../refusal.ts';
import { galleryPaths, installedPaths } from './gallery-paths.ts';
import { createGalleryShelf, type GalleryShelf } from './gallery-shelf.ts';
import { buildTrainingGalleries } from './training-shelf.ts';

/** The ending that a file must have to be imported through the page, so that the page is no way to ask what files there are. */
export const PROVIDED_ENDING = '.rwgallery';

/** How often expiry is looked at, milliseconds: an answer after the expiry is refused by the clock itself, this gives the memory back. */
const LOOK_EVERY_MS = 60_000;

const DATABASES: readonly DatabaseName[] = ['police', 'immigration'];

export interface GalleryDeskOptions {
  readonly platform: Platform;
  readonly matcher: MatcherPool;
  readonly training: TrainingGalleries | null;
  readonly providers: Readonly<Record<DatabaseName, LocalGallery>>;
  readonly database: StationDatabase;
  readonly store: SettingsStore;
  readonly audit: AuditLog;
  readonly policy: GalleryPolicy;
  /** Something that every page shows has changed. */
  readonly onChange: () => void;
}

/** The administrator's galleries: which are there, how old they are, and the one way for another to come in. */
export interface GalleryDesk {
  view(): GalleriesView;
  subscribe(listener: (view: GalleriesView) => void): () => void;
  /** Brings both galleries into memory; settles when each is ready or known to be unavailable. */
  prepare(signal: AbortSignal): Promise<void>;
  /** @throws Refusal `settings.fixed-by-policy` */
  changeSettings(actor: string, wanted: GallerySettings): Promise<void>;
  /** Begins an import. @throws Refusal `gallery.path`, `gallery.import-running` */
  importFile(actor: string, wanted: { database: DatabaseName; path: string; isOlderAccepted: boolean }): void;
  cancelImport(database: DatabaseName): void;
  /** @throws Refusal `gallery.import-running`, `gallery.none` */
  remove(actor: string, database: DatabaseName): Promise<void>;
  /** Cancels what runs and waits for it. */
  close(): Promise<void>;
}

interface RunningImport {
  readonly cancel: AbortController;
  readonly ended: Promise<void>;
}

/** A path on this computer, of a file that says what it is; none that leads into a network. */
function isImportable(path: string): boolean {
  const isNetwork = path.startsWith('\\\\') || path.startsWith('//');
  return isAbsolute(path) && !isNetwork && !path.includes('\0') && path.toLowerCase().endsWith(PROVIDED_ENDING);
}

/** Makes the desk. @throws ZodError when the stored settings are no longer any */
export async function createGalleryDesk(options: GalleryDeskOptions): Promise<GalleryDesk> {
  const { audit, matcher, platform, policy, providers, store, training } = options;
  const { clock, folders, log } = platform;
  let settings = await readGallerySettings(store, policy);
  const stationKey = await loadStationGalleryKey(store, platform);
  const installed = installedPaths(folders.data);
  const trainingPaths = training === null ? null : galleryPaths(folders.data);
  const listeners = new Set<(view: GalleriesView) => void>();
  const running = new Map<DatabaseName, RunningImport>();
  const lastImport = new Map<DatabaseName, GalleryImport>();
  let stopLooking = (): void => {};

  async function noteRefusal(actor: string | null, database: DatabaseName, reason: GalleryRefusal): Promise<void> {
    await audit.append({ code: 'gallery-refused', actor, reference: null, details: { database, reason } });
  }
  const shelfOf = (database: DatabaseName): GalleryShelf =>
    createGalleryShelf({
      database,
      installedPath: installed[database],
      trainingPath: trainingPaths?.[database] ?? null,
      matcher,
      provider: providers[database],
      unseal: (sealed) => platform.unseal(sealed),
      trust: () => trustOf(settings),
      now: () => clock.now(),
      log,
      onRefused: (reason) => noteRefusal(null, database, reason),
    });
  const shelves = { police: shelfOf('police'), immigration: shelfOf('immigration') };

  const at = (): string => new Date(clock.now()).toISOString();
  const rowOf = (database: DatabaseName) => ({
    state: shelves[database].state(settings.warningDays),
    lastImport: lastImport.get(database) ?? ({ kind: 'none' } as const),
  });
  const view = (): GalleriesView => ({
    police: rowOf('police'),
    immigration: rowOf('immigration'),
    settings,
    fixedByPolicy: Object.keys(policy),
    stationKey: stationKey.publicKey,
  });
  function announce(): void {
    for (const listener of listeners) listener(view());
  }
  function changed(): void {
    options.onChange();
    announce();
  }
  async function lookAtAll(): Promise<void> {
    const looked = await Promise.all(DATABASES.map((database) => shelves[database].look()));
    if (looked.includes(true)) changed();
  }
  function lookLater(): void {
    stopLooking = clock.after(LOOK_EVERY_MS, () => {
      void lookAtAll()
        .catch((fault: unknown) => log.fault('gallery.look', fault))
        .then(lookLater);
    });
  }

  function showProgress(database: DatabaseName, progress: GalleryImport): void {
    lastImport.set(database, progress);
    announce();
  }

  async function runImport(
    actor: string,
    { database, isOlderAccepted, path }: { database: DatabaseName; path: string; isOlderAccepted: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const { gallery, origin } = await importGallery({
        filePath: path,
        database,
        targetPath: installed[database],
        trust: trustOf(settings),
        stationKey: await stationKey.privateKey(),
        presentExtractedAt: shelves[database].presentExtractedAt(),
        isOlderAccepted,
        matcher,
        seal: (secret) => platform.seal(secret),
        now: () => clock.now(),
        signal,
        onProgress: (step, share) => showProgress(database, { kind: 'running', step, share }),
        beforeReplacing: async ({ galleryId, extractedAt, people }) => {
          const details = { database, galleryId, extractedAt, people };
          await audit.append({ code: 'gallery-imported', actor, reference: null, details });
        },
      });
      shelves[database].put(origin, gallery);
      lastImport.set(database, { kind: 'done', people: gallery.people, at: at() });
    } catch (fault) {
      if (signal.aborted) {
        lastImport.set(database, { kind: 'cancelled', at: at() });
        return;
      }
      const { reason } = refusedFor(fault);
      log.fault(`gallery.import.${database}`, fault);
      lastImport.set(database, { kind: 'refused', reason, at: at() });
      await noteRefusal(actor, database, reason);
    }
  }

  return {
    view,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async prepare(signal) {
      if (training !== null)
        await buildTrainingGalleries({ training, folder: folders.data, providers, signal, onChange: options.onChange });
      await Promise.all(
        DATABASES.map(async (database) => {
          await shelves[database].open(signal);
          changed();
        }),
      );
      if (!signal.aborted) lookLater();
    },
    async changeSettings(actor, wanted) {
      const before = new Map<string, unknown>(Object.entries(settings));
      const keys = Object.entries(wanted).flatMap(([key, value]) => (before.get(key) === value ? [] : [key]));
      if (keys.some((key) => Object.hasOwn(policy, key))) throw new Refusal('settings.fixed-by-policy');
      if (keys.length === 0) return;
      await options.database.transaction(async () => {
        await writeGallerySettings(store, wanted, policy);
        const details = { keys: keys.map((key) => `galleries.${key}`) };
        await audit.append({ code: 'settings-changed', actor, reference: null, details });
      });
      settings = wanted;
      await lookAtAll();
      announce();
    },
    importFile(actor, wanted) {
      if (!isImportable(wanted.path)) throw new Refusal('gallery.path');
      if (running.has(wanted.database)) throw new Refusal('gallery.import-running');
      const cancel = new AbortController();
      lastImport.set(wanted.database, { kind: 'running', step: 'verifying', share: 0 });
      const ended = runImport(actor, wanted, cancel.signal)
        .catch((fault: unknown) => log.fault(`gallery.import.${wanted.database}`, fault))
        .then(() => {
          running.delete(wanted.database);
          changed();
        });
      running.set(wanted.database, { cancel, ended });
      announce();
    },
    cancelImport: (database) => running.get(database)?.cancel.abort(new Error('gallery.import-cancelled')),
    async remove(actor, database) {
      if (running.has(database)) throw new Refusal('gallery.import-running');
      const { kind } = shelves[database].state(settings.warningDays);
      if (kind === 'none' || kind === 'training') throw new Refusal('gallery.none');
      await audit.append({ code: 'gallery-removed', actor, reference: null, details: { database } });
      await shelves[database].remove();
      changed();
    },
    async close() {
      stopLooking();
      for (const { cancel } of running.values()) cancel.abort(new Error('station-closing'));
      await Promise.all([...running.values()].map(({ ended }) => ended));
    },
  };
}
