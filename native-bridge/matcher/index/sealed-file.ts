import { createCipheriv, createDecipheriv } from 'node:crypto';
import { readSync } from 'node:fs';
import { GalleryFault } from './gallery-fault.ts';
import { releaseMemory } from './release-memory.ts';

/** Plain bytes of one chunk of a sealed gallery: a template is read by opening one or two of them, 20 µs each. */
export const SEALED_CHUNK_BYTES = 2 ** 15;

/** Bytes of the tag behind each chunk. Source: NIST SP 800-38D, full length. */
export const SEAL_TAG_BYTES = 16;

/** Bytes of the key of one sealed gallery (AES-256). */
export const SEAL_KEY_BYTES = 32;

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const WHOLE_CHUNK_BYTES = SEALED_CHUNK_BYTES + SEAL_TAG_BYTES;

/** What seals one gallery: a key that was drawn for it and no other, and what it is bound to besides. */
export interface GallerySeal {
  /** `SEAL_KEY_BYTES` long, in shared memory so that there is one copy for all threads. */
  readonly key: SharedArrayBuffer;
  /** Authenticated with every chunk, and not in the file's body. */
  readonly context: Uint8Array;
}

/** A sealed gallery that is open: its body is `RWGALLRY` bytes in chunks, each encrypted and authenticated by itself. */
export interface SealedFile extends GallerySeal {
  /** An open file of this process. */
  readonly file: number;
  /** Where the first chunk starts, bytes. */
  readonly bodyAt: number;
  /** Length of what the chunks hold. */
  readonly plainBytes: number;
}

/** Views an open file as sealed. `fileBytes` is its whole length. @throws GalleryFault `gallery.truncated` */
export function viewSealedFile(file: number, fileBytes: number, bodyAt: number, seal: GallerySeal): SealedFile {
  const bodyBytes = fileBytes - bodyAt;
  const rest = bodyBytes % WHOLE_CHUNK_BYTES;
  if (bodyBytes <= 0 || (rest > 0 && rest <= SEAL_TAG_BYTES)) {
    throw new GalleryFault('gallery.truncated', { bodyBytes });
  }
  const plainBytes =
    Math.floor(bodyBytes / WHOLE_CHUNK_BYTES) * SEALED_CHUNK_BYTES + Math.max(0, rest - SEAL_TAG_BYTES);
  return { file, bodyAt, plainBytes, ...seal };
}

/** A key is used for one file, and in it once for each number, so the number alone makes a nonce that never repeats. */
function nonceOf(index: number): Uint8Array {
  const nonce = new Uint8Array(NONCE_BYTES);
  new DataView(nonce.buffer).setUint32(NONCE_BYTES - 4, index);
  return nonce;
}

/** Where in the file chunk `index` lies, bytes from the body's start. */
export function sealedChunkAt(index: number): number {
  return index * WHOLE_CHUNK_BYTES;
}

/** Encrypts chunk `index`: the ciphertext and the tag that follows it. No index may be sealed twice with one key. */
export function sealChunk(seal: GallerySeal, index: number, plain: Uint8Array): readonly [Uint8Array, Uint8Array] {
  const cipher = createCipheriv(CIPHER, new Uint8Array(seal.key), nonceOf(index));
  cipher.setAAD(seal.context);
  const ciphertext = cipher.update(plain);
  cipher.final();
  return [ciphertext, cipher.getAuthTag()];
}

/** Opens one chunk; what is given is the caller's to zero. @throws GalleryFault `gallery.checksum` */
function openChunk(sealed: SealedFile, index: number, bytes: Uint8Array): Uint8Array {
  const decipher = createDecipheriv(CIPHER, new Uint8Array(sealed.key), nonceOf(index));
  decipher.setAAD(sealed.context);
  decipher.setAuthTag(bytes.subarray(-SEAL_TAG_BYTES));
  const plain = decipher.update(bytes.subarray(0, -SEAL_TAG_BYTES));
  try {
    decipher.final();
    return plain;
  } catch (cause) {
    plain.fill(0);
    throw new GalleryFault('gallery.checksum', { field: 'sealed', chunk: index }, { cause });
  }
}

/** The thread's room for one chunk as it is in the file. */
const scratch = new Uint8Array(WHOLE_CHUNK_BYTES);

function fill(file: number, at: number, into: Uint8Array): void {
  let done = 0;
  while (done < into.length) {
    let read: number;
    try {
      read = readSync(file, into, done, into.length - done, at + done);
    } catch (cause) {
      throw new GalleryFault('gallery.unreadable', { at }, { cause });
    }
    if (read === 0) throw new GalleryFault('gallery.truncated', { expectedBytes: into.length, receivedBytes: done });
    done += read;
  }
}

function readSealed(sealed: SealedFile, at: number, into: Uint8Array): void {
  if (at + into.length > sealed.plainBytes) {
    throw new GalleryFault('gallery.truncated', { expectedBytes: at + into.length, receivedBytes: sealed.plainBytes });
  }
  let done = 0;
  while (done < into.length) {
    const index = Math.floor((at + done) / SEALED_CHUNK_BYTES);
    const from = at + done - index * SEALED_CHUNK_BYTES;
    const chunkBytes = Math.min(SEALED_CHUNK_BYTES, sealed.plainBytes - index * SEALED_CHUNK_BYTES);
    const bytes = scratch.subarray(0, chunkBytes + SEAL_TAG_BYTES);
    fill(sealed.file, sealed.bodyAt + sealedChunkAt(index), bytes);
    const plain = openChunk(sealed, index, bytes);
    const part = plain.subarray(from, Math.min(chunkBytes, from + into.length - done));
    into.set(part, done);
    done += part.length;
    plain.fill(0);
    releaseMemory(plain);
  }
}

/** A gallery's bytes: an open file, or an open sealed one. */
export type GalleryFile = number | SealedFile;

/**
 * Fills `into` from `at` of the gallery, which of a sealed one authenticates what it reads.
 * @throws GalleryFault `gallery.truncated`, `gallery.unreadable`, `gallery.checksum`
 */
export function readExactly(file: GalleryFile, at: number, into: Uint8Array): void {
  if (typeof file === 'number') fill(file, at, into);
  else readSealed(file, at, into);
}
