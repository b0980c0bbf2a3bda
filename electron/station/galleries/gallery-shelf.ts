import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { MatcherPool, OpenGallery } from '../../../native-bridge/matcher/matcher.ts';
import type { DatabaseName } from '../../contract/checks.ts';
import type { GalleryOrigin, GalleryRefusal, GalleryState } from '../../contract/galleries.ts';
import { isExpired } from '../../galleries/accept-manifest.ts';
import type { Trust } from '../../galleries/envelope.ts';
import { refusedFor } from '../../galleries/gallery-refused.ts';
import { placeOfInstalled, readInstalledGallery } from '../../galleries/installed-gallery.ts';
import { DAY_MS } from '../../galleries/parameters.ts';
import type { LocalGallery } from '../../search/local-gallery.ts';
import type { TechnicalLog } from '../platform.ts';

/** What is on the shelf of one database. */
type Held =
  | { readonly kind: 'none' }
  | { readonly kind: 'training'; readonly gallery: OpenGallery }
  | { readonly kind: 'in-use'; readonly origin: GalleryOrigin }
  | { readonly kind: 'refused'; readonly reason: GalleryRefusal; readonly origin: GalleryOrigin | null };

export interface GalleryShelfOptions {
  readonly database: DatabaseName;
  /** Where an authority's gallery lies once it is installed. */
  readonly installedPath: string;
  /** Where a training station keeps its own, or null on a station that has none. */
  readonly trainingPath: string | null;
  readonly matcher: MatcherPool;
  readonly provider: LocalGallery;
  readonly unseal: (sealed: Uint8Array) => Promise<Uint8Array>;
  readonly trust: () => Trust;
  readonly now: () => number;
  readonly log: TechnicalLog;
  /** Told of every gallery that is on the disk and not used, once for each time that it is refused. */
  readonly onRefused: (reason: GalleryRefusal) => Promise<void>;
}

/** The one gallery of one database: opened at the start, used until it expires or is no longer trusted, removed when asked. */
export interface GalleryShelf {
  state(warningDays: number): GalleryState;
  /** When the extract that lies there was made, whether it is used or not; null when there is none. */
  presentExtractedAt(): string | null;
  /** Opens what is on the disk. */
  open(signal: AbortSignal): Promise<void>;
  /** Uses what was just imported in the place of what was there. */
  put(origin: GalleryOrigin, gallery: OpenGallery): void;
  /** Stops using a gallery that has expired, or whose authority is no longer trusted; true when it did. */
  look(): Promise<boolean>;
  remove(): Promise<void>;
}

async function isThere(filePath: string | null): Promise<boolean> {
  if (filePath === null) return false;
  return stat(filePath).then(
    () => true,
    () => false,
  );
}

/** Removes drafts that a killed import left behind. Nothing of them was ever used. */
async function removeDrafts(installedPath: string): Promise<void> {
  const folder = dirname(installedPath);
  const drafts = (await readdir(folder)).filter((name) => name.startsWith(`${basename(installedPath)}.new`));
  for (const draft of drafts) await rm(join(folder, draft), { force: true });
}

/** Makes the shelf; its provider is `preparing` until it was opened. */
export function createGalleryShelf(options: GalleryShelfOptions): GalleryShelf {
  const { database, installedPath, log, matcher, now, provider, trainingPath } = options;
  let held: Held = { kind: 'none' };

  async function refuse(reason: GalleryRefusal, origin: GalleryOrigin | null): Promise<void> {
    held = { kind: 'refused', reason, origin };
    provider.become({ kind: 'unavailable', reason: reason === 'expired' ? 'gallery-expired' : 'gallery-damaged' });
    await options.onRefused(reason);
  }

  function use(origin: GalleryOrigin, gallery: OpenGallery): void {
    held = { kind: 'in-use', origin };
    provider.become({ kind: 'ready', gallery, expiresAt: origin.expiresAt });
  }

  async function openInstalled(signal: AbortSignal): Promise<void> {
    let origin: GalleryOrigin | null = null;
    try {
      const installed = await readInstalledGallery(installedPath, options.trust());
      origin = installed.origin;
      if (installed.manifest.database !== database) return await refuse('other-database', origin);
      // An expired gallery is not even brought into memory.
      if (isExpired(installed.manifest, now())) return await refuse('expired', origin);
      const gallery = await matcher.openGallery(await placeOfInstalled(installed, options.unseal), signal);
      use(origin, gallery);
    } catch (fault) {
      if (signal.aborted) return;
      log.fault(`gallery.${database}`, fault);
      await refuse(refusedFor(fault).reason, origin);
    }
  }

  async function openTraining(filePath: string, signal: AbortSignal): Promise<void> {
    try {
      const gallery = await matcher.openGallery(filePath, signal);
      held = { kind: 'training', gallery };
      provider.become({ kind: 'ready', gallery, expiresAt: null });
    } catch (fault) {
      if (signal.aborted) return;
      log.fault(`gallery.${database}`, fault);
      await refuse('damaged', null);
    }
  }

  function becomeNone(): void {
    held = { kind: 'none' };
    provider.become({ kind: 'unavailable', reason: 'gallery-missing' });
  }

  async function open(signal: AbortSignal): Promise<void> {
    await removeDrafts(installedPath);
    if (await isThere(installedPath)) return openInstalled(signal);
    if (trainingPath !== null && (await isThere(trainingPath))) return openTraining(trainingPath, signal);
    becomeNone();
  }

  function refusalNow(origin: GalleryOrigin): GalleryRefusal | null {
    if (isExpired(origin, now())) return 'expired';
    const trust = options.trust();
    if (trust[database].includes(origin.signer)) return null;
    return Object.values(trust).some((keys) => keys.includes(origin.signer)) ? 'key-not-for-database' : 'untrusted-key';
  }

  return {
    state(warningDays) {
      switch (held.kind) {
        case 'none':
          return { kind: 'none' };
        case 'training': {
          const { people, provenance } = held.gallery;
          return { kind: 'training', origin: provenance.origin, extractedAt: provenance.createdAt, people };
        }
        case 'in-use': {
          const { origin } = held;
          const ageMs = Math.max(0, now() - Date.parse(origin.extractedAt));
          const leftMs = Math.max(0, Date.parse(origin.expiresAt) - now());
          const ageDays = Math.floor(ageMs / DAY_MS);
          const daysLeft = Math.floor(leftMs / DAY_MS);
          return { kind: 'in-use', gallery: origin, ageDays, isOld: ageDays >= warningDays, daysLeft };
        }
        default:
          return { kind: 'refused', reason: held.reason, gallery: held.origin };
      }
    },
    presentExtractedAt: () =>
      held.kind === 'in-use' || held.kind === 'refused' ? (held.origin?.extractedAt ?? null) : null,
    open,
    put: use,
    async look() {
      if (held.kind !== 'in-use') return false;
      const reason = refusalNow(held.origin);
      if (reason === null) return false;
      await refuse(reason, held.origin);
      return true;
    },
    async remove() {
      becomeNone();
      await rm(installedPath, { force: true });
    },
  };
}
