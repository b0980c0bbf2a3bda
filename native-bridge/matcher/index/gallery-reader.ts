import { createHash, timingSafeEqual } from 'node:crypto';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { MAXIMUM_TEMPLATE_BYTES } from '../parameters.ts';
import { GalleryFault } from './gallery-fault.ts';
import {
  decodeGalleryHeader,
  decodeShardTable,
  GALLERY_HEADER_BYTES,
  hashOf,
  SHARD_ROW_BYTES,
  type GalleryHeader,
  type ShardRow,
} from './gallery-header.ts';
import { SLAB_BYTES } from './parameters.ts';
import { readExactly, type GalleryFile } from './sealed-file.ts';
import { checkShard, viewShard } from './shard-layout.ts';

/** Where a shard's index lies in the slabs of an open gallery, and its templates in the file. */
export interface LoadedShard {
  readonly slab: number;
  readonly at: number;
  readonly bytes: number;
  readonly firstPerson: number;
  readonly people: number;
  /** Bytes from the file's start. */
  readonly templatesAt: number;
}

/** The plan of a load: the header, and for each shard its row in the file and its place in shared memory. */
export interface GalleryPlan {
  readonly header: GalleryHeader;
  readonly rows: readonly ShardRow[];
  readonly shards: readonly LoadedShard[];
  readonly slabBytes: readonly number[];
}

/** Bytes of templates that are hashed at once while a gallery is opened. */
const HASH_CHUNK_BYTES = 2 ** 18;
/** The thread's room for them: one for all shards, for the engine would let those of a hundred gather. */
const chunk = new Uint8Array(HASH_CHUNK_BYTES);

/**
 * Opens a gallery file for reading. The number serves every thread of the process, and keeps the file that was checked
 * even when another takes its name.
 * @throws GalleryFault `gallery.unreadable`
 */
export function openGalleryFile(filePath: string): number {
  try {
    const file = openSync(filePath, 'r');
    if (fstatSync(file).isFile()) return file;
    closeSync(file);
  } catch (cause) {
    throw new GalleryFault('gallery.unreadable', {}, { cause });
  }
  throw new GalleryFault('gallery.unreadable');
}

function placeShards(rows: readonly ShardRow[]): Pick<GalleryPlan, 'shards' | 'slabBytes'> {
  const slabBytes: number[] = [];
  let firstPerson = 0;
  const shards = rows.map((row): LoadedShard => {
    const last = slabBytes.length - 1;
    const isRoom = last >= 0 && slabBytes[last] + row.indexBytes <= SLAB_BYTES;
    const slab = isRoom ? last : slabBytes.push(0) - 1;
    const at = slabBytes[slab];
    slabBytes[slab] = at + row.indexBytes;
    const templatesAt = row.at + row.indexBytes;
    const shard = { slab, at, bytes: row.indexBytes, firstPerson, people: row.people, templatesAt };
    firstPerson += row.people;
    return shard;
  });
  return { shards, slabBytes };
}

/**
 * Reads the header and the table, and refuses what would not fit before a byte of a shard is read.
 * `availableBytes` is the memory that the gallery may take.
 * @throws GalleryFault `gallery.unreadable`, `gallery.not-a-gallery`, `gallery.version`, `gallery.truncated`, `gallery.checksum`, `gallery.too-large`
 */
export function planGallery(file: GalleryFile, availableBytes: number): GalleryPlan {
  const size = typeof file === 'number' ? fstatSync(file).size : file.plainBytes;
  const start = new Uint8Array(Math.min(size, GALLERY_HEADER_BYTES));
  readExactly(file, 0, start);
  const header = decodeGalleryHeader(start, size);
  const tableBytes = header.shards * SHARD_ROW_BYTES;
  const requiredBytes = header.indexBytes + tableBytes;
  if (requiredBytes > availableBytes) {
    throw new GalleryFault('gallery.too-large', { requiredBytes, availableBytes, people: header.people });
  }
  const table = new Uint8Array(tableBytes);
  readExactly(file, header.tableAt, table);
  const rows = decodeShardTable(table, header);
  return { header, rows, ...placeShards(rows) };
}

function checkHash(hash: Uint8Array, expected: Uint8Array, field: string, at: number): void {
  if (!timingSafeEqual(hash, expected)) throw new GalleryFault('gallery.checksum', { field, at });
}

/**
 * Reads the index of one shard into the memory that it was given, and proves that index and templates are what was
 * written. The templates are hashed, or authenticated, and left in the file. Blocks its thread: meant for a worker.
 * @throws GalleryFault `gallery.unreadable`, `gallery.truncated`, `gallery.checksum`
 */
export function loadShard(file: GalleryFile, row: ShardRow, into: Uint8Array): void {
  // Every byte that is read of a sealed file is authenticated: the hashes would say the same again.
  const isSealed = typeof file !== 'number';
  readExactly(file, row.at, into);
  if (!isSealed) checkHash(hashOf(into), row.indexHash, 'index', row.at);
  const shard = viewShard(into);
  if (shard.people !== row.people || shard.fingers !== row.fingers) {
    throw new GalleryFault('gallery.checksum', { field: 'shard-counts', at: row.at });
  }
  checkShard(shard, MAXIMUM_TEMPLATE_BYTES);
  if (row.indexBytes + shard.templateBytes > row.bytes) {
    throw new GalleryFault('gallery.checksum', { field: 'shard-size', at: row.at });
  }
  const hash = createHash('sha256');
  for (let at = row.indexBytes; at < row.bytes; at += HASH_CHUNK_BYTES) {
    const part = chunk.subarray(0, Math.min(HASH_CHUNK_BYTES, row.bytes - at));
    readExactly(file, row.at + at, part);
    if (!isSealed) hash.update(part);
  }
  chunk.fill(0);
  if (!isSealed) checkHash(hash.digest(), row.templateHash, 'templates', row.at);
}
