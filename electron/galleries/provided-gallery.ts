import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { releaseMemory } from '../../native-bridge/matcher/index/release-memory.ts';
import type { GalleryOrigin } from '../contract/galleries.ts';
import { openContentChunk } from './content-chunks.ts';
import { checkLength, decodeHeader, HEADER_BYTES, openEnvelope, originOf, type Trust } from './envelope.ts';
import { GalleryRefused, systemCode } from './gallery-refused.ts';
import type { Manifest } from './manifest.ts';
import { CHUNK_BYTES, MAXIMUM_FILE_BYTES, TAG_BYTES } from './parameters.ts';

/** A file of an authority that is open, whose manifest is known and whose length is right. Nothing of its content was read. */
export interface ProvidedGallery extends AsyncDisposable {
  readonly manifest: Manifest;
  readonly origin: GalleryOrigin;
  /** Header and manifest as they are in the file: what an installed gallery keeps to prove where it comes from. */
  readonly envelope: Uint8Array;
  /**
   * Verifies each chunk in its turn and gives its bytes; they are zeroed when the next is asked for. Without a key it
   * gives nothing and only verifies the hashes.
   * @throws GalleryRefused `chunk-altered`, `chunk-moved`, `chunk-key`, `truncated`, `unreadable`
   */
  chunks(contentKey: Uint8Array | null, signal: AbortSignal): AsyncGenerator<Uint8Array, void, void>;
}

/** A link is not followed, and opening a pipe does not wait for its other end. Windows has neither flag. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** Fills `into` from the file. @throws GalleryRefused `truncated`, `unreadable` */
export async function readFully(file: FileHandle, at: number, into: Uint8Array): Promise<void> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, at + done).catch((cause: unknown) => {
      throw new GalleryRefused('unreadable', { code: systemCode(cause) ?? '' }, { cause });
    });
    if (bytesRead === 0) throw new GalleryRefused('truncated', { expected: into.length, found: done });
    done += bytesRead;
  }
}

/** Opens a regular file for reading. @throws GalleryRefused `unreadable`, `too-large` */
export async function openRegularFile(filePath: string): Promise<{ file: FileHandle; bytes: number }> {
  const file = await open(filePath, OPEN_FLAGS).catch((cause: unknown) => {
    throw new GalleryRefused('unreadable', { code: systemCode(cause) ?? '' }, { cause });
  });
  const status = await file.stat();
  if (status.isFile() && status.size <= MAXIMUM_FILE_BYTES) return { file, bytes: status.size };
  await file.close();
  if (!status.isFile()) throw new GalleryRefused('unreadable', { code: 'not-a-file' });
  throw new GalleryRefused('too-large', { bytes: status.size, maximum: MAXIMUM_FILE_BYTES });
}

function checkHash(sealed: Uint8Array, { chunks }: Manifest, index: number): void {
  const hash = createHash('sha256').update(sealed).digest('hex');
  if (hash === chunks[index]) return;
  const otherIndex = chunks.indexOf(hash);
  if (otherIndex === -1) throw new GalleryRefused('chunk-altered', { chunk: index });
  throw new GalleryRefused('chunk-moved', { chunk: index, belongsAt: otherIndex });
}

/**
 * Opens the file of an authority and verifies its signature; null for `trust` takes any signer, for looking only.
 * @throws GalleryRefused `unreadable`, `not-a-gallery`, `version`, `too-large`, `truncated`, `too-long`, `untrusted-key`,
 * `signature`, `manifest`, `key-not-for-database`
 */
export async function openProvidedGallery(filePath: string, trust: Trust | null): Promise<ProvidedGallery> {
  const { file, bytes } = await openRegularFile(filePath);
  try {
    const start = new Uint8Array(Math.min(HEADER_BYTES, bytes));
    await readFully(file, 0, start);
    const header = decodeHeader(start);
    checkLength(header, bytes);
    const manifestText = new Uint8Array(header.manifestBytes);
    await readFully(file, HEADER_BYTES + header.contentBytes, manifestText);
    const manifest = openEnvelope(start, manifestText, trust);
    return {
      manifest,
      origin: originOf(manifest, start),
      envelope: Buffer.concat([start, manifestText]),
      async *chunks(contentKey, signal) {
        const room = new Uint8Array(CHUNK_BYTES + TAG_BYTES);
        for (let index = 0; index < manifest.chunks.length; index += 1) {
          signal.throwIfAborted();
          const plainBytes = Math.min(CHUNK_BYTES, manifest.contentBytes - index * CHUNK_BYTES);
          const sealed = room.subarray(0, plainBytes + TAG_BYTES);
          await readFully(file, HEADER_BYTES + index * (CHUNK_BYTES + TAG_BYTES), sealed);
          checkHash(sealed, manifest, index);
          if (contentKey === null) {
            yield sealed.subarray(0, 0);
            continue;
          }
          const plain = openContentChunk(contentKey, { galleryId: manifest.galleryId, index }, sealed);
          try {
            yield plain;
          } finally {
            plain.fill(0);
            releaseMemory(plain);
          }
        }
      },
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (fault) {
    await file.close();
    throw fault;
  }
}
