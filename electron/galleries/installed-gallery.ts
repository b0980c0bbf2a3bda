import { createHash } from 'node:crypto';
import type { SealedGalleryPath } from '../../native-bridge/matcher/matcher.ts';
import { SEAL_KEY_BYTES } from '../../native-bridge/matcher/index/sealed-file.ts';
import type { GalleryOrigin } from '../contract/galleries.ts';
import { HEADER_BYTES, openEnvelope, originOf, type Trust } from './envelope.ts';
import { GalleryRefused } from './gallery-refused.ts';
import type { Manifest } from './manifest.ts';
import { INSTALLED_VERSION, MAXIMUM_MANIFEST_BYTES, MAXIMUM_SEALED_KEY_BYTES } from './parameters.ts';
import { openRegularFile, readFully } from './provided-gallery.ts';

/** Bytes before the envelope: magic, version, two lengths. */
const HEAD_BYTES = 24;
const MAGIC = new TextEncoder().encode('RWINSTLD');
const BINDS = new TextEncoder().encode('ridgeway installed gallery 1\n');

/** What stands before the body of an installed gallery, and what the body is bound to. */
export interface Preamble {
  readonly bytes: Uint8Array;
  /** SHA-256 over the preamble: with it every chunk of the body proves that the preamble is the one it was written with. */
  readonly context: Uint8Array;
}

function contextOf(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(BINDS).update(bytes).digest();
}

/** Writes the preamble: the authority's signed envelope as it is, and the key of the body, sealed for this computer. */
export function encodePreamble(envelope: Uint8Array, sealedKey: Uint8Array): Preamble {
  if (sealedKey.length > MAXIMUM_SEALED_KEY_BYTES) throw new GalleryRefused('station-key', { bytes: sealedKey.length });
  const head = new Uint8Array(HEAD_BYTES);
  const view = new DataView(head.buffer);
  head.set(MAGIC);
  view.setUint16(8, INSTALLED_VERSION, true);
  view.setUint32(12, envelope.length, true);
  view.setUint32(16, sealedKey.length, true);
  const bytes = Buffer.concat([head, envelope, sealedKey]);
  return { bytes, context: contextOf(bytes) };
}

/** An installed gallery whose authority was verified again; its body was not read. */
export interface InstalledGallery {
  readonly filePath: string;
  readonly manifest: Manifest;
  readonly origin: GalleryOrigin;
  readonly sealedKey: Uint8Array;
  readonly bodyAt: number;
  readonly context: Uint8Array;
}

/**
 * Reads what an installed gallery says of itself and verifies the authority's signature against the keys that are trusted
 * today. @throws GalleryRefused `unreadable`, `damaged`, `version`, `untrusted-key`, `signature`, `manifest`, …
 */
export async function readInstalledGallery(filePath: string, trust: Trust | null): Promise<InstalledGallery> {
  const { file, bytes } = await openRegularFile(filePath);
  try {
    const head = new Uint8Array(Math.min(HEAD_BYTES, bytes));
    await readFully(file, 0, head);
    if (head.length < HEAD_BYTES || MAGIC.some((letter, index) => head[index] !== letter)) {
      throw new GalleryRefused('damaged', { field: 'head' });
    }
    const view = new DataView(head.buffer);
    const version = view.getUint16(8, true);
    if (version !== INSTALLED_VERSION) throw new GalleryRefused('version', { found: version });
    const envelopeBytes = view.getUint32(12, true);
    const sealedKeyBytes = view.getUint32(16, true);
    const bodyAt = HEAD_BYTES + envelopeBytes + sealedKeyBytes;
    const isPossible = envelopeBytes > HEADER_BYTES && envelopeBytes <= HEADER_BYTES + MAXIMUM_MANIFEST_BYTES;
    if (!isPossible || sealedKeyBytes > MAXIMUM_SEALED_KEY_BYTES || bodyAt > bytes) {
      throw new GalleryRefused('damaged', { field: 'lengths' });
    }
    const preamble = new Uint8Array(bodyAt);
    await readFully(file, 0, preamble);
    const envelope = preamble.subarray(HEAD_BYTES, HEAD_BYTES + envelopeBytes);
    const header = envelope.subarray(0, HEADER_BYTES);
    const manifest = openEnvelope(header, envelope.subarray(HEADER_BYTES), trust);
    return {
      filePath,
      manifest,
      origin: originOf(manifest, header),
      sealedKey: preamble.slice(HEAD_BYTES + envelopeBytes),
      bodyAt,
      context: contextOf(preamble),
    };
  } finally {
    await file.close();
  }
}

/** How the matcher opens it. The unsealed key that is given is zeroed. @throws GalleryRefused `station-key` */
export async function placeOfInstalled(
  installed: InstalledGallery,
  unseal: (sealed: Uint8Array) => Promise<Uint8Array>,
): Promise<SealedGalleryPath> {
  const { filePath, bodyAt, context, sealedKey } = installed;
  const unsealed = await unseal(sealedKey).catch((cause: unknown) => {
    throw new GalleryRefused('station-key', {}, { cause });
  });
  if (unsealed.length !== SEAL_KEY_BYTES) throw new GalleryRefused('station-key', { bytes: unsealed.length });
  const key = new SharedArrayBuffer(SEAL_KEY_BYTES);
  new Uint8Array(key).set(unsealed);
  unsealed.fill(0);
  return { filePath, bodyAt, seal: { key, context } };
}
