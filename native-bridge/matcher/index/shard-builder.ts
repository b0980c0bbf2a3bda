import { crc32 } from 'node:zlib';
import { MAXIMUM_TEMPLATE_BYTES, TEMPLATE_HEAD_BYTES } from '../parameters.ts';
import { clearCylinders, encodeCylinders } from './encode-cylinders.ts';
import type { FingerCylinders } from './finger-cylinders.ts';
import { GalleryFault } from './gallery-fault.ts';
import type { GalleryPerson } from './gallery-person.ts';
import { CODE_BYTES, MAXIMUM_REFERENCE_BYTES, SHARD_PEOPLE } from './parameters.ts';
import { FINGER_POSITIONS, layOutShard, writeShardHead } from './shard-layout.ts';

interface IndexedFinger {
  readonly person: number;
  readonly template: Uint8Array;
  readonly cylinders: FingerCylinders;
}

/** Collects up to `SHARD_PEOPLE` people and lays them out as one shard. */
export interface ShardBuilder {
  readonly people: number;
  readonly fingers: number;
  readonly isFull: boolean;
  /** Keeps the person's templates until `build`. @throws GalleryFault `gallery.person-invalid`; MatcherFault of the template codec. */
  add(person: GalleryPerson): void;
  /** The shard's bytes; the builder is empty afterwards. */
  build(): Uint8Array<ArrayBuffer>;
}

function checkPerson(person: GalleryPerson, referenceBytes: number): void {
  if (referenceBytes === 0 || referenceBytes > MAXIMUM_REFERENCE_BYTES) {
    throw new GalleryFault('gallery.person-invalid', { referenceBytes, maximum: MAXIMUM_REFERENCE_BYTES });
  }
  const positions = new Set(person.fingers.map((finger) => finger.position));
  if (positions.size === 0 || positions.size !== person.fingers.length) {
    throw new GalleryFault('gallery.person-invalid', { fingers: person.fingers.length, positions: positions.size });
  }
  for (const { position, template } of person.fingers) {
    const isInRange = Number.isInteger(position) && position >= 1 && position <= FINGER_POSITIONS;
    if (!isInRange || template.length < TEMPLATE_HEAD_BYTES || template.length > MAXIMUM_TEMPLATE_BYTES) {
      throw new GalleryFault('gallery.person-invalid', { position, templateBytes: template.length });
    }
  }
}

function starts(lengths: readonly number[]): number[] {
  const sums = [0];
  for (const length of lengths) sums.push((sums.at(-1) ?? 0) + length);
  return sums;
}

/** Makes an empty builder. */
export function createShardBuilder(): ShardBuilder {
  let references: Uint8Array[] = [];
  let groups: IndexedFinger[][] = Array.from({ length: FINGER_POSITIONS }, () => []);
  let fingerCount = 0;

  function build(): Uint8Array<ArrayBuffer> {
    const fingers = groups.flat();
    const cylinderStart = starts(fingers.map((finger) => finger.cylinders.count));
    const templateStart = starts(fingers.map((finger) => finger.template.length));
    const referenceEnd = starts(references.map((reference) => reference.length));
    const counts = {
      people: references.length,
      fingers: fingers.length,
      cylinders: cylinderStart.at(-1) ?? 0,
      referenceBytes: referenceEnd.at(-1) ?? 0,
      templateBytes: templateStart.at(-1) ?? 0,
    };
    const at = layOutShard(counts);
    const bytes = new Uint8Array(at.totalBytes);
    const { buffer } = bytes;
    writeShardHead(bytes, counts, starts(groups.map((group) => group.length)));
    new Uint32Array(buffer, at.referenceEnd, counts.people).set(referenceEnd.slice(1));
    new Uint32Array(buffer, at.cylinderStart, cylinderStart.length).set(cylinderStart);
    new Uint32Array(buffer, at.templateStart, templateStart.length).set(templateStart);
    const fingerPerson = new Uint32Array(buffer, at.fingerPerson, counts.fingers);
    const templateCheck = new Uint32Array(buffer, at.templateCheck, counts.fingers);
    const x = new Int16Array(buffer, at.x, counts.cylinders);
    const y = new Int16Array(buffer, at.y, counts.cylinders);
    fingers.forEach((finger, index) => {
      const first = cylinderStart[index] ?? 0;
      fingerPerson[index] = finger.person;
      bytes.set(finger.cylinders.codes, at.codes + first * CODE_BYTES);
      bytes.set(finger.cylinders.angle, at.angle + first);
      x.set(finger.cylinders.x, first);
      y.set(finger.cylinders.y, first);
      templateCheck[index] = crc32(finger.template);
      bytes.set(finger.template, at.indexBytes + (templateStart[index] ?? 0));
      clearCylinders(finger.cylinders);
    });
    references.forEach((reference, index) => bytes.set(reference, at.references + (referenceEnd[index] ?? 0)));
    references = [];
    groups = groups.map(() => []);
    fingerCount = 0;
    return bytes;
  }

  return {
    get people() {
      return references.length;
    },
    get fingers() {
      return fingerCount;
    },
    get isFull() {
      return references.length >= SHARD_PEOPLE;
    },
    add(person) {
      const reference = new TextEncoder().encode(person.reference);
      checkPerson(person, reference.length);
      if (references.length >= SHARD_PEOPLE) throw new RangeError('the shard is full: build it first');
      const indexed = person.fingers.map((finger) => encodeCylinders(finger.template));
      person.fingers.forEach((finger, index) => {
        const cylinders = indexed[index];
        if (cylinders === undefined) return;
        groups[finger.position - 1]?.push({ person: references.length, template: finger.template, cylinders });
      });
      fingerCount += person.fingers.length;
      references.push(reference);
    },
    build,
  };
}
