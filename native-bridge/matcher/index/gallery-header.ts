import { createHash, timingSafeEqual } from 'node:crypto';
import type { GalleryProvenance } from '../matcher.ts';
import { GalleryFault } from './gallery-fault.ts';
import {
  GALLERY_FORMAT_VERSION,
  GALLERY_INDEX_VERSION,
  MAXIMUM_GALLERY_PEOPLE,
  MAXIMUM_PROVENANCE_BYTES,
  SHARD_PEOPLE,
  SLAB_BYTES,
} from './parameters.ts';
import { FINGER_POSITIONS, SHARD_ALIGNMENT } from './shard-layout.ts';

/** Bytes of the header that opens a gallery file; the first shard follows it. */
export const GALLERY_HEADER_BYTES = 1024;

/** Bytes of one row of the shard table that ends a gallery file. */
export const SHARD_ROW_BYTES = 96;

/** The eight letters that open every gallery file. */
const MAGIC = new TextEncoder().encode('RWGALLRY');
const LABEL_AT = 64;
const ORIGIN_AT = LABEL_AT + MAXIMUM_PROVENANCE_BYTES;
const TABLE_HASH_AT = 896;
const HEADER_HASH_AT = GALLERY_HEADER_BYTES - 32;

/** What the header of a gallery file says. */
export interface GalleryHeader {
  readonly people: number;
  readonly fingers: number;
  readonly shards: number;
  /** Bytes of all shards' indexes: what the gallery takes in memory. */
  readonly indexBytes: number;
  /** Where the shard table starts, bytes from the file's start; it ends with the file. */
  readonly tableAt: number;
  readonly provenance: GalleryProvenance;
  /** SHA-256 of the shard table, which holds the SHA-256 of every shard. */
  readonly tableHash: Uint8Array;
}

/** One row of the shard table: where a shard lies in the file, and the SHA-256 of its index and of its templates. */
export interface ShardRow {
  readonly at: number;
  readonly bytes: number;
  /** The first `indexBytes` are the index, the rest are templates. */
  readonly indexBytes: number;
  readonly people: number;
  readonly fingers: number;
  readonly indexHash: Uint8Array;
  readonly templateHash: Uint8Array;
}

/** SHA-256 of `bytes`. */
export function hashOf(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

function encodeText(text: string, field: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length === 0 || bytes.length > MAXIMUM_PROVENANCE_BYTES) {
    throw new RangeError(`${field} takes ${bytes.length} bytes; 1 to ${MAXIMUM_PROVENANCE_BYTES} fit`);
  }
  return bytes;
}

