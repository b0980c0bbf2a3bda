import { TEMPLATE_HEAD_BYTES } from '../parameters.ts';
import { GalleryFault } from './gallery-fault.ts';
import { CODE_BYTES, MAXIMUM_INDEXED_CYLINDERS, MAXIMUM_REFERENCE_BYTES, SHARD_PEOPLE } from './parameters.ts';

/** Finger positions that a record can hold. Source: ANSI/NIST-ITL 1-2011 table 12. */
export const FINGER_POSITIONS = 10;

/** Every array of a shard starts at a multiple of this, bytes: one cache line. */
export const SHARD_ALIGNMENT = 64;

/** Words of the shard's head: five counts, then for each position its first finger, then the end of the last. */
const HEAD_WORDS = 5 + FINGER_POSITIONS + 1;

/** How much a shard holds. */
export interface ShardCounts {
  readonly people: number;
  readonly fingers: number;
  readonly cylinders: number;
  readonly referenceBytes: number;
  readonly templateBytes: number;
}

/**
 * Where each array of a shard starts, bytes from the shard's start, and the shard's whole size. The index is what a search
 * keeps in memory; the templates behind it stay in the file.
 */
export interface ShardLayout {
  readonly referenceEnd: number;
  readonly fingerPerson: number;
  readonly cylinderStart: number;
  readonly templateStart: number;
  readonly codes: number;
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly templateCheck: number;
  readonly references: number;
  /** Where the index ends and the templates start. */
  readonly indexBytes: number;
  readonly totalBytes: number;
}

/**
 * The index of a shard as a structure of arrays, all views of one piece of memory: fingers are sorted by position, then by person, and
 * the cylinders of a finger by angle. `x`, `y` are pixels at 500 ppi from the middle of the finger's minutiae.
 */
export interface ShardView extends ShardCounts {
  /** `FINGER_POSITIONS + 1` entries: fingers of position p are `groupStart[p - 1]` to `groupStart[p]`. */
  readonly groupStart: Uint32Array;
  readonly referenceEnd: Uint32Array;
  readonly fingerPerson: Uint32Array;
  readonly cylinderStart: Uint32Array;
  /** Bytes from the start of the shard's templates. */
  readonly templateStart: Uint32Array;
  /** CRC-32 of each template: it is read from the file long after the file was checked. */
  readonly templateCheck: Uint32Array;
  readonly codes: Uint8Array;
  readonly x: Int16Array;
  readonly y: Int16Array;
  readonly angle: Uint8Array;
  readonly references: Uint8Array;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / SHARD_ALIGNMENT) * SHARD_ALIGNMENT;
}

/** Lays the arrays of a shard out, each on its own cache line. */
export function layOutShard(counts: ShardCounts): ShardLayout {
  let end = HEAD_WORDS * 4;
  const place = (bytes: number): number => {
    const at = aligned(end);
    end = at + bytes;
    return at;
  };
  const index = {
    referenceEnd: place(counts.people * 4),
    fingerPerson: place(counts.fingers * 4),
    cylinderStart: place((counts.fingers + 1) * 4),
    templateStart: place((counts.fingers + 1) * 4),
    templateCheck: place(counts.fingers * 4),
    codes: place(counts.cylinders * CODE_BYTES),
    x: place(counts.cylinders * 2),
    y: place(counts.cylinders * 2),
    angle: place(counts.cylinders),
    references: place(counts.referenceBytes),
  };
  const indexBytes = aligned(end);
  return { ...index, indexBytes, totalBytes: indexBytes + aligned(counts.templateBytes) };
}

/** How long the index of a whole shard is, as its head says. @throws GalleryFault `gallery.checksum` */
export function indexBytesOf(shard: Uint8Array): number {
  const layout = layOutShard(readCounts(shard));
  if (layout.totalBytes !== shard.byteLength) throw new GalleryFault('gallery.checksum', { field: 'shard-size' });
  return layout.indexBytes;
}

