import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { GalleryProvenance } from '../matcher.ts';
import {
  encodeGalleryHeader,
  encodeShardTable,
  GALLERY_HEADER_BYTES,
  hashOf,
  type ShardRow,
} from './gallery-header.ts';
import type { GalleryPerson } from './gallery-person.ts';
import { createPlainSink, createSealedSink } from './gallery-sink.ts';
import type { GallerySeal } from './sealed-file.ts';
import { createShardBuilder } from './shard-builder.ts';
import { indexBytesOf, viewShard } from './shard-layout.ts';

/** Writes a gallery of any size in constant memory. The file has its name only once it is whole and on the disk. */
export interface GalleryWriter extends AsyncDisposable {
  readonly people: number;
  /** @throws GalleryFault `gallery.person-invalid`; MatcherFault of the template codec */
  add(person: GalleryPerson): Promise<void>;
  /** Takes a shard that another thread built. The people added before it are written before it. */
  addShard(bytes: Uint8Array): Promise<void>;
  /** Ends the file, flushes it to the disk and gives it its name. Leaving without this leaves nothing behind. */
  finish(): Promise<void>;
}

/** How a sealed gallery is written: what stands before its body, as it is, and what seals the body. */
export interface SealedBody {
  readonly preamble: Uint8Array;
  readonly seal: GallerySeal;
}

/**
 * Opens a gallery for writing beside `filePath`, under a temporary name; sealed, where `sealed` says how.
 * @throws RangeError when the provenance does not fit; the file system's error
 */
export async function createGalleryWriter(
  filePath: string,
  provenance: GalleryProvenance,
  sealed?: SealedBody,
): Promise<GalleryWriter> {
  encodeGalleryHeader({
    people: 0,
    fingers: 0,
    shards: 0,
    indexBytes: 0,
    tableAt: 0,
    provenance,
    tableHash: new Uint8Array(32),
  });
  const temporaryPath = `${filePath}.${randomUUID()}.part`;
  const file = await open(temporaryPath, 'wx', 0o600);
  if (sealed !== undefined) await file.writeFile(sealed.preamble);
  const sink =
    sealed === undefined
      ? createPlainSink(file, GALLERY_HEADER_BYTES)
      : createSealedSink(file, sealed.preamble.length, sealed.seal, GALLERY_HEADER_BYTES);
  const builder = createShardBuilder();
  const rows: ShardRow[] = [];
  let writtenPeople = 0;
  let end = GALLERY_HEADER_BYTES;
  let isOpen = true;

  async function writeShard(bytes: Uint8Array): Promise<void> {
    const indexBytes = indexBytesOf(bytes);
    const index = bytes.subarray(0, indexBytes);
    const { people, fingers } = viewShard(index);
    await sink.append(bytes);
    const hashes = { indexHash: hashOf(index), templateHash: hashOf(bytes.subarray(indexBytes)) };
    rows.push({ at: end, bytes: bytes.length, indexBytes, people, fingers, ...hashes });
    end += bytes.length;
    writtenPeople += people;
  }

  async function flush(): Promise<void> {
    if (builder.people > 0) await writeShard(builder.build());
  }

  return {
    get people() {
      return writtenPeople + builder.people;
    },
    async add(person) {
      builder.add(person);
      if (builder.isFull) await flush();
    },
    async addShard(bytes) {
      await flush();
      await writeShard(bytes);
    },
    async finish() {
      await flush();
      const table = encodeShardTable(rows);
      await sink.append(table);
      const sum = (count: (row: ShardRow) => number): number => rows.reduce((total, row) => total + count(row), 0);
      const counts = { people: writtenPeople, fingers: sum((row) => row.fingers), shards: rows.length };
      const indexBytes = sum((row) => row.indexBytes);
      const tableHash = hashOf(table);
      const header = { ...counts, indexBytes, tableAt: end, provenance, tableHash };
      await sink.finish(encodeGalleryHeader(header));
      await file.sync();
      await file.close();
      isOpen = false;
      await rename(temporaryPath, filePath);
    },
    async [Symbol.asyncDispose]() {
      sink.clear();
      if (isOpen) {
        isOpen = false;
        await file.close();
      }
      await rm(temporaryPath, { force: true });
    },
  };
}
