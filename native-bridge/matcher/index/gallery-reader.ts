import { timingSafeEqual } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
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
import { checkShard, viewShard } from './shard-layout.ts';

/** Where a shard lies in the slabs of an open gallery. */
export interface LoadedShard {
  readonly slab: number;
  readonly at: number;
  readonly bytes: number;
  readonly firstPerson: number;
  readonly people: number;
}

/** The plan of a load: the header, and for each shard its row in the file and its place in shared memory. */
export interface GalleryPlan {
  readonly filePath: string;
  readonly header: GalleryHeader;
  readonly rows: readonly ShardRow[];
  readonly shards: readonly LoadedShard[];
  readonly slabBytes: readonly number[];
}

async function readExactly(file: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done);
    if (bytesRead === 0) throw new GalleryFault('gallery.truncated', { expectedBytes: length, receivedBytes: done });
    done += bytesRead;
  }
  return bytes;
}

function placeShards(rows: readonly ShardRow[]): Pick<GalleryPlan, 'shards' | 'slabBytes'> {
  const slabBytes: number[] = [];
  let firstPerson = 0;
  const shards = rows.map((row): LoadedShard => {
    const last = slabBytes.length - 1;
    const isRoom = last >= 0 && (slabBytes[last] ?? 0) + row.bytes <= SLAB_BYTES;
    const slab = isRoom ? last : slabBytes.push(0) - 1;
    const at = slabBytes[slab] ?? 0;
    slabBytes[slab] = at + row.bytes;
    const shard = { slab, at, bytes: row.bytes, firstPerson, people: row.people };
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
export async function planGallery(filePath: string, availableBytes: number): Promise<GalleryPlan> {
  const file = await open(filePath, 'r').catch((cause: unknown) => {
    throw new GalleryFault('gallery.unreadable', {}, { cause });
  });
  try {
    const { size, isFile } = await file.stat().then((status) => ({ size: status.size, isFile: status.isFile() }));
    if (!isFile) throw new GalleryFault('gallery.unreadable');
    const start = await readExactly(file, 0, Math.min(size, GALLERY_HEADER_BYTES));
    const header = decodeGalleryHeader(start, size);
    const requiredBytes = size;
    if (requiredBytes > availableBytes) {
      throw new GalleryFault('gallery.too-large', { requiredBytes, availableBytes, people: header.people });
    }
    const rows = decodeShardTable(await readExactly(file, header.tableAt, header.shards * SHARD_ROW_BYTES), header);
    return { filePath, header, rows, ...placeShards(rows) };
  } finally {
    await file.close();
  }
}

/**
 * Reads one shard into the memory that it was given, and proves that it is what was written. Blocks its thread: meant for
 * a worker.
 * @throws GalleryFault `gallery.unreadable`, `gallery.truncated`, `gallery.checksum`
 */
export function loadShard(filePath: string, row: ShardRow, into: Uint8Array): void {
  let file: number;
  try {
    file = openSync(filePath, 'r');
  } catch (cause) {
    throw new GalleryFault('gallery.unreadable', {}, { cause });
  }
  try {
    let done = 0;
    while (done < row.bytes) {
      const read = readSync(file, into, done, row.bytes - done, row.at + done);
      if (read === 0) throw new GalleryFault('gallery.truncated', { expectedBytes: row.bytes, receivedBytes: done });
      done += read;
    }
  } finally {
    closeSync(file);
  }
  if (!timingSafeEqual(hashOf(into), row.hash))
    throw new GalleryFault('gallery.checksum', { field: 'shard', at: row.at });
  const shard = viewShard(into);
  if (shard.people !== row.people || shard.fingers !== row.fingers) {
    throw new GalleryFault('gallery.checksum', { field: 'shard-counts', at: row.at });
  }
  checkShard(shard, MAXIMUM_TEMPLATE_BYTES);
}