function readCounts(shard: Uint8Array): ShardCounts {
  if (shard.byteLength < HEAD_WORDS * 4) throw new GalleryFault('gallery.checksum', { field: 'shard-head' });
  const [people = 0, fingers = 0, cylinders = 0, referenceBytes = 0, templateBytes = 0] = new Uint32Array(
    shard.buffer,
    shard.byteOffset,
    HEAD_WORDS,
  );
  return { people, fingers, cylinders, referenceBytes, templateBytes };
}

/** The five counts at a shard's start, in the order of the file. */
export function writeShardHead(bytes: Uint8Array, counts: ShardCounts, groupStart: ArrayLike<number>): void {
  const head = new Uint32Array(bytes.buffer, bytes.byteOffset, HEAD_WORDS);
  head.set([counts.people, counts.fingers, counts.cylinders, counts.referenceBytes, counts.templateBytes]);
  head.set(groupStart, 5);
}

/** Views a shard's index without reading more than its head. `bytes` starts on a multiple of 4. @throws GalleryFault `gallery.checksum` when the counts do not fill `bytes`. */
export function viewShard(bytes: Uint8Array): ShardView {
  const { buffer, byteOffset } = bytes;
  const counts = readCounts(bytes);
  const { people, fingers, cylinders, referenceBytes } = counts;
  const at = layOutShard(counts);
  if (at.indexBytes !== bytes.byteLength || people > SHARD_PEOPLE) {
    throw new GalleryFault('gallery.checksum', { field: 'shard-size' });
  }
  const words = (offset: number, length: number): Uint32Array => new Uint32Array(buffer, byteOffset + offset, length);
  return {
    ...counts,
    groupStart: new Uint32Array(buffer, byteOffset + 20, FINGER_POSITIONS + 1),
    referenceEnd: words(at.referenceEnd, people),
    fingerPerson: words(at.fingerPerson, fingers),
    cylinderStart: words(at.cylinderStart, fingers + 1),
    templateStart: words(at.templateStart, fingers + 1),
    templateCheck: words(at.templateCheck, fingers),
    codes: bytes.subarray(at.codes, at.codes + cylinders * CODE_BYTES),
    x: new Int16Array(buffer, byteOffset + at.x, cylinders),
    y: new Int16Array(buffer, byteOffset + at.y, cylinders),
    angle: bytes.subarray(at.angle, at.angle + cylinders),
    references: bytes.subarray(at.references, at.references + referenceBytes),
  };
}

function climbs(values: Uint32Array, first: number, last: number, smallestStep: number, largestStep: number): boolean {
  let before = first;
  for (const value of values) {
    if (value - before < smallestStep || value - before > largestStep) return false;
    before = value;
  }
  return before === last;
}

/**
 * Proves that no index of a shard leads out of it, so that the search can run without a check: a hash says that the file
 * is whole, not that its writer was right.
 * @throws GalleryFault `gallery.checksum` naming the array
 */
export function checkShard(shard: ShardView, largestTemplateBytes: number): void {
  const refuse = (field: string): never => {
    throw new GalleryFault('gallery.checksum', { field });
  };
  if (shard.groupStart[0] !== 0 || !climbs(shard.groupStart, 0, shard.fingers, 0, shard.people)) refuse('positions');
  if (!climbs(shard.referenceEnd, 0, shard.referenceBytes, 1, MAXIMUM_REFERENCE_BYTES)) refuse('references');
  const starts = (values: Uint32Array, last: number, least: number, most: number): boolean =>
    values[0] === 0 && climbs(values.subarray(1), 0, last, least, most);
  if (!starts(shard.cylinderStart, shard.cylinders, 0, MAXIMUM_INDEXED_CYLINDERS)) refuse('cylinders');
  if (!starts(shard.templateStart, shard.templateBytes, TEMPLATE_HEAD_BYTES, largestTemplateBytes)) refuse('templates');
  for (let position = 0; position < FINGER_POSITIONS; position += 1) {
    let before = -1;
    for (let finger = shard.groupStart[position] ?? 0; finger < (shard.groupStart[position + 1] ?? 0); finger += 1) {
      const person = shard.fingerPerson[finger] ?? -1;
      if (person <= before || person >= shard.people) refuse('people');
      before = person;
    }
  }
}
