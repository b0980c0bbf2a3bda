import { sign, verify, type KeyObject } from 'node:crypto';
import type { DatabaseName } from '../contract/checks.ts';
import type { GalleryOrigin } from '../contract/galleries.ts';
import { GalleryRefused } from './gallery-refused.ts';
import { decodeManifest, sealedContentBytes, type Manifest } from './manifest.ts';
import { MAXIMUM_FILE_BYTES, MAXIMUM_MANIFEST_BYTES, PROVIDED_VERSION } from './parameters.ts';
import { publicKeyOf, RAW_KEY_BYTES, rawPublicKey } from './raw-keys.ts';

/** Bytes of the header that opens the file of an authority. */
export const HEADER_BYTES = 128;

const MAGIC = new TextEncoder().encode('RWEXTRCT');
const SIGNER_AT = 32;
const SIGNATURE_AT = 64;
/** What is signed begins with this, so that no other signature of the same key is one of a gallery. */
const SIGNED_AS = new TextEncoder().encode('ridgeway provided gallery 1\n');

/** What the header says, before anything of it is believed. */
export interface Header {
  readonly manifestBytes: number;
  /** Bytes of all chunks, which lie between header and manifest. */
  readonly contentBytes: number;
  /** The public key that is said to have signed. */
  readonly signer: Uint8Array;
}

/** Keys that may sign, as 64 hexadecimal digits, by the database whose galleries they may sign. */
export type Trust = Readonly<Record<DatabaseName, readonly string[]>>;

function signedBytes(header: Uint8Array, manifest: Uint8Array): Uint8Array {
  return Buffer.concat([SIGNED_AS, header.subarray(0, SIGNATURE_AT), manifest]);
}

/** Signs a manifest and writes the header that goes with it. */
export function signHeader(manifest: Uint8Array, contentBytes: number, authority: KeyObject): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  header.set(MAGIC);
  view.setUint16(8, PROVIDED_VERSION, true);
  view.setUint32(12, manifest.length, true);
  view.setBigUint64(16, BigInt(contentBytes), true);
  header.set(rawPublicKey(authority), SIGNER_AT);
  header.set(sign(null, signedBytes(header, manifest), authority), SIGNATURE_AT);
  return header;
}

/**
 * Reads a header and refuses sizes that no gallery has, before memory is set aside for them.
 * @throws GalleryRefused `not-a-gallery`, `version`, `truncated`, `too-large`
 */
export function decodeHeader(bytes: Uint8Array): Header {
  const start = bytes.subarray(0, MAGIC.length);
  if (start.length === 0 || MAGIC.subarray(0, start.length).some((letter, index) => start[index] !== letter)) {
    throw new GalleryRefused('not-a-gallery');
  }
  if (bytes.length < HEADER_BYTES) throw new GalleryRefused('truncated', { bytes: bytes.length });
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const version = view.getUint16(8, true);
  if (version !== PROVIDED_VERSION) throw new GalleryRefused('version', { expected: PROVIDED_VERSION, found: version });
  const manifestBytes = view.getUint32(12, true);
  const contentBytes = Number(view.getBigUint64(16, true));
  if (manifestBytes > MAXIMUM_MANIFEST_BYTES || contentBytes > MAXIMUM_FILE_BYTES) {
    throw new GalleryRefused('too-large', { manifestBytes, contentBytes });
  }
  return { manifestBytes, contentBytes, signer: bytes.slice(SIGNER_AT, SIGNER_AT + RAW_KEY_BYTES) };
}

/** Checks that a file is as long as its header says. @throws GalleryRefused `truncated`, `too-long` */
export function checkLength({ contentBytes, manifestBytes }: Header, fileBytes: number): void {
  const expected = HEADER_BYTES + contentBytes + manifestBytes;
  if (fileBytes < expected) throw new GalleryRefused('truncated', { expected, found: fileBytes });
  if (fileBytes > expected) throw new GalleryRefused('too-long', { expected, found: fileBytes });
}

function isSigned(header: Uint8Array, manifest: Uint8Array, signer: Uint8Array): boolean {
  try {
    const signature = header.subarray(SIGNATURE_AT, HEADER_BYTES);
    return verify(null, signedBytes(header, manifest), publicKeyOf('Ed25519', signer), signature);
  } catch {
    // Bytes that are no point of the curve have signed nothing.
    return false;
  }
}

/**
 * Verifies who signed before a byte of the manifest is read, then that it may sign this database's galleries.
 * `header` has `HEADER_BYTES`. Null for `trust` takes any signer: for looking at a file, never for using it.
 * @throws GalleryRefused `untrusted-key`, `signature`, `manifest`, `key-not-for-database`
 */
export function openEnvelope(header: Uint8Array, manifestText: Uint8Array, trust: Trust | null): Manifest {
  const { contentBytes, signer } = decodeHeader(header);
  const signerHex = Buffer.from(signer).toString('hex');
  if (trust !== null && !Object.values(trust).some((keys) => keys.includes(signerHex))) {
    throw new GalleryRefused('untrusted-key', { signer: signerHex });
  }
  if (!isSigned(header, manifestText, signer)) throw new GalleryRefused('signature', { signer: signerHex });
  const manifest = decodeManifest(manifestText);
  if (sealedContentBytes(manifest) !== contentBytes) throw new GalleryRefused('manifest', { field: 'contentBytes' });
  if (trust !== null && !trust[manifest.database].includes(signerHex)) {
    throw new GalleryRefused('key-not-for-database', { signer: signerHex, database: manifest.database });
  }
  return manifest;
}

/** What a page may say of a manifest. */
export function originOf(manifest: Manifest, header: Uint8Array): GalleryOrigin {
  const { galleryId, origin, extractedAt, expiresAt, people, fingers } = manifest;
  const signer = Buffer.from(decodeHeader(header).signer).toString('hex');
  return { galleryId, origin, extractedAt, expiresAt, people, fingers, signer };
}
