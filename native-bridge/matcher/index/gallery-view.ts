import { crc32 } from 'node:zlib';
import { GalleryFault } from './gallery-fault.ts';
import { readExactly, type GalleryFile } from './sealed-file.ts';
import { viewShard, type ShardView } from './shard-layout.ts';
import type { SharedGallery } from './worker-tasks.ts';

/** A run of people of one shard. Persons are counted from the shard's first. */
export interface PeopleRun {
  readonly shard: ShardView;
  /** The shard's first person, counted from the gallery's first. */
  readonly firstPerson: number;
  readonly from: number;
  readonly to: number;
}

/** One person's place. */
export interface PersonPlace {
  readonly shard: ShardView;
  readonly person: number;
  /** Where the shard's templates start in the file. */
  readonly templatesAt: number;
}

/** Finds people in the shards of an open gallery; a shard is looked at only when it is asked for. */
export interface GalleryView {
  readonly people: number;
  /** Number of runs of at most `blockPeople` that cover everybody. */
  runs(blockPeople: number): number;
  run(index: number, blockPeople: number): PeopleRun | undefined;
  person(index: number): PersonPlace | undefined;
  reference(index: number): string | undefined;
}

/** First index in the ascending `values[from..to)` whose value is at least `wanted`. */
export function lowerBound(values: ArrayLike<number>, wanted: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Views an open gallery. */
export function viewGallery(gallery: SharedGallery): GalleryView {
  const firstPeople = gallery.shards.map((shard) => shard.firstPerson);
  const views: (ShardView | undefined)[] = [];

  function shardAt(index: number): ShardView | undefined {
    const place = gallery.shards[index];
    const slab = place === undefined ? undefined : gallery.slabs[place.slab];
    if (place === undefined || slab === undefined) return undefined;
    return (views[index] ??= viewShard(new Uint8Array(slab, place.at, place.bytes)));
  }

  function runStarts(blockPeople: number): number[] {
    const starts = [0];
    for (const shard of gallery.shards) starts.push((starts.at(-1) ?? 0) + Math.ceil(shard.people / blockPeople));
    return starts;
  }

  let starts: number[] = [];
  let startsOf = 0;
  function startsFor(blockPeople: number): number[] {
    if (startsOf !== blockPeople) {
      starts = runStarts(blockPeople);
      startsOf = blockPeople;
    }
    return starts;
  }

  function person(index: number): PersonPlace | undefined {
    const at = lowerBound(firstPeople, index + 1, 0, firstPeople.length) - 1;
    const place = gallery.shards[at];
    const shard = shardAt(at);
    if (place === undefined || shard === undefined || index - place.firstPerson >= place.people) return undefined;
    return { shard, person: index - place.firstPerson, templatesAt: place.templatesAt };
  }

  return {
    people: gallery.people,
    runs: (blockPeople) => startsFor(blockPeople).at(-1) ?? 0,
    run(index, blockPeople) {
      const known = startsFor(blockPeople);
      const at = lowerBound(known, index + 1, 0, known.length) - 1;
      const place = gallery.shards[at];
      const shard = shardAt(at);
      if (place === undefined || shard === undefined) return undefined;
      const from = (index - (known[at] ?? 0)) * blockPeople;
      return { shard, firstPerson: place.firstPerson, from, to: Math.min(place.people, from + blockPeople) };
    },
    person,
    reference(index) {
      const place = person(index);
      if (place === undefined) return undefined;
      const { shard } = place;
      const from = place.person === 0 ? 0 : shard.referenceEnd[place.person - 1];
      // A decoder takes no shared memory: the reference, which is no fingerprint, is copied.
      return new TextDecoder().decode(shard.references.slice(from, shard.referenceEnd[place.person]));
    },
  };
}

/** The fingers of one position that belong to the people from `from` to before `to`, as a run of finger indexes. */
export function fingersOf(
  shard: ShardView,
  position: number,
  from: number,
  to: number,
): { readonly first: number; readonly last: number } {
  const start = shard.groupStart[position - 1] ?? 0;
  const end = shard.groupStart[position] ?? 0;
  const first = lowerBound(shard.fingerPerson, from, start, end);
  return { first, last: lowerBound(shard.fingerPerson, to, first, end) };
}

/**
 * Reads one person's template of one position from the gallery's file, a few microseconds where the system has the page;
 * undefined where the record has no such finger.
 * @throws GalleryFault `gallery.unreadable`, `gallery.truncated`, and `gallery.checksum` when the file was changed since it was opened
 */
export function readTemplate(file: GalleryFile, place: PersonPlace, position: number): Uint8Array | undefined {
  const { shard, templatesAt } = place;
  const { first, last } = fingersOf(shard, position, place.person, place.person + 1);
  if (first === last) return undefined;
  const from = shard.templateStart[first];
  const template = new Uint8Array(shard.templateStart[first + 1] - from);
  readExactly(file, templatesAt + from, template);
  if (crc32(template) !== shard.templateCheck[first]) {
    throw new GalleryFault('gallery.checksum', { field: 'template', at: templatesAt + from });
  }
  return template;
}