/** Writes the header, `GALLERY_HEADER_BYTES` long. @throws RangeError when a label does not fit or the date is none. */
export function encodeGalleryHeader(header: GalleryHeader): Uint8Array {
  const bytes = new Uint8Array(GALLERY_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const label = encodeText(header.provenance.databaseLabel, 'databaseLabel');
  const origin = encodeText(header.provenance.origin, 'origin');
  const createdAtMs = Date.parse(header.provenance.createdAt);
  if (Number.isNaN(createdAtMs)) throw new RangeError('createdAt is not a date of ISO 8601');
  bytes.set(MAGIC);
  view.setUint32(8, GALLERY_FORMAT_VERSION, true);
  view.setUint32(12, GALLERY_INDEX_VERSION, true);
  view.setUint32(16, header.people, true);
  view.setUint32(20, header.fingers, true);
  view.setUint32(24, header.shards, true);
  view.setBigUint64(32, BigInt(header.tableAt), true);
  view.setFloat64(40, createdAtMs, true);
  view.setUint16(48, label.length, true);
  view.setUint16(50, origin.length, true);
  view.setBigUint64(56, BigInt(header.indexBytes), true);
  bytes.set(label, LABEL_AT);
  bytes.set(origin, ORIGIN_AT);
  bytes.set(header.tableHash, TABLE_HASH_AT);
  bytes.set(hashOf(bytes.subarray(0, HEADER_HASH_AT)), HEADER_HASH_AT);
  return bytes;
}

function decodeText(bytes: Uint8Array, at: number, length: number): string {
  if (length === 0 || length > MAXIMUM_PROVENANCE_BYTES) throw new GalleryFault('gallery.checksum', { field: 'text' });
  return new TextDecoder().decode(bytes.subarray(at, at + length));
}

/**
 * Reads the header. `bytes` is the file's start, `fileBytes` its whole length.
 * @throws GalleryFault `gallery.not-a-gallery`, `gallery.version`, `gallery.truncated`, `gallery.checksum`
 */
export function decodeGalleryHeader(bytes: Uint8Array, fileBytes: number): GalleryHeader {
  const opens = MAGIC.subarray(0, Math.min(MAGIC.length, bytes.length));
  if (bytes.length === 0 || opens.some((letter, index) => bytes[index] !== letter)) {
    throw new GalleryFault('gallery.not-a-gallery', { fileBytes });
  }
  if (bytes.length < GALLERY_HEADER_BYTES) {
    throw new GalleryFault('gallery.truncated', { expectedBytes: GALLERY_HEADER_BYTES, receivedBytes: fileBytes });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, GALLERY_HEADER_BYTES);
  const format = view.getUint32(8, true);
  if (format !== GALLERY_FORMAT_VERSION) {
    throw new GalleryFault('gallery.version', { part: 'format', expected: GALLERY_FORMAT_VERSION, received: format });
  }
  const hash = hashOf(bytes.subarray(0, HEADER_HASH_AT));
  if (!timingSafeEqual(hash, bytes.subarray(HEADER_HASH_AT, GALLERY_HEADER_BYTES))) {
    throw new GalleryFault('gallery.checksum', { field: 'header' });
  }
  const index = view.getUint32(12, true);
  if (index !== GALLERY_INDEX_VERSION) {
    throw new GalleryFault('gallery.version', { part: 'index', expected: GALLERY_INDEX_VERSION, received: index });
  }
  const people = view.getUint32(16, true);
  const fingers = view.getUint32(20, true);
  const shards = view.getUint32(24, true);
  const tableAt = Number(view.getBigUint64(32, true));
  const isPossible = people <= MAXIMUM_GALLERY_PEOPLE && shards <= people && fingers <= people * FINGER_POSITIONS;
  const indexBytes = Number(view.getBigUint64(56, true));
  const createdAt = new Date(view.getFloat64(40, true));
  if (!isPossible || people > shards * SHARD_PEOPLE || Number.isNaN(createdAt.getTime())) {
    throw new GalleryFault('gallery.checksum', { field: 'counts', people, fingers, shards });
  }
  const expectedBytes = tableAt + shards * SHARD_ROW_BYTES;
  if (fileBytes < expectedBytes)
    throw new GalleryFault('gallery.truncated', { expectedBytes, receivedBytes: fileBytes });
  if (fileBytes > expectedBytes)
    throw new GalleryFault('gallery.checksum', { expectedBytes, receivedBytes: fileBytes });
  return {
    people,
    fingers,
    shards,
    indexBytes,
    tableAt,
    provenance: {
      databaseLabel: decodeText(bytes, LABEL_AT, view.getUint16(48, true)),
      origin: decodeText(bytes, ORIGIN_AT, view.getUint16(50, true)),
      createdAt: createdAt.toISOString(),
    },
    tableHash: bytes.slice(TABLE_HASH_AT, TABLE_HASH_AT + 32),
  };
}

/** Writes the shard table. */
export function encodeShardTable(rows: readonly ShardRow[]): Uint8Array {
  const bytes = new Uint8Array(rows.length * SHARD_ROW_BYTES);
  const view = new DataView(bytes.buffer);
  rows.forEach((row, index) => {
    const at = index * SHARD_ROW_BYTES;
    view.setBigUint64(at, BigInt(row.at), true);
    view.setUint32(at + 8, row.bytes, true);
    view.setUint32(at + 12, row.indexBytes, true);
    view.setUint32(at + 16, row.people, true);
    view.setUint32(at + 20, row.fingers, true);
    bytes.set(row.indexHash, at + 32);
    bytes.set(row.templateHash, at + 64);
  });
  return bytes;
}

/** Reads the shard table and proves that its rows fill the file. @throws GalleryFault `gallery.checksum` */
export function decodeShardTable(bytes: Uint8Array, header: GalleryHeader): readonly ShardRow[] {
  if (!timingSafeEqual(hashOf(bytes), header.tableHash)) throw new GalleryFault('gallery.checksum', { field: 'table' });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rows = Array.from({ length: header.shards }, (_, index): ShardRow => {
    const at = index * SHARD_ROW_BYTES;
    return {
      at: Number(view.getBigUint64(at, true)),
      bytes: view.getUint32(at + 8, true),
      indexBytes: view.getUint32(at + 12, true),
      people: view.getUint32(at + 16, true),
      fingers: view.getUint32(at + 20, true),
      indexHash: bytes.slice(at + 32, at + 64),
      templateHash: bytes.slice(at + 64, at + 96),
    };
  });
  let end = GALLERY_HEADER_BYTES;
  for (const row of rows) {
    const isAligned = row.bytes % SHARD_ALIGNMENT === 0 && row.indexBytes % SHARD_ALIGNMENT === 0;
    const isPlaceable = isAligned && row.indexBytes <= row.bytes && row.indexBytes <= SLAB_BYTES;
    if (row.at !== end || !isPlaceable)
      throw new GalleryFault('gallery.checksum', { field: 'table', at: row.at, expected: end });
    end += row.bytes;
  }
  const sum = (count: (row: ShardRow) => number): number => rows.reduce((total, row) => total + count(row), 0);
  const isWhole =
    end === header.tableAt &&
    sum((row) => row.people) === header.people &&
    sum((row) => row.fingers) === header.fingers &&
    sum((row) => row.indexBytes) === header.indexBytes;
  if (!isWhole) throw new GalleryFault('gallery.checksum', { field: 'table', end, tableAt: header.tableAt });
  return rows;
}
