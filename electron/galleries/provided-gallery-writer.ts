import { createHash, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { GalleryPerson } from '../../native-bridge/matcher/index/gallery-person.ts';
import { encodePerson } from '../../native-bridge/matcher/index/people-stream.ts';
import type { DatabaseName } from '../contract/checks.ts';
import { sealContentChunk } from './content-chunks.ts';
import { wrapContentKey } from './content-key.ts';
import { HEADER_BYTES, signHeader } from './envelope.ts';
import { encodeManifest, type Manifest } from './manifest.ts';
import { CHUNK_BYTES } from './parameters.ts';

/** What an authority says of the file that it makes. */
export interface ProvidedGalleryOptions {
  readonly database: DatabaseName;
  readonly origin: string;
  /** ISO 8601, UTC. */
  readonly extractedAt: string;
  readonly expiresAt: string;
  /** Ed25519, private. */
  readonly authority: KeyObject;
  /** X25519 public keys, 32 bytes each: the stations that will be able to read it. */
  readonly stations: readonly Uint8Array[];
}

/** Writes the file of an authority in constant memory. It has its name only when it is whole, signed and on the disk. */
export interface ProvidedGalleryWriter extends AsyncDisposable {
  readonly people: number;
  /** Takes a copy of the templates. @throws GalleryFault `gallery.person-invalid` */
  add(person: GalleryPerson): Promise<void>;
  /** @throws GalleryRefused `manifest`, for instance when nobody was added */
  finish(): Promise<Manifest>;
}

/** Opens the file under a temporary name beside `filePath`. Leaving without `finish` leaves nothing behind. */
export async function createProvidedGalleryWriter(
  filePath: string,
  options: ProvidedGalleryOptions,
): Promise<ProvidedGalleryWriter> {
  const galleryId = randomUUID();
  const contentKey = randomBytes(32);
  const temporaryPath = `${filePath}.${galleryId}.part`;
  const file = await open(temporaryPath, 'wx', 0o600);
  const room = new Uint8Array(CHUNK_BYTES);
  const chunks: string[] = [];
  let isOpen = true;
  let held = 0;
  let end = HEADER_BYTES;
  let contentBytes = 0;
  let people = 0;
  let fingers = 0;

  async function write(bytes: Uint8Array, at: number): Promise<void> {
    let done = 0;
    while (done < bytes.length) {
      const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
      done += bytesWritten;
    }
  }

  async function writeChunk(): Promise<void> {
    const place = { galleryId, index: chunks.length };
    const sealed = sealContentChunk(contentKey, place, room.subarray(0, held));
    chunks.push(createHash('sha256').update(sealed).digest('hex'));
    await write(sealed, end);
    end += sealed.length;
    contentBytes += held;
    held = 0;
  }

  return {
    get people() {
      return people;
    },
    async add(person) {
      const bytes = encodePerson(person);
      for (let at = 0; at < bytes.length;) {
        const part = bytes.subarray(at, at + CHUNK_BYTES - held);
        room.set(part, held);
        held += part.length;
        at += part.length;
        if (held === CHUNK_BYTES) await writeChunk();
      }
      bytes.fill(0);
      people += 1;
      fingers += person.fingers.length;
    },
    async finish() {
      if (held > 0) await writeChunk();
      const { database, origin, extractedAt, expiresAt, stations, authority } = options;
      const manifest: Manifest = {
        format: 1,
        galleryId,
        database,
        origin,
        extractedAt,
        expiresAt,
        people,
        fingers,
        templateFormat: 'RWT1',
        chunkBytes: CHUNK_BYTES,
        contentBytes,
        chunks,
        recipients: stations.map((station) => wrapContentKey(contentKey, galleryId, station)),
      };
      const manifestText = encodeManifest(manifest);
      await write(manifestText, end);
      await write(signHeader(manifestText, end - HEADER_BYTES, authority), 0);
      await file.sync();
      await file.close();
      isOpen = false;
      await rename(temporaryPath, filePath);
      return manifest;
    },
    async [Symbol.asyncDispose]() {
      room.fill(0);
      contentKey.fill(0);
      if (isOpen) {
        isOpen = false;
        await file.close();
      }
      await rm(temporaryPath, { force: true });
    },
  };
}
