import { createCipheriv, createDecipheriv } from 'node:crypto';
import { GalleryRefused } from './gallery-refused.ts';
import { TAG_BYTES } from './parameters.ts';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const SEALS = new TextEncoder().encode('ridgeway gallery chunk 1\n');

/** What one chunk is bound to: its gallery and its place. How many there are stands in the signed manifest. */
export interface ChunkPlace {
  readonly galleryId: string;
  readonly index: number;
}

function nonceOf(index: number): Uint8Array {
  const nonce = new Uint8Array(NONCE_BYTES);
  new DataView(nonce.buffer).setUint32(NONCE_BYTES - 4, index);
  return nonce;
}

function boundTo({ galleryId, index }: ChunkPlace): Uint8Array {
  return Buffer.concat([SEALS, Buffer.from(galleryId), nonceOf(index)]);
}

/** Encrypts one chunk, its tag behind. A content key is drawn for one gallery, in which each index comes once. */
export function sealContentChunk(key: Uint8Array, place: ChunkPlace, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv(CIPHER, key, nonceOf(place.index));
  cipher.setAAD(boundTo(place));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens one chunk; what is given is the caller's to zero. @throws GalleryRefused `chunk-key` */
export function openContentChunk(key: Uint8Array, place: ChunkPlace, sealed: Uint8Array): Uint8Array {
  const decipher = createDecipheriv(CIPHER, key, nonceOf(place.index));
  decipher.setAAD(boundTo(place));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const plain = decipher.update(sealed.subarray(0, -TAG_BYTES));
  try {
    decipher.final();
    return plain;
  } catch (cause) {
    plain.fill(0);
    throw new GalleryRefused('chunk-key', { chunk: place.index }, { cause });
  }
}
