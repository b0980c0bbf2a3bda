import { MAXIMUM_TEMPLATE_BYTES } from '../parameters.ts';
import { GalleryFault } from './gallery-fault.ts';
import type { FingerPosition } from '../matcher.ts';
import type { GalleryFinger, GalleryPerson } from './gallery-person.ts';
import { MAXIMUM_REFERENCE_BYTES } from './parameters.ts';
import { FINGER_POSITIONS } from './shard-layout.ts';

/** Bytes that one person takes at most: two counts, the reference, and ten fingers with their position and length. */
export const MAXIMUM_PERSON_BYTES = 2 + MAXIMUM_REFERENCE_BYTES + FINGER_POSITIONS * (3 + MAXIMUM_TEMPLATE_BYTES);

const POSITIONS: readonly FingerPosition[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/**
 * Writes a person as a gallery is handed over: length of the reference (u8), the reference (UTF-8), fingers (u8), and for
 * each its position (u8), the template's length (u16, little-endian) and the template.
 * @throws GalleryFault `gallery.person-invalid`
 */
export function encodePerson(person: GalleryPerson): Uint8Array {
  const reference = new TextEncoder().encode(person.reference);
  const positions = new Set(person.fingers.map(({ position }) => position));
  const longest = Math.max(0, ...person.fingers.map(({ template }) => template.length));
  if (reference.length === 0 || reference.length > MAXIMUM_REFERENCE_BYTES || longest > MAXIMUM_TEMPLATE_BYTES) {
    throw new GalleryFault('gallery.person-invalid', { referenceBytes: reference.length, templateBytes: longest });
  }
  if (positions.size === 0 || positions.size !== person.fingers.length) {
    throw new GalleryFault('gallery.person-invalid', { fingers: person.fingers.length, positions: positions.size });
  }
  const size = person.fingers.reduce((sum, { template }) => sum + 3 + template.length, 2 + reference.length);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes[0] = reference.length;
  bytes.set(reference, 1);
  let at = 1 + reference.length;
  bytes[at] = person.fingers.length;
  at += 1;
  for (const { position, template } of person.fingers) {
    bytes[at] = position;
    view.setUint16(at + 1, template.length, true);
    bytes.set(template, at + 3);
    at += 3 + template.length;
  }
  return bytes;
}

/** Bytes of the person that starts at `at`, or null when `bytes` end before it does. Costs a step a finger. */
export function personBytes(bytes: Uint8Array, at: number): { readonly size: number; readonly fingers: number } | null {
  const countAt = at + 1 + (bytes[at] ?? 0);
  if (countAt >= bytes.length) return null;
  const fingers = bytes[countAt] ?? 0;
  let end = countAt + 1;
  for (let finger = 0; finger < fingers; finger += 1) {
    if (end + 3 > bytes.length) return null;
    end += 3 + (bytes[end + 1] ?? 0) + (bytes[end + 2] ?? 0) * 256;
  }
  return end > bytes.length ? null : { size: end - at, fingers };
}

/**
 * Reads the people one after another; the templates are views of `bytes`, which must end where a person does.
 * @throws GalleryFault `gallery.person-invalid`
 */
export function* decodePeople(bytes: Uint8Array): Generator<GalleryPerson, void, void> {
  const text = new TextDecoder('utf-8', { fatal: true });
  let at = 0;
  while (at < bytes.length) {
    const place = personBytes(bytes, at);
    if (place === null) throw new GalleryFault('gallery.person-invalid', { at, reason: 'truncated' });
    const referenceEnd = at + 1 + bytes[at];
    let reference: string;
    try {
      // A decoder takes no shared memory: the reference, which is no fingerprint, is copied.
      reference = text.decode(bytes.slice(at + 1, referenceEnd));
    } catch (cause) {
      throw new GalleryFault('gallery.person-invalid', { at, reason: 'reference' }, { cause });
    }
    const fingers: GalleryFinger[] = [];
    let fingerAt = referenceEnd + 1;
    for (let finger = 0; finger < place.fingers; finger += 1) {
      const position = POSITIONS[(bytes[fingerAt] ?? 0) - 1];
      const length = bytes[fingerAt + 1] + bytes[fingerAt + 2] * 256;
      if (position === undefined) throw new GalleryFault('gallery.person-invalid', { at, reason: 'position' });
      fingers.push({ position, template: bytes.subarray(fingerAt + 3, fingerAt + 3 + length) });
      fingerAt += 3 + length;
    }
    yield { reference, fingers };
    at += place.size;
  }
}
