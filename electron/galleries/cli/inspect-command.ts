import { acceptManifest } from '../accept-manifest.ts';
import type { Trust } from '../envelope.ts';
import { DAY_MS } from '../parameters.ts';
import { openProvidedGallery } from '../provided-gallery.ts';

/** What a file says of itself. The signature was verified as that of the key that it names; nobody said whose that key is. */
export async function inspectGallery(filePath: string, nowMs: number): Promise<object> {
  await using provided = await openProvidedGallery(filePath, null);
  const { chunks, recipients, ...said } = provided.manifest;
  return {
    ...said,
    chunks: chunks.length,
    recipients: recipients.map(({ stationKey }) => stationKey),
    signer: provided.origin.signer,
    ageDays: Math.floor((nowMs - Date.parse(said.extractedAt)) / DAY_MS),
    isExpired: nowMs >= Date.parse(said.expiresAt),
  };
}

export interface VerifyOptions {
  readonly trustedKeys: readonly string[];
  readonly nowMs: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, of: number) => void;
}

/**
 * Verifies the whole file against keys that are trusted: signature, dates, and each chunk's hash. What only the station
 * that it was encrypted for can see, its people, it verifies when it imports. @throws GalleryRefused
 */
export async function verifyGallery(filePath: string, options: VerifyOptions): Promise<object> {
  const { nowMs, onProgress, signal, trustedKeys } = options;
  const trust: Trust = { police: trustedKeys, immigration: trustedKeys };
  await using provided = await openProvidedGallery(filePath, trust);
  const { manifest, origin } = provided;
  const acceptance = { database: manifest.database, presentExtractedAt: null, isOlderAccepted: true };
  acceptManifest(manifest, { ...acceptance, now: () => nowMs });
  let done = 0;
  for await (const _ of provided.chunks(null, signal)) {
    done += 1;
    onProgress(done, manifest.chunks.length);
  }
  return { isSound: true, database: manifest.database, chunks: done, ...origin };
}
