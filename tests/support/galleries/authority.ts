import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import type { GalleryPerson } from '../../../native-bridge/matcher/index/gallery-person.ts';
import type { MatcherPool } from '../../../native-bridge/matcher/matcher.ts';
import { importGallery, type ImportedGallery, type ImportOptions } from '../../../electron/galleries/import-gallery.ts';
import type { Manifest } from '../../../electron/galleries/manifest.ts';
import {
  createProvidedGalleryWriter,
  type ProvidedGalleryOptions,
} from '../../../electron/galleries/provided-gallery-writer.ts';
import { rawPublicKey } from '../../../electron/galleries/raw-keys.ts';
import { statisticalPerson } from '../matcher/statistical-gallery.ts';

/** The moment at which the tests of galleries play. */
export const NOW = Date.parse('2026-11-22T12:00:00.000Z');
export const DAY = 86_400_000;
export const never = new AbortController().signal;

/** A pair of Ed25519 keys of somebody who signs, and the public one as settings have it. */
export interface Signer {
  readonly privateKey: KeyObject;
  readonly publicKey: string;
}

export function makeSigner(): Signer {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicKey: rawPublicKey(privateKey).toString('hex') };
}

/** A station's key, X25519. */
export function makeStationKey(): KeyObject {
  return generateKeyPairSync('x25519').privateKey;
}

/** Seals as a platform does, for these tests alone: whoever knows the mask can open it. */
const MASK = randomBytes(32);
export const seal = async (secret: Uint8Array): Promise<Uint8Array> =>
  Buffer.concat([Buffer.from('sealed'), secret.map((byte, index) => byte ^ (MASK[index % 32] ?? 0))]);
export const unseal = async (sealed: Uint8Array): Promise<Uint8Array> =>
  Uint8Array.from(sealed.subarray(6), (byte, index) => byte ^ (MASK[index % 32] ?? 0));

export interface AuthorityFile extends Partial<ProvidedGalleryOptions> {
  readonly authority: KeyObject;
  readonly stations: readonly Uint8Array[];
  readonly people?: Iterable<GalleryPerson>;
}

export function* statisticalPeople(count: number): Generator<GalleryPerson, void, void> {
  for (let person = 0; person < count; person += 1) yield statisticalPerson(person);
}

/** Writes the file of an authority: of 40 statistical people, made yesterday, good for a month, unless said otherwise. */
export async function writeAuthorityFile(filePath: string, { people, ...options }: AuthorityFile): Promise<Manifest> {
  await using writer = await createProvidedGalleryWriter(filePath, {
    database: 'police',
    origin: 'An authority of the tests',
    extractedAt: new Date(NOW - DAY).toISOString(),
    expiresAt: new Date(NOW + 30 * DAY).toISOString(),
    ...options,
  });
  for (const person of people ?? statisticalPeople(40)) await writer.add(person);
  return await writer.finish();
}

/** What an import into the police gallery of a station asks for, at `NOW`. */
export interface ImportAs extends Partial<ImportOptions> {
  readonly filePath: string;
  readonly targetPath: string;
  readonly signer: string;
  readonly stationKey: KeyObject;
  readonly matcher: MatcherPool;
}

export function importAs({ signer, ...options }: ImportAs): Promise<ImportedGallery> {
  return importGallery({
    database: 'police',
    trust: { police: [signer], immigration: [] },
    presentExtractedAt: null,
    isOlderAccepted: false,
    seal,
    now: () => NOW,
    signal: never,
    onProgress: () => {},
    beforeReplacing: async () => {},
    ...options,
  });
}
