import type { FileHandle } from 'node:fs/promises';
import { releaseMemory } from './release-memory.ts';
import { sealChunk, SEALED_CHUNK_BYTES, sealedChunkAt, type GallerySeal } from './sealed-file.ts';

/** Where a gallery's bytes go: one after another, and at the end the first of them, which only then are known. */
export interface GallerySink {
  /** Takes the bytes behind those that it has; the first `reservedBytes` are left for `finish`. */
  append(bytes: Uint8Array): Promise<void>;
  finish(reserved: Uint8Array): Promise<void>;
  /** Zeroes what is held. */
  clear(): void;
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
    done += bytesWritten;
  }
}

/** Writes the bytes as they are. */
export function createPlainSink(file: FileHandle, reservedBytes: number): GallerySink {
  let end = reservedBytes;
  return {
    async append(bytes) {
      await writeAll(file, bytes, end);
      end += bytes.length;
    },
    finish: (reserved) => writeAll(file, reserved, 0),
    clear: () => {},
  };
}

/**
 * Writes the bytes in sealed chunks from `bodyAt` of the file. The first chunk is held back until `finish`, because no chunk
 * may be sealed twice. Holds two chunks.
 */
export function createSealedSink(
  file: FileHandle,
  bodyAt: number,
  seal: GallerySeal,
  reservedBytes: number,
): GallerySink {
  const first = new Uint8Array(SEALED_CHUNK_BYTES);
  const room = new Uint8Array(SEALED_CHUNK_BYTES);
  let firstBytes = reservedBytes;
  let held = 0;
  let index = 1;

  async function writeChunk(plain: Uint8Array, number: number): Promise<void> {
    const [ciphertext, tag] = sealChunk(seal, number, plain);
    const at = bodyAt + sealedChunkAt(number);
    await writeAll(file, ciphertext, at);
    await writeAll(file, tag, at + ciphertext.length);
    releaseMemory(ciphertext);
  }

  return {
    async append(bytes) {
      let at = Math.min(bytes.length, SEALED_CHUNK_BYTES - firstBytes);
      first.set(bytes.subarray(0, at), firstBytes);
      firstBytes += at;
      while (at < bytes.length) {
        const part = bytes.subarray(at, at + SEALED_CHUNK_BYTES - held);
        room.set(part, held);
        held += part.length;
        at += part.length;
        if (held < SEALED_CHUNK_BYTES) continue;
        await writeChunk(room, index);
        index += 1;
        held = 0;
      }
    },
    async finish(reserved) {
      if (held > 0) await writeChunk(room.subarray(0, held), index);
      first.set(reserved);
      await writeChunk(first.subarray(0, firstBytes), 0);
    },
    clear() {
      first.fill(0);
      room.fill(0);
    },
  };
}
