import type { DatabaseName } from '../contract/checks.ts';
import { GalleryRefused } from './gallery-refused.ts';
import type { Manifest } from './manifest.ts';
import { CLOCK_TOLERANCE_MS } from './parameters.ts';

/** What a station holds a signed manifest against. */
export interface Acceptance {
  readonly database: DatabaseName;
  readonly now: () => number;
  /** When the extract that is there was made, or null. */
  readonly presentExtractedAt: string | null;
  readonly isOlderAccepted: boolean;
}

/** Whether a gallery may no longer be used. */
export function isExpired({ expiresAt }: Pick<Manifest, 'expiresAt'>, nowMs: number): boolean {
  return nowMs >= Date.parse(expiresAt);
}

/** Refuses what is signed and whole and still not to be used here and now. @throws GalleryRefused */
export function acceptManifest(manifest: Manifest, acceptance: Acceptance): void {
  const { database, extractedAt, expiresAt } = manifest;
  const nowMs = acceptance.now();
  if (database !== acceptance.database) throw new GalleryRefused('other-database', { database });
  if (isExpired(manifest, nowMs)) throw new GalleryRefused('expired', { expiresAt });
  if (Date.parse(extractedAt) > nowMs + CLOCK_TOLERANCE_MS)
    throw new GalleryRefused('from-the-future', { extractedAt });
  const present = acceptance.presentExtractedAt;
  if (present !== null && !acceptance.isOlderAccepted && Date.parse(extractedAt) < Date.parse(present)) {
    throw new GalleryRefused('older', { extractedAt, present });
  }
}
