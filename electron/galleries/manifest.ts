import { z } from 'zod';
import { databaseName } from '../contract/checks.ts';
import { identifier, moment } from '../contract/limits.ts';
import { MAXIMUM_GALLERY_PEOPLE } from '../../native-bridge/matcher/index/parameters.ts';
import { GalleryRefused } from './gallery-refused.ts';
import {
  CHUNK_BYTES,
  MAXIMUM_FILE_BYTES,
  MAXIMUM_MANIFEST_BYTES,
  MAXIMUM_RECIPIENTS,
  PROVIDED_VERSION,
  TAG_BYTES,
} from './parameters.ts';

const hexOf = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));

/** Text of one line that can be shown: letters, digits, punctuation and single spaces. */
const line = z.string().regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u);

/** The content key, wrapped for one station. */
const recipient = z.strictObject({ stationKey: hexOf(32), ephemeralKey: hexOf(32), wrappedKey: hexOf(48) });
export type Recipient = z.infer<typeof recipient>;

/** What the authority signs. Every number that a reader relies on stands here. */
export const manifestSchema = z
  .strictObject({
    format: z.literal(PROVIDED_VERSION),
    galleryId: identifier,
    database: databaseName,
    /** The authority, as an officer reads it. */
    origin: line,
    extractedAt: moment,
    expiresAt: moment,
    people: z.number().int().min(1).max(MAXIMUM_GALLERY_PEOPLE),
    fingers: z.number().int().min(1),
    /** The matcher's own template, version 1. Source: docs/matcher.md. */
    templateFormat: z.literal('RWT1'),
    chunkBytes: z.literal(CHUNK_BYTES),
    /** Bytes of the people, before they are encrypted. */
    contentBytes: z.number().int().min(1).max(MAXIMUM_FILE_BYTES),
    /** SHA-256 of each chunk as it is in the file, in order. */
    chunks: z.array(hexOf(32)).min(1),
    recipients: z.array(recipient).min(1).max(MAXIMUM_RECIPIENTS),
  })
  .refine(({ chunks, contentBytes }) => chunks.length === Math.ceil(contentBytes / CHUNK_BYTES))
  .refine(({ expiresAt, extractedAt }) => Date.parse(expiresAt) > Date.parse(extractedAt));
export type Manifest = z.infer<typeof manifestSchema>;

/** Bytes that the chunks of a manifest take in the file. */
export function sealedContentBytes({ chunks, contentBytes }: Manifest): number {
  return contentBytes + chunks.length * TAG_BYTES;
}

/** Writes a manifest. @throws GalleryRefused `manifest` when it does not fit its own schema */
export function encodeManifest(manifest: Manifest): Uint8Array {
  const checked = manifestSchema.safeParse(manifest);
  if (!checked.success) throw manifestRefused(checked.error);
  const bytes = new TextEncoder().encode(JSON.stringify(checked.data));
  if (bytes.length > MAXIMUM_MANIFEST_BYTES) throw new GalleryRefused('manifest', { bytes: bytes.length });
  return bytes;
}

/** Reads a manifest whose signature was verified. @throws GalleryRefused `manifest` naming the field */
export function decodeManifest(bytes: Uint8Array): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new GalleryRefused('manifest', { field: 'json' }, { cause });
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw manifestRefused(parsed.error);
  return parsed.data;
}

function manifestRefused(error: z.ZodError): GalleryRefused {
  const [issue] = error.issues;
  return new GalleryRefused('manifest', { field: issue?.path.join('.') || 'whole' }, { cause: error });
}
