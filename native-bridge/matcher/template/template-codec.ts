import { MatcherFault } from '../matcher-fault.ts';
import {
  MAXIMUM_MAP_CELLS,
  MAXIMUM_TEMPLATE_BYTES,
  MAXIMUM_TEMPLATE_MINUTIAE,
  TEMPLATE_HEAD_BYTES,
  TEMPLATE_MINUTIA_BYTES,
} from '../parameters.ts';
import type { FingerTemplate, Minutia, MinutiaKind } from './minutia.ts';

/** The three letters that open every template, then its version. */
const MAGIC = [0x52, 0x57, 0x54] as const;
const VERSION = 1;

/** Coordinates are stored in quarters of a pixel, so that 16 bits reach 16,383 px. */
const STEPS_PER_PX = 4;
const ANGLE_STEPS = 256;
const QUALITY_STEPS = 63;
const KINDS: readonly MinutiaKind[] = ['unsettled', 'ending', 'bifurcation'];

/** Largest side of the image that a template can describe, pixels at 500 ppi. */
const MAXIMUM_SIDE_PX = 16_383;

function quantise(value: number, steps: number, top: number): number {
  return Math.min(top, Math.max(0, Math.round(value * steps)));
}

/**
 * Writes a finger in the internal format, version 1 (little-endian): 'RWT', version, width, height (u16), quality,
 * minutiae, left, top, columns, rows of the map (u8), two zero bytes; for each minutia x, y (u16, quarter pixels),
 * angle (u8, 2π/256), kind in bits 6–7 and quality in bits 0–5; then the map.
 * Keeps the first `MAXIMUM_TEMPLATE_MINUTIAE` minutiae.
 * @throws MatcherFault `template.too-large` when the map has more than `MAXIMUM_MAP_CELLS` cells or a side does not fit.
 */
export function encodeTemplate(finger: FingerTemplate): Uint8Array {
  const map = finger.orientation;
  const cells = map.columns * map.rows;
  const edges = [map.leftCell, map.topCell, map.columns, map.rows];
  if (
    cells > MAXIMUM_MAP_CELLS ||
    edges.some((edge) => edge > 255) ||
    Math.max(finger.widthPx, finger.heightPx) > MAXIMUM_SIDE_PX
  ) {
    throw new MatcherFault('template.too-large', { cells, maximum: MAXIMUM_MAP_CELLS });
  }
  const minutiae = finger.minutiae.slice(0, MAXIMUM_TEMPLATE_MINUTIAE);
  const bytes = new Uint8Array(TEMPLATE_HEAD_BYTES + minutiae.length * TEMPLATE_MINUTIA_BYTES + cells);
  const view = new DataView(bytes.buffer);
  bytes.set([...MAGIC, VERSION]);
  view.setUint16(4, finger.widthPx, true);
  view.setUint16(6, finger.heightPx, true);
  bytes.set([Math.round(finger.quality), minutiae.length, ...edges], 8);
  let at = TEMPLATE_HEAD_BYTES;
  for (const minutia of minutiae) {
    view.setUint16(at, quantise(minutia.xPx, STEPS_PER_PX, 65_535), true);
    view.setUint16(at + 2, quantise(minutia.yPx, STEPS_PER_PX, 65_535), true);
    view.setUint8(at + 4, Math.round((minutia.angleRad / (2 * Math.PI)) * ANGLE_STEPS) & 255);
    view.setUint8(at + 5, (KINDS.indexOf(minutia.kind) << 6) | quantise(minutia.quality, QUALITY_STEPS, QUALITY_STEPS));
    at += TEMPLATE_MINUTIA_BYTES;
  }
  bytes.set(map.cells.subarray(0, cells), at);
  return bytes;
}

function decodeMinutia(view: DataView, at: number): Minutia {
  const kind = KINDS[view.getUint8(at + 5) >> 6];
  if (kind === undefined) throw new MatcherFault('template.malformed', { at, field: 'kind' });
  return {
    xPx: view.getUint16(at, true) / STEPS_PER_PX,
    yPx: view.getUint16(at + 2, true) / STEPS_PER_PX,
    angleRad: (view.getUint8(at + 4) / ANGLE_STEPS) * 2 * Math.PI,
    kind,
    quality: (view.getUint8(at + 5) & 63) / QUALITY_STEPS,
  };
}

/**
 * Reads a template that `encodeTemplate` wrote. Bytes after its end are an error, so that a template has one encoding.
 * The map is copied, nothing of `bytes` is kept.
 * @throws MatcherFault `template.truncated`, `template.not-a-template`, `template.version`, `template.too-large`,
 * `template.malformed`
 */
export function decodeTemplate(bytes: Uint8Array): FingerTemplate {
  if (bytes.length < TEMPLATE_HEAD_BYTES) throw new MatcherFault('template.truncated', { bytes: bytes.length });
  if (MAGIC.some((letter, index) => bytes[index] !== letter)) throw new MatcherFault('template.not-a-template');
  if (bytes.length > MAXIMUM_TEMPLATE_BYTES) throw new MatcherFault('template.too-large', { bytes: bytes.length });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(3);
  if (version !== VERSION) throw new MatcherFault('template.version', { expected: VERSION, received: version });
  const quality = view.getUint8(8);
  const count = view.getUint8(9);
  const columns = view.getUint8(12);
  const rows = view.getUint8(13);
  const mapAt = TEMPLATE_HEAD_BYTES + count * TEMPLATE_MINUTIA_BYTES;
  const expected = mapAt + columns * rows;
  if (bytes.length < expected) throw new MatcherFault('template.truncated', { expected, received: bytes.length });
  if (bytes.length > expected || quality > 100 || count > MAXIMUM_TEMPLATE_MINUTIAE || view.getUint16(14, true) !== 0) {
    throw new MatcherFault('template.malformed', { expected, received: bytes.length, quality, count });
  }
  const minutiae = Array.from({ length: count }, (_, index) =>
    decodeMinutia(view, TEMPLATE_HEAD_BYTES + index * TEMPLATE_MINUTIA_BYTES),
  );
  const cells = bytes.slice(mapAt, expected);
  const oddCell = cells.indexOf(255);
  if (oddCell >= 0) throw new MatcherFault('template.malformed', { at: mapAt + oddCell, field: 'orientation' });
  return {
    widthPx: view.getUint16(4, true),
    heightPx: view.getUint16(6, true),
    quality,
    minutiae,
    orientation: { leftCell: view.getUint8(10), topCell: view.getUint8(11), columns, rows, cells },
  };
}
