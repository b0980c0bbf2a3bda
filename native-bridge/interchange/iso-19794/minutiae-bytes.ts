import type { ByteReader } from '../byte-reader.ts';
import { InterchangeFault } from '../interchange-fault.ts';
import { MAX_EXTENSIONS } from '../parameters.ts';
import type { Extension, RidgeCount, TemplateMinutia } from './minutiae-template.ts';

/** Degrees of one unit of angle. Source: ISO/IEC 19794-2:2005, 7.4.2; INCITS 378-2004, 6.5.2. */
export const ISO_ANGLE_UNIT_DEG = 360 / 256;
export const INCITS_ANGLE_UNIT_DEG = 2;

const TYPES = ['other', 'ending', 'bifurcation'] as const;
/** Coordinates have 14 bits. */
const COORDINATE_MASK = 0x3fff;
/** Extended data of this type holds ridge counts. Source: ISO/IEC 19794-2:2005, 7.5.2. */
const RIDGE_COUNT_TYPE = 1;
const EXTENSION_HEADER_BYTES = 4;

/** Reads `count` minutiae of five or six bytes. @throws InterchangeFault fmr.value for a type of 3, fmr.truncated */
export function readMinutiae(
  reader: ByteReader,
  count: number,
  angleUnitDeg: number,
  hasQuality: boolean,
): TemplateMinutia[] {
  return Array.from({ length: count }, (_, minutia) => {
    const offset = reader.offset;
    const first = reader.u16();
    const second = reader.u16();
    const type = TYPES[first >> 14];
    if (type === undefined) throw new InterchangeFault('fmr.value', { offset, minutia, field: 'type' });
    const angleUnits = reader.u8();
    const angleDeg = (angleUnits * angleUnitDeg) % 360;
    return {
      type,
      xPx: first & COORDINATE_MASK,
      yPx: second & COORDINATE_MASK,
      angleUnits,
      angleRad: (angleDeg * Math.PI) / 180,
      quality: hasQuality ? reader.u8() : null,
    };
  });
}

/** Extended data of a view, sorted into ridge counts and the rest. */
export interface ExtendedArea {
  readonly ridgeCounts: readonly RidgeCount[];
  readonly extensions: readonly Extension[];
}

/**
 * Reads the extended data of a view: its length, then parts of type, length and bytes. The length of a part counts its
 * own header in INCITS 378 and in the 2011 edition, and not in published files of 2005: where both would fit,
 * `countsHeader` decides.
 * @throws InterchangeFault fmr.truncated, fmr.length or fmr.too-many
 */
export function readExtendedArea(reader: ByteReader, countsHeader: boolean): ExtendedArea {
  const end = reader.u16() + reader.offset;
  const ridgeCounts: RidgeCount[] = [];
  const extensions: Extension[] = [];
  while (reader.offset < end) {
    const offset = reader.offset;
    const type = reader.u16();
    const stated = reader.u16();
    const left = end - reader.offset;
    const inclusive = stated - EXTENSION_HEADER_BYTES;
    const fits = (length: number): boolean => length >= 0 && length <= left;
    const choices = countsHeader ? [inclusive, stated] : [stated, inclusive];
    const length = choices.find(fits);
    if (length === undefined) throw new InterchangeFault('fmr.length', { offset, stated, left });
    const bytes = reader.take(length);
    if (type === RIDGE_COUNT_TYPE) ridgeCounts.push(...readRidgeCounts(bytes));
    else extensions.push({ type, bytes });
    if (extensions.length > MAX_EXTENSIONS)
      throw new InterchangeFault('fmr.too-many', { extensions: extensions.length });
  }
  if (reader.offset !== end) throw new InterchangeFault('fmr.length', { offset: reader.offset, end });
  return { ridgeCounts, extensions };
}

/** A byte that names the method, then three bytes a count. */
function readRidgeCounts(bytes: Uint8Array): RidgeCount[] {
  const counts: RidgeCount[] = [];
  for (let at = 1; at + 3 <= bytes.length; at += 3) {
    const [from, to, ridges] = bytes.subarray(at, at + 3);
    counts.push({ from: from ?? 0, to: to ?? 0, ridges: ridges ?? 0 });
  }
  return counts;
}

/** Quality of a view: 0 to 100, null for the higher numbers by which some writers say that they have none. */
export function viewQuality(value: number): number | null {
  return value <= 100 ? value : null;
}

/** @throws InterchangeFault fmr.value */
export function requireAtMost(value: number, most: number, field: string, offset: number): number {
  if (value > most) throw new InterchangeFault('fmr.value', { offset, field, value, most });
  return value;
}
